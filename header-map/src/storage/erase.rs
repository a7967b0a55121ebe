//! Overwriting what is no longer live.

use core::ops::Range;

use super::Storage;

impl Storage {
    /// Overwrites bytes with zeros, if erasure is on.
    #[inline]
    pub(super) fn erase(&mut self, range: Range<usize>) {
        if self.erases {
            overwrite(&mut self.bytes_mut()[range]);
        }
    }
}

/// Zeroes bytes in a way that the compiler keeps, even where nobody reads them again.
#[inline(never)]
pub(super) fn overwrite(bytes: &mut [u8]) {
    let mut blocks = bytes.chunks_exact_mut(64);
    for block in &mut blocks {
        let block: *mut [u8; 64] = block.as_mut_ptr().cast();
        // SAFETY: the chunk is an exclusive borrow of 64 initialised bytes; bytes ask no alignment.
        unsafe { block.write_volatile([0; 64]) };
    }
    for byte in blocks.into_remainder() {
        // SAFETY: an exclusive borrow of one byte.
        unsafe { core::ptr::from_mut(byte).write_volatile(0) };
    }
}
