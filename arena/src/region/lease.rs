//! Stretches of memory for who hands out blocks of its own.

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
    /// A block of `size` bytes, just handed out, and with it as much of `wish` further bytes as lie
    /// behind it in its chunk.
    pub(crate) fn lease(&self, block: NonNull<u8>, size: usize, wish: usize) -> Lease {
        let end = block.addr().get() + size;
        Lease { block, end: self.lengthen_lease(end, 0, wish).unwrap_or(end) }
    }

    /// Adds `least` to `wish` bytes to the block or lease that ends at `end`, if it is the last one;
    /// returns its new end.
    pub(crate) fn lengthen_lease(&self, end: usize, least: usize, wish: usize) -> Option<usize> {
        let cursor = self.cursor.get();
        debug_assert!(cursor.addr().get() <= self.end.get());
        let room = self.end.get() - cursor.addr().get();
        if cursor.addr().get() != end || room < least {
            return None;
        }
        let new_end = end + room.min(wish.max(least));
        self.move_cursor(new_end);
        Some(new_end)
    }

    /// Lengthens a block that somebody else handed out, from `old` to `new` bytes, if it ends where the
    /// region's cursor stands.
    pub(crate) fn lengthen_foreign(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Option<NonNull<u8>> {
        let start = block.addr().get();
        self.lengthen_lease(start + old, new - old, 0)?;
        let block = at(self.cursor.get(), start);
        asan::unpoison(block, new);
        Some(block)
    }
}
