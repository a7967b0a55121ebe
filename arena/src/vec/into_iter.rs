//! The elements of a vector by value.

use core::fmt;
use core::iter::FusedIterator;
use core::ptr;
use core::slice;

use super::ArenaVec;

/// The elements of an [`ArenaVec`] by value.
///
/// It does not borrow the scope: it lives as long as the scope's memory, and is `Send` if the elements are.
///
/// ```
/// let arena = ratoon_arena::Arena::new();
/// let mut words = arena.vec(0);
/// words.extend("to be or not".split(' '));
/// assert_eq!(words.into_iter().rev().collect::<Vec<_>>(), ["not", "or", "be", "to"]);
/// ```
pub struct IntoIter<'a, T> {
    // Invariant: no element of this slice has been read, and nobody else reads one.
    rest: slice::IterMut<'a, T>,
}

impl<T> IntoIter<'_, T> {
    /// The elements that are left.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.rest.as_slice()
    }
}

/// Moves an element out of the vector.
#[inline]
fn read<T>(element: &mut T) -> T {
    // SAFETY: initialised, as a reference is. `IterMut` yields each place once, so what lies there afterwards is
    // read by nobody (the field's invariant); elements of an `ArenaVec` need no drop.
    unsafe { ptr::read(element) }
}

impl<T> Iterator for IntoIter<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.rest.next().map(read)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl<T> DoubleEndedIterator for IntoIter<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.rest.next_back().map(read)
    }
}

impl<T> ExactSizeIterator for IntoIter<'_, T> {}

impl<T> FusedIterator for IntoIter<'_, T> {}

impl<T: fmt::Debug> fmt::Debug for IntoIter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}

/// Ends the vector, as [`into_slice`](ArenaVec::into_slice) does.
impl<'a, T: 'a> IntoIterator for ArenaVec<'_, 'a, T> {
    type Item = T;
    type IntoIter = IntoIter<'a, T>;

    #[inline]
    fn into_iter(self) -> IntoIter<'a, T> {
        IntoIter { rest: self.into_slice().iter_mut() }
    }
}
