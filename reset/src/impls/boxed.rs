//! `Box`: what is inside is reset in place, the allocation stays.

use alloc::boxed::Box;

use crate::Reset;

/// Resets what is inside: `Box<dyn Reset>` asks the type behind it, `Box<[T]>` resets each element
/// and keeps its length.
impl<T: ?Sized + Reset> Reset for Box<T> {
    #[inline]
    fn reset(&mut self) {
        (**self).reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        (**self).reusable()
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        size_of_val(&**self).saturating_add((**self).retained_bytes())
    }
}
