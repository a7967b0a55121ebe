//! `bytes::BytesMut`.

use bytes::BytesMut;

use crate::{Capacity, Reset};

/// Cleared, and what it can still reach of its buffer is kept. What was split off or frozen belongs
/// to its holder and is not touched; `reserve` takes that memory back when the holder is gone.
impl Reset for BytesMut {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

/// `BytesMut` cannot shrink: its bytes move to a new, smaller buffer.
impl Capacity for BytesMut {
    #[inline]
    fn capacity(&self) -> usize {
        BytesMut::capacity(self)
    }

    fn shrink_to(&mut self, max: usize) {
        let wanted = max.max(self.len());
        if BytesMut::capacity(self) > wanted {
            let mut smaller = BytesMut::with_capacity(wanted);
            smaller.extend_from_slice(self);
            *self = smaller;
        }
    }
}
