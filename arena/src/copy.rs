//! Copies of a few bytes without a call, and almost without a branch.
//!
//! A string in a request is short, and its length is not what the one before had. `memcpy` spends
//! more on the call and on finding the branch for the length than on the bytes, and what it spends
//! most on is the branch that the processor guessed wrong. So there are as few classes of length as
//! can be: 2 to 7 bytes and 8 to 32. In each class four words are moved that cover the whole: the
//! first and the last, and a second and a third that lie next to them, or upon them where the length
//! leaves no gap. All loads come before all stores.
//!
//! Measured over copies from a table of 256 strings; ns per allocated and copied string, of which 4.6
//! are not the copy's:
//!
//! | lengths | order | `memcpy` | two words per class, to 32 | three, to 48 | four, to 32 |
//! |---|---|---|---|---|---|
//! | 12 | | 7.5 | 5.6 | 6.0 | 6.7 |
//! | 3–21 | repeated, and learnt | 7.7 | 5.3 | 5.4 | 5.8 |
//! | 3–21 | never the same | 19.5 | 17.2 | 12.5 | 11.5 |
//! | 1–32 | repeated, and learnt | 8.5 | 6.0 | 6.3 | 6.9 |
//! | 1–32 | never the same | 21.9 | 19.3 | 18.9 | 12.3 |
//! | 33–64 | never the same | 9.2 | 9.4 | 18.9 | 9.7 |
//! | 3–200 | never the same | 23.2 | 22.0 | 22.2 | 21.1 |
//!
//! Two words in each of five classes cost half a nanosecond less while every length is foreseen, and
//! six more when none is. A further class up to 64 gains a tenth for such strings, loses as much for
//! longer ones, and is more code at each place of use.
//!
//! Rules: **(1)** every load and store lies within the first `len` bytes. **(2)** bytes are moved
//! as `MaybeUninit`, so that padding stays padding and a pointer keeps its provenance.

use core::mem::MaybeUninit;
use core::ptr;

/// The greatest length that is copied inline.
const INLINE: usize = 32;

/// Copies `len` bytes.
///
/// # Safety
///
/// `source` is readable and `target` writable for `len` bytes, and the two ranges do not overlap.
#[inline(always)]
pub(crate) unsafe fn copy_bytes(source: *const u8, target: *mut u8, len: usize) {
    // The likely class first, and in one comparison.
    if len.wrapping_sub(8) <= INLINE - 8 {
        // SAFETY: 8 <= len <= 4 * 8.
        unsafe { copy_words::<u64>(source, target, len) };
    } else if len >= 8 {
        // SAFETY: the caller's promise is that of `copy_nonoverlapping`.
        unsafe { ptr::copy_nonoverlapping(source, target, len) };
    } else if len >= 2 {
        // SAFETY: 2 <= len <= 4 * 2.
        unsafe { copy_words::<u16>(source, target, len) };
    } else if len == 1 {
        // SAFETY: one byte, as the caller promises.
        unsafe { ptr::copy_nonoverlapping(source, target, 1) };
    }
}

/// Copies `len` bytes in four words `W`, which overlap as far as `len` is less than four words.
///
/// # Safety
///
/// As for [`copy_bytes`], `size_of::<W>() <= len <= 4 * size_of::<W>()`, and `W` is an integer.
#[inline(always)]
unsafe fn copy_words<W>(source: *const u8, target: *mut u8, len: usize) {
    let word = size_of::<W>();
    debug_assert!(word <= len && len <= 4 * word);
    let fourth = len - word;
    // One word on if two do not cover the whole, otherwise none: all four lie within `len` bytes.
    let second = (len - 1) / (2 * word) * word;
    let third = fourth - second;
    // SAFETY: the first word lies within `len` bytes (rule 1).
    let a = unsafe { load::<W>(source, 0) };
    // SAFETY: second <= len - word, because it is 0 or len > 2 * word (rule 1).
    let b = unsafe { load::<W>(source, second) };
    // SAFETY: third <= fourth (rule 1).
    let c = unsafe { load::<W>(source, third) };
    // SAFETY: fourth + word == len (rule 1).
    let d = unsafe { load::<W>(source, fourth) };
    // SAFETY: as the load (rule 1).
    unsafe { store(target, 0, a) };
    // SAFETY: as the load (rule 1).
    unsafe { store(target, second, b) };
    // SAFETY: as the load (rule 1).
    unsafe { store(target, third, c) };
    // SAFETY: as the load (rule 1).
    unsafe { store(target, fourth, d) };
}

/// # Safety
///
/// `source + offset` is readable for a `W`, an integer.
#[inline(always)]
unsafe fn load<W>(source: *const u8, offset: usize) -> MaybeUninit<W> {
    // SAFETY: the caller's promise.
    let place = unsafe { source.add(offset) };
    // SAFETY: the caller's promise; `MaybeUninit` accepts any content (rule 2).
    unsafe { place.cast::<MaybeUninit<W>>().read_unaligned() }
}

/// # Safety
///
/// `target + offset` is writable for a `W`.
#[inline(always)]
unsafe fn store<W>(target: *mut u8, offset: usize, word: MaybeUninit<W>) {
    // SAFETY: the caller's promise.
    let place = unsafe { target.add(offset) };
    // SAFETY: the caller's promise.
    unsafe { place.cast::<MaybeUninit<W>>().write_unaligned(word) };
}

#[cfg(test)]
mod tests {
    use super::{INLINE, copy_bytes};

    const MARGIN: usize = 32;
    const UNTOUCHED: u8 = 0xEE;

    #[test]
    fn every_length_at_every_alignment() {
        let source: Vec<u8> = (0..200).map(|i| (i * 7 + 1) as u8).collect();
        for len in 0..=2 * INLINE + 3 {
            for from in 0..17 {
                for to in 0..17 {
                    let mut target = vec![UNTOUCHED; 2 * MARGIN + len + to];
                    let place = target[MARGIN + to..].as_mut_ptr();
                    // SAFETY: both vectors are longer than offset plus `len`, and distinct.
                    unsafe { copy_bytes(source[from..].as_ptr(), place, len) };
                    assert_eq!(target[MARGIN + to..][..len], source[from..][..len], "{len} bytes");
                    assert!(target[..MARGIN + to].iter().all(|&byte| byte == UNTOUCHED));
                    assert!(target[MARGIN + to + len..].iter().all(|&byte| byte == UNTOUCHED));
                }
            }
        }
    }

    #[test]
    fn exact_block_without_a_byte_beyond() {
        // Blocks of exactly `len` bytes: an address checker sees any load past either end.
        for len in 0..=2 * INLINE {
            let source: Box<[u8]> = (0..len).map(|i| i as u8 + 1).collect();
            let mut target = vec![0; len].into_boxed_slice();
            // SAFETY: both blocks have exactly `len` bytes, and are distinct.
            unsafe { copy_bytes(source.as_ptr(), target.as_mut_ptr(), len) };
            assert_eq!(source, target);
        }
    }

    #[test]
    fn pointers_and_padding_as_they_were() {
        #[derive(Clone, Copy)]
        struct Padded<'a>(u8, &'a str);
        let source = [Padded(1, "first"), Padded(2, "second")];
        for count in 0..=2 {
            let mut target = [Padded(0, ""); 2];
            // SAFETY: both arrays have at least `count` elements, and are distinct.
            unsafe {
                copy_bytes(
                    source.as_ptr().cast(),
                    target.as_mut_ptr().cast(),
                    count * size_of::<Padded<'_>>(),
                );
            };
            for i in 0..count {
                assert_eq!((target[i].0, target[i].1), (source[i].0, source[i].1));
            }
        }
    }
}
