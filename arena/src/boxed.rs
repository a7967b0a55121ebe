//! A value in the arena that is dropped with its box.

use core::fmt;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};

/// Owns a value that lies in an arena, and drops it. The memory comes back when the arena is reset.
///
/// Made by [`Arena::alloc_box`](crate::Arena::alloc_box). It is one pointer, and `Send` or `Sync` if the value
/// is.
///
/// ```
/// use ratoon_arena::{Arena, ArenaBox};
///
/// fn longest<'a>(names: &mut Vec<ArenaBox<'a, String>>) -> Option<ArenaBox<'a, String>> {
///     names.sort_by_key(|name| name.len());
///     names.pop()
/// }
///
/// let arena = Arena::new();
/// let mut names = ["a", "bbb", "cc"].map(|name| arena.alloc_box(name.to_owned())).into();
/// assert_eq!(*longest(&mut names).unwrap(), "bbb");
/// ```
#[doc(alias("BumpBox", "bumpalo"))]
pub struct ArenaBox<'a, T> {
    // Invariant: not dropped and not taken, until the box is.
    value: &'a mut ManuallyDrop<T>,
}

impl<'a, T> ArenaBox<'a, T> {
    #[inline]
    pub(crate) fn new(value: &'a mut ManuallyDrop<T>) -> Self {
        Self { value }
    }

    /// Moves the value out of the arena.
    ///
    /// ```
    /// use ratoon_arena::{Arena, ArenaBox};
    ///
    /// let arena = Arena::new();
    /// let name = arena.alloc_box(String::from("kept"));
    /// assert_eq!(ArenaBox::into_inner(name), "kept");
    /// ```
    #[inline]
    #[must_use]
    pub fn into_inner(this: Self) -> T {
        // First the box is put where it is not dropped: to move it later would end the right of pointers
        // that were made from its reference.
        let mut this = ManuallyDrop::new(this);
        // SAFETY: the value was not taken before, and is not used after: the box is not dropped (the
        // field's invariant).
        unsafe { ManuallyDrop::take(this.value) }
    }
}

impl<T> Deref for ArenaBox<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T> DerefMut for ArenaBox<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ArenaBox<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for ArenaBox<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> Drop for ArenaBox<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the value was not dropped before, and is not used after (the field's invariant).
        unsafe { ManuallyDrop::drop(self.value) }
    }
}
