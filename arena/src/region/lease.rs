//! Ranges of memory for callers that hand out blocks of their own.

use core::ptr::NonNull;

use super::{Region, at};
use crate::asan;

/// A block with room behind it, up to the address `end`. All of it is the holder's.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) block: NonNull<u8>,
    pub(crate) end: usize,
}

impl Region {
    /// A block of `size` bytes, just handed out, and with it as much of `preferred` further bytes as lie
    /// behind it in its chunk.
    pub(crate) fn lease(&self, block: NonNull<u8>, size: usize, preferred: usize) -> Lease {
        let end = block.addr().get() + size;
        Lease { block, end: self.extend_lease(end, 0, preferred).unwrap_or(end) }
    }

    /// Adds at least `min` and at most `preferred` bytes to the block or lease that ends at `end`, if it is the last one;
    /// returns its new end.
    pub(crate) fn extend_lease(&self, end: usize, min: usize, preferred: usize) -> Option<usize> {
        let cursor = self.cursor.get();
        debug_assert!(cursor.addr().get() <= self.end.get());
        let room = self.end.get() - cursor.addr().get();
        if cursor.addr().get() != end || room < min {
            return None;
        }
        let new_end = end + room.min(preferred.max(min));
        self.move_cursor(new_end);
        Some(new_end)
    }

    /// Lengthens a block that somebody else handed out, from `old` to `new` bytes, if it ends where the
    /// region's cursor stands.
    pub(crate) fn extend_foreign(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Option<NonNull<u8>> {
        let start = block.addr().get();
        self.extend_lease(start + old, new - old, 0)?;
        let block = at(self.cursor.get(), start);
        asan::unpoison(block, new);
        Some(block)
    }
}
