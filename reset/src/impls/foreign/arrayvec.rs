//! `arrayvec`. Its types hold no heap memory.

use arrayvec::{ArrayString, ArrayVec};

use crate::Reset;

/// Cleared; the elements are dropped.
impl<T, const CAP: usize> Reset for ArrayVec<T, CAP> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }
}

/// Cleared.
impl<const CAP: usize> Reset for ArrayString<CAP> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }
}
