//! Which types may be sent and shared, and which may not.

use std::cell::Cell;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::sync::MutexGuard;

use ratoon_arena::{AllocError, Arena, ArenaBox, Builder, Child, Rejected, Scope, Stats};
use static_assertions::{assert_impl_all as has, assert_not_impl_any as lacks};

has!(Arena: Send, Unpin, Default, std::fmt::Debug);
lacks!(Arena: Sync, Clone);
has!(Scope<'static>: Send, Unpin);
lacks!(Scope<'static>: Sync, Clone);
lacks!(&'static Scope<'static>: Send);
lacks!(&'static Arena: Send);
has!(Child<'static, 'static>: Send, Unpin);
lacks!(Child<'static, 'static>: Sync, Clone);

has!(ArenaBox<'static, u8>: Send, Sync, Unpin);
has!(ArenaBox<'static, Cell<u8>>: Send);
lacks!(ArenaBox<'static, Cell<u8>>: Sync);
lacks!(ArenaBox<'static, Rc<u8>>: Send, Sync);
has!(ArenaBox<'static, MutexGuard<'static, u8>>: Sync);
lacks!(ArenaBox<'static, MutexGuard<'static, u8>>: Send);

has!(AllocError: Send, Sync, Copy, std::error::Error);
has!(Rejected<u8>: Send, Sync, Copy, std::error::Error);
lacks!(Rejected<Rc<u8>>: Send, Sync);
has!(Builder: Send, Sync, Copy);
has!(Stats: Send, Sync, Copy, UnwindSafe, RefUnwindSafe);

#[test]
fn arena_sent_and_scope_sent() {
    let mut arena = Arena::new();
    let scope = arena.scope();
    let text = std::thread::scope(|threads| {
        threads.spawn(move || scope.alloc_str("from another thread")).join().unwrap()
    });
    assert_eq!(text, "from another thread");
    let used = std::thread::spawn(move || arena.used()).join().unwrap();
    assert_eq!(used, 19);
}
