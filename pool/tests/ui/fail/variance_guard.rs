//! A guard of a long borrow is not a guard of a short one.
use ratoon_pool::{Local, Pooled, PooledArc, Reset};

struct Note<'a>(Option<&'a str>);

impl Reset for Note<'_> {
    fn reset(&mut self) {}
}

fn pooled<'short>(guard: Pooled<'short, Note<'static>>) -> Pooled<'short, Note<'short>> {
    guard
}

fn shared<'short>(guard: PooledArc<Note<'static>>) -> PooledArc<Note<'short>> {
    guard
}

fn local<'short>(local: Local<'short, Note<'static>>) -> Local<'short, Note<'short>> {
    local
}

fn main() {}
