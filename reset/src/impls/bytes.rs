//! `bytes::BytesMut`.

use bytes::BytesMut;

use crate::{Capacity, Reset};

/// Cleared, and the whole buffer is taken back: `advance` and `split_to` leave a view of its end
/// only, which would count a few bytes while it holds them all. A part that was split off or frozen
/// and is still alive belongs to its holder: the buffer stays shared and only the view is counted.
impl Reset for BytesMut {
    #[inline]
    fn reset(&mut self) {
        self.clear();
        // `false`: there is nothing to take back, or it is still shared. It never allocates.
        let _ = self.try_reclaim(self.capacity() + 1);
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
