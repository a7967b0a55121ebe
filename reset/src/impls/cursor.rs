//! `io::Cursor`: back to position 0.

use std::io::Cursor;

use crate::Reset;

/// Position 0, and what is inside is reset.
impl<T: Reset> Reset for Cursor<T> {
    #[inline]
    fn reset(&mut self) {
        self.set_position(0);
        self.get_mut().reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.get_ref().reusable()
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.get_ref().retained_bytes()
    }
}
