//! The ways to write into a frame.

use core::fmt;
use std::io;

use super::Frame;

/// `$put` appends `$int` in the byte order of `$to_bytes`.
macro_rules! put {
    ($($put:ident $int:ident $to_bytes:ident $order:literal;)*) => {
        /// Integers. For an error instead of a panic: `try_put_slice(&n.to_be_bytes())`.
        impl Frame<'_, '_> {
            $(
                #[doc = concat!("Appends `n`, ", $order, ".")]
                ///
                /// # Panics
                ///
                /// As [`Arena::alloc`](crate::Arena::alloc).
                #[inline]
                #[track_caller]
                pub fn $put(&mut self, n: $int) {
                    self.put_slice(&n.$to_bytes());
                }
            )*
        }
    };
}

put! {
    put_u8 u8 to_be_bytes "one byte";
    put_u16 u16 to_be_bytes "most significant byte first";
    put_u32 u32 to_be_bytes "most significant byte first";
    put_u64 u64 to_be_bytes "most significant byte first";
    put_u128 u128 to_be_bytes "most significant byte first";
    put_i8 i8 to_be_bytes "one byte";
    put_i16 i16 to_be_bytes "most significant byte first";
    put_i32 i32 to_be_bytes "most significant byte first";
    put_i64 i64 to_be_bytes "most significant byte first";
    put_i128 i128 to_be_bytes "most significant byte first";
    put_u16_le u16 to_le_bytes "least significant byte first";
    put_u32_le u32 to_le_bytes "least significant byte first";
    put_u64_le u64 to_le_bytes "least significant byte first";
    put_u128_le u128 to_le_bytes "least significant byte first";
    put_i16_le i16 to_le_bytes "least significant byte first";
    put_i32_le i32 to_le_bytes "least significant byte first";
    put_i64_le i64 to_le_bytes "least significant byte first";
    put_i128_le i128 to_le_bytes "least significant byte first";
}

/// Appends. Fails with [`OutOfMemory`](io::ErrorKind::OutOfMemory) and the
/// [`AllocError`](crate::AllocError) inside if there is no room; then nothing was appended.
impl io::Write for Frame<'_, '_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.try_put_slice(bytes).map_err(|error| io::Error::new(io::ErrorKind::OutOfMemory, error))
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Appends. Fails if there is no room; then nothing was appended.
impl fmt::Write for Frame<'_, '_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.try_put_slice(text.as_bytes()).map_err(|_| fmt::Error)
    }
}

/// Appends, and grows when the reservation is used up.
///
/// # Panics
///
/// As [`Arena::alloc`](crate::Arena::alloc), when the frame has to grow and cannot.
// SAFETY: `chunk_mut` and `advance_mut` agree on the room behind the last byte: what `chunk_mut`
// returns is not moved before the next `&mut` use, and `advance_mut` goes no further than that.
#[cfg(feature = "bytes")]
unsafe impl bytes::BufMut for Frame<'_, '_> {
    #[inline]
    fn remaining_mut(&self) -> usize {
        // As for `Vec`: what can be asked for, whether or not there is memory for it.
        isize::MAX as usize - self.len()
    }

    #[inline]
    unsafe fn advance_mut(&mut self, n: usize) {
        let spare = self.bytes.spare_mut().len();
        assert!(n <= spare, "cannot advance by {n} bytes, {spare} are there");
        // SAFETY: the caller has initialised the bytes; the assertion above.
        unsafe { self.bytes.assume_appended(n) };
    }

    #[inline]
    fn chunk_mut(&mut self) -> &mut bytes::buf::UninitSlice {
        if self.bytes.spare_mut().is_empty() {
            self.bytes.reserve(1);
        }
        bytes::buf::UninitSlice::uninit(self.bytes.spare_mut())
    }

    #[inline]
    fn put_slice(&mut self, source: &[u8]) {
        Frame::put_slice(self, source);
    }

    #[inline]
    fn put_bytes(&mut self, byte: u8, n: usize) {
        self.bytes.reserve(n);
        self.bytes.spare_mut()[..n].fill(core::mem::MaybeUninit::new(byte));
        // SAFETY: filled just now.
        unsafe { self.bytes.assume_appended(n) };
    }
}
