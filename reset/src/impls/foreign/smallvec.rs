//! `smallvec`.

use smallvec::{Array, SmallVec};

use crate::{Capacity, Reset};

/// Cleared. Once it has spilled it stays on the heap and keeps that capacity. If the `Drop` of an
/// element panics, the elements before it are still there.
impl<A: Array> Reset for SmallVec<A> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        if self.spilled() { self.capacity().saturating_mul(size_of::<A::Item>()) } else { 0 }
    }
}

/// The inline elements count: a capacity is never below their number.
// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
impl<A: Array> Capacity for SmallVec<A> {
    #[inline]
    fn capacity(&self) -> usize {
        if size_of::<A::Item>() == 0 { self.len() } else { SmallVec::capacity(self) }
    }

    #[inline]
    fn shrink_to(&mut self, max: usize) {
        let wanted = max.max(self.len());
        if SmallVec::capacity(self) > wanted {
            // `grow` sets the capacity, downwards too, and moves back inline where that fits; it
            // leaves inline elements where they are.
            self.grow(wanted);
        }
    }
}
