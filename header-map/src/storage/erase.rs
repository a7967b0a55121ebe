//! Overwriting what is no longer live.
//!
//! # Rule of the unsafe code
//!
//! 1. What is written to is an exclusive borrow of bytes, which ask no alignment and take any value.
#![expect(unsafe_code, reason = "the compiler keeps only volatile writes that nobody reads again")]

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
        // SAFETY: rule 1: the chunk has 64 bytes.
        unsafe { block.write_volatile([0; 64]) };
    }
    for byte in blocks.into_remainder() {
        // SAFETY: rule 1.
        unsafe { core::ptr::from_mut(byte).write_volatile(0) };
    }
}
