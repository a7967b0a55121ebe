//! Weak pointers: fresh points nowhere.

use alloc::rc;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync;

use crate::Reset;

/// Points nowhere afterwards, and lets go of the allocation it kept alive.
impl<T> Reset for rc::Weak<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}

/// Points nowhere afterwards, and lets go of the allocation it kept alive.
#[cfg(target_has_atomic = "ptr")]
impl<T> Reset for sync::Weak<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
