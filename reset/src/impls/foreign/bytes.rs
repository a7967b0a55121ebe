//! `bytes`.

use bytes::{Bytes, BytesMut};

use crate::{Capacity, Reset};

/// Becomes empty; its share of the memory is let go.
impl Reset for Bytes {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}

/// Cleared, and the whole buffer is taken back: `advance`, `split_to` and `split_off` leave a view of
/// a part only, which would count a few bytes while it holds them all. A part that was split off or
/// frozen and is still alive belongs to its holder: the buffer stays shared and only the view is
/// counted.
impl Reset for BytesMut {
    #[inline]
    fn reset(&mut self) {
        self.clear();
        // An end that was split off comes back only as far as it is asked for, and how far that may
        // be cannot be asked: hence steps that grow while they succeed and shrink while they fail.
        let mut step = 1;
        while step > 0 {
            // `false`: there is not so much to take back, or it is still shared. It never allocates.
            step = if self.try_reclaim(self.capacity() + step) { step * 2 } else { step / 2 };
        }
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

/// `BytesMut` cannot shrink: its bytes move to a new, smaller buffer.
// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
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
