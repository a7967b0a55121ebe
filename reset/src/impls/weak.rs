//! Weak pointers: fresh points nowhere.

use alloc::rc;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync;

use crate::Reset;

/// Points nowhere afterwards, and lets go of the allocation it kept alive. Only for sized `T`: there
/// is no empty `Weak<dyn _>`.
impl<T> Reset for rc::Weak<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}

/// Points nowhere afterwards, and lets go of the allocation it kept alive. Only for sized `T`.
#[cfg(target_has_atomic = "ptr")]
impl<T> Reset for sync::Weak<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
