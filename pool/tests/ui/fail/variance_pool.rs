//! A pool of long borrows is not a pool of short ones.
use ratoon_pool::{Pool, Reset};

struct Note<'a>(Option<&'a str>);

impl Reset for Note<'_> {
    fn reset(&mut self) {}
}

fn smuggle<'short>(pool: &'short Pool<Note<'static>>, text: &'short str) {
    let pool: &'short Pool<Note<'short>> = pool;
    pool.get().0 = Some(text);
}

fn main() {}
