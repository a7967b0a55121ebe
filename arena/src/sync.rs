//! The only place that names atomics, locks and loom.
//!
//! Under `--cfg ratoon_loom` with feature `loom` the model's types stand in for the real ones, so
//! that loom explores the interleavings and the orders in which memory effects may be seen. The cfg
//! has a name of its own, because a plain `loom` would also switch the dependencies.

#[cfg(all(ratoon_loom, feature = "loom"))]
pub(crate) use model::*;
#[cfg(not(all(ratoon_loom, feature = "loom")))]
pub(crate) use real::*;
use std::sync::PoisonError;

/// Whether this is a model: sizes shrink, so that few steps reach every state.
pub(crate) const MODEL: bool = cfg!(all(ratoon_loom, feature = "loom"));

/// Stands for no thread. Never a [`thread_id`].
pub(crate) const NOBODY: usize = usize::MAX;

/// The lock of `std`, which takes no memory where locks are futexes, so that the arena may serve a global
/// allocator. Without poisoning: no code runs behind it that could panic.
#[derive(Debug)]
pub(crate) struct Mutex<T>(sync::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> sync::MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(not(all(ratoon_loom, feature = "loom")))]
mod real {
    pub(crate) use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
    pub(super) use std::sync;

    use super::NOBODY;
    use core::cell::Cell;

    thread_local! {
        // Constant and without destructor: a plain load, at any time in a thread's life.
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
}

#[cfg(all(ratoon_loom, feature = "loom"))]
mod model {
    pub(super) use loom::sync;
    pub(crate) use loom::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

    use core::cell::Cell;

    loom::lazy_static! {
        // Counts anew in each execution, so that executions can be repeated.
        static ref LAST: AtomicUsize = AtomicUsize::new(0);
    }

    loom::thread_local! {
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
}
