//! `arrayvec`. Its types hold no heap memory.

use arrayvec::{ArrayString, ArrayVec};

use crate::Reset;

/// Cleared; the elements are dropped.
// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
impl<T, const CAP: usize> Reset for ArrayVec<T, CAP> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }
}

/// Cleared.
#[diagnostic::do_not_recommend]
impl<const CAP: usize> Reset for ArrayString<CAP> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }
}
