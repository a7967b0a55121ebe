//! The only place that names atomics, locks and loom.
//!
//! Under `--cfg ratoon_loom` with feature `loom` the model's types stand in for the real ones, so
//! that loom explores the interleavings and the orders in which memory effects may be seen. The cfg
//! has a name of its own, because a plain `loom` would also switch the dependencies.

#[cfg(all(ratoon_loom, feature = "loom"))]
pub(crate) use model::*;
#[cfg(not(all(ratoon_loom, feature = "loom")))]
pub(crate) use real::*;

#[cfg(not(all(ratoon_loom, feature = "loom")))]
mod real {
    pub(crate) use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
    pub(crate) use parking_lot::Mutex;

    /// `core::cell::UnsafeCell` in the shape of the model's.
    #[repr(transparent)]
    pub(crate) struct UnsafeCell<T>(core::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub(crate) const fn new(value: T) -> Self {
            Self(core::cell::UnsafeCell::new(value))
        }

        /// Lends a pointer for reading; the model checks that nobody writes meanwhile.
        #[inline(always)]
        pub(crate) fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
            read(self.0.get())
        }
    }
}

#[cfg(all(ratoon_loom, feature = "loom"))]
mod model {
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::sync::MutexGuard;
    pub(crate) use loom::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

    /// loom's lock in the shape of parking_lot's: without poisoning.
    #[derive(Debug)]
    pub(crate) struct Mutex<T>(loom::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(loom::sync::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
        }

        pub(crate) fn get_mut(&mut self) -> &mut T {
            self.0.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner())
        }
    }
}
