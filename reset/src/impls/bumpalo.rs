//! `bumpalo::Bump`.

use bumpalo::Bump;

use crate::Reset;

/// Rewinds to the last chunk, which is the largest, and frees the others. The chunk is kept for
/// ever, however large one request made it: `retained_bytes` tells a pool when to discard it.
/// Values in the arena are not dropped, as always with `Bump`. Its allocation limit is
/// configuration and stays.
impl<const MIN_ALIGN: usize> Reset for Bump<MIN_ALIGN> {
    #[inline]
    fn reset(&mut self) {
        Bump::reset(self);
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.allocated_bytes_including_metadata()
    }
}
