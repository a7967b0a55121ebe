//! The only place that names atomics, locks and the model checkers.
//!
//! Under `--cfg ratoon_loom` with feature `loom` the checker's types stand in for the real ones, so
//! that it explores the interleavings and the orders in which memory effects may be seen; the same
//! for `ratoon_shuttle` and `shuttle`. The cfgs have names of their own, because a plain `loom` would
//! also switch the dependencies.

#[cfg(any(all(ratoon_loom, feature = "loom"), all(ratoon_shuttle, feature = "shuttle")))]
pub(crate) use self::model::*;
#[cfg(not(any(
    all(ratoon_loom, feature = "loom"),
    all(ratoon_shuttle, feature = "shuttle")
)))]
pub(crate) use self::real::*;

/// Stands for no thread. Never a [`thread_id`].
pub(crate) const NOBODY: usize = usize::MAX;

#[cfg(not(any(all(ratoon_loom, feature = "loom"), all(ratoon_shuttle, feature = "shuttle"))))]
mod real {
    pub(crate) use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

    /// Under a model: how many threads can have what is their own. Sizes shrink then, so that few
    /// steps reach every state.
    pub(crate) const MODEL: Option<usize> = None;

    use super::NOBODY;
    use core::cell::Cell;
    use std::sync::{MutexGuard, PoisonError};

    thread_local! {
        // Constant and without destructor: a plain load, at any time in a thread's life. Where thread-locals are
        // keys of the operating system it is a call, and while a thread ends `std` may free the number before the
        // last use; the thread then gets another, which is as good.
        static ID: Cell<usize> = const { Cell::new(0) };
    }

    /// The number of this thread, unlike that of any other thread that ever was; 0 before
    /// [`assign_thread_id`].
    #[inline(always)]
    pub(crate) fn thread_id() -> usize {
        ID.with(Cell::get)
    }

    /// Gives this thread a number, if it has none. `None` when all numbers have been used.
    pub(crate) fn assign_thread_id() -> Option<usize> {
        static LAST: AtomicUsize = AtomicUsize::new(0);
        if thread_id() == 0 {
            // Relaxed: numbers only have to differ.
            let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                (last < NOBODY - 1).then(|| last + 1)
            });
            let last = last.ok()?;
            ID.with(|id| id.set(last + 1));
        }
        Some(thread_id())
    }

    /// The lock of `std` without poisoning: no code runs behind it that could panic. Where locks are
    /// futexes it takes no memory, so that an arena can serve a global allocator; one of parking_lot
    /// does when threads meet.
    #[derive(Debug)]
    pub(crate) struct Mutex<T>(std::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub(crate) const fn new(value: T) -> Self {
            Self(std::sync::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
        }
    }
}

#[cfg(any(all(ratoon_loom, feature = "loom"), all(ratoon_shuttle, feature = "shuttle")))]
mod model {
    #[cfg(all(ratoon_loom, feature = "loom"))]
    use loom as checker;
    #[cfg(all(ratoon_shuttle, feature = "shuttle"))]
    use shuttle as checker;

    pub(crate) use self::checker::sync::MutexGuard;
    pub(crate) use self::checker::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

    use core::cell::Cell;

    /// Few for loom, which explores all that can happen; more for shuttle, which tries a part of it.
    pub(crate) const MODEL: Option<usize> = Some(if cfg!(feature = "loom") { 2 } else { 4 });

    checker::lazy_static! {
        // Counts anew in each execution, so that executions can be repeated.
        static ref LAST: AtomicUsize = AtomicUsize::new(0);
    }

    checker::thread_local! {
        static ID: Cell<usize> = Cell::new(0);
    }

    pub(crate) fn thread_id() -> usize {
        ID.with(Cell::get)
    }

    pub(crate) fn assign_thread_id() -> Option<usize> {
        if thread_id() == 0 {
            let last = LAST.fetch_add(1, Ordering::Relaxed);
            ID.with(|id| id.set(last + 1));
        }
        Some(thread_id())
    }

    /// The checker's lock in the shape of the real one: without poisoning.
    #[derive(Debug)]
    pub(crate) struct Mutex<T>(checker::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(checker::sync::Mutex::new(value))
        }

        #[track_caller]
        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.0.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner())
        }
    }
}
