//! Which types may be sent, shared and kept through a panic, and which may not: every public type.

use std::cell::Cell;
use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::sync::MutexGuard;

use ratoon_arena::{
    AllocError, Arena, ArenaBox, ArenaString, ArenaVec, Builder, Child, Frame, IntoIter, Rejected,
    Reset, Scope, Slot, Stats, SyncArena,
};
use static_assertions::{assert_impl_all as has, assert_not_impl_any as lacks};

// Allocation through `&Arena` goes without locks.
has!(Arena: Send, Unpin, Default, Debug, Reset, UnwindSafe, RefUnwindSafe);
lacks!(Arena: Sync, Clone);
lacks!(&'static Arena: Send);

has!(SyncArena: Send, Sync, Unpin, Default, Debug, Reset, UnwindSafe, RefUnwindSafe);
lacks!(SyncArena: Clone);

has!(Scope<'static>: Send, Unpin, Debug, UnwindSafe, RefUnwindSafe);
lacks!(Scope<'static>: Sync, Clone);
lacks!(&'static Scope<'static>: Send);
has!(Child<'static, 'static>: Send, Unpin, Debug, UnwindSafe, RefUnwindSafe);
lacks!(Child<'static, 'static>: Sync, Clone);
lacks!(&'static Child<'static, 'static>: Send);

// A box is a `&mut T`.
has!(ArenaBox<'static, u8>: Send, Sync, Unpin, Debug);
has!(ArenaBox<'static, Cell<u8>>: Send);
lacks!(ArenaBox<'static, Cell<u8>>: Sync);
lacks!(ArenaBox<'static, Rc<u8>>: Send, Sync);
has!(ArenaBox<'static, MutexGuard<'static, u8>>: Sync);
lacks!(ArenaBox<'static, MutexGuard<'static, u8>>: Send);
lacks!(ArenaBox<'static, u8>: Clone);

// They share their scope with others, so they stay in their thread.
has!(ArenaString<'static, 'static>: Unpin, Debug, Ord, std::hash::Hash, UnwindSafe);
lacks!(ArenaString<'static, 'static>: Send, Sync, Clone);
has!(ArenaVec<'static, 'static, u8>: Unpin, Debug, Eq, std::hash::Hash, UnwindSafe);
lacks!(ArenaVec<'static, 'static, u8>: Send, Sync, Clone);
lacks!(ArenaVec<'static, 'static, f64>: Eq);
has!(ArenaVec<'static, 'static, u8>: std::io::Write);
// Elements that were taken out of it do not.
has!(IntoIter<'static, u8>: Send, Sync, Unpin, Debug, ExactSizeIterator, DoubleEndedIterator);
lacks!(IntoIter<'static, u8>: Clone);
lacks!(IntoIter<'static, Rc<u8>>: Send, Sync);
has!(IntoIter<'static, Cell<u8>>: Send);
lacks!(IntoIter<'static, Cell<u8>>: Sync);

// A frame has its scope to itself.
has!(Frame<'static, 'static>: Send, Unpin, Debug, std::io::Write, std::fmt::Write);
lacks!(Frame<'static, 'static>: Sync, Clone);
has!(Slot<'static, 4>: Send, Sync, Unpin, Debug);
lacks!(Slot<'static, 4>: Clone, Default);

has!(AllocError: Send, Sync, Copy, Eq, std::error::Error, UnwindSafe, RefUnwindSafe);
has!(Rejected<u8>: Send, Sync, Copy, Eq, std::error::Error);
lacks!(Rejected<Rc<u8>>: Send, Sync, Copy);
has!(Builder: Send, Sync, Copy, Debug, UnwindSafe, RefUnwindSafe);
has!(Stats: Send, Sync, Copy, Eq, Debug, Default, UnwindSafe, RefUnwindSafe);

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

#[test]
fn arenas_used_on_after_a_caught_panic() {
    let (arena, shared) = (Arena::new(), SyncArena::new());
    let outcome = std::panic::catch_unwind(|| {
        shared.alloc_slice_fill_with(10, |i| *shared.alloc(i));
        arena.alloc_slice_fill_with(10, |i| {
            assert!(*arena.alloc(i) < 5);
            i
        });
    });
    assert!(outcome.is_err());
    assert_eq!([arena.alloc_str("usable"), shared.alloc_str("usable")], ["usable"; 2]);
}
