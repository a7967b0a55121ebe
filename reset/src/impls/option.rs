//! What may be absent: fresh is absent.

use core::cell::OnceCell;

use crate::Reset;

/// Becomes `None`. A kept `Some` would tell the next request that this one had a value; the
/// derive's `inner = "reason"` keeps it where that is wanted. Nothing is asked of `T`.
impl<T> Reset for Option<T> {
    #[inline]
    fn reset(&mut self) {
        *self = None;
    }
}

/// Becomes empty: the next request initialises it anew.
impl<T> Reset for OnceCell<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}

/// Becomes empty: the next request initialises it anew.
#[cfg(feature = "std")]
impl<T> Reset for std::sync::OnceLock<T> {
    #[inline]
    fn reset(&mut self) {
        self.take();
    }
}
