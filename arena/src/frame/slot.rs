//! Gaps in a frame.

use core::marker::PhantomData;
use core::ops::Range;

/// `N` bytes of a [`Frame`](super::Frame) that are to be filled later; see
/// [`Frame::slot`](super::Frame::slot).
///
/// It is used up by filling it, and cannot outlive the time for which its frame has the scope: a slot
/// of one frame cannot be filled in the next.
///
/// ```compile_fail,E0499
/// let mut arena = ratoon_arena::Arena::new();
/// let mut scope = arena.scope();
/// let mut first = scope.frame(8);
/// let slot = first.slot();
/// let _ = first.finish();
/// let mut second = scope.frame(8);
/// second.put_u64(7);
/// second.fill(slot, [0; 4]);
/// ```
#[derive(Debug)]
#[must_use = "a slot that is never filled holds zeros"]
pub struct Slot<'f, const N: usize> {
    start: usize,
    _frame: PhantomData<&'f mut ()>,
}

impl<const N: usize> Slot<'_, N> {
    pub(super) fn new(start: usize) -> Self {
        Self { start, _frame: PhantomData }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + N
    }
}
