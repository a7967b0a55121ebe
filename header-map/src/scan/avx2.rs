//! Thirty-two bytes at a time with AVX2, where the processor has it.
#![allow(
    unsafe_code,
    unused_unsafe,
    clippy::multiple_unsafe_ops_per_block,
    reason = "intrinsics; those that touch no memory are safe to call from Rust 1.87 on"
)]

use core::arch::x86_64::{
    __m256i, _mm256_add_epi8, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256,
    _mm256_movemask_epi8, _mm256_set1_epi8,
};

/// Bytes in a wide group.
pub(crate) const WIDE: usize = 32;

/// Bit *n* is set where byte *n* of the group is `byte`.
///
/// # Safety
///
/// Rule 3: the processor has AVX2.
#[inline]
#[target_feature(enable = "avx2")]
pub(crate) unsafe fn wide_equal(group: &[u8; WIDE], byte: u8) -> u32 {
    // SAFETY: rule 3, and rule 2 for the load.
    unsafe {
        let equal = _mm256_cmpeq_epi8(load(group), _mm256_set1_epi8(byte as i8));
        _mm256_movemask_epi8(equal) as u32
    }
}

/// Bit *n* is set where byte *n* of the group is unusual.
///
/// # Safety
///
/// Rule 3: the processor has AVX2.
#[inline]
#[target_feature(enable = "avx2")]
pub(crate) unsafe fn wide_unusual(group: &[u8; WIDE]) -> u32 {
    // One signed comparison: DEL and what lies above it wraps around to the negative.
    // SAFETY: rule 3, and rule 2 for the load.
    unsafe {
        let successors = _mm256_add_epi8(load(group), _mm256_set1_epi8(1));
        let unusual = _mm256_cmpgt_epi8(_mm256_set1_epi8(b' ' as i8 + 1), successors);
        _mm256_movemask_epi8(unusual) as u32
    }
}

#[inline]
#[target_feature(enable = "avx2")]
unsafe fn load(group: &[u8; WIDE]) -> __m256i {
    // SAFETY: rules 2 and 3.
    unsafe { _mm256_loadu_si256(group.as_ptr().cast()) }
}
