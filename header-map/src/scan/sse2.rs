//! Sixteen bytes at a time with SSE2, which every x86-64 has.
#![allow(
    unsafe_code,
    unused_unsafe,
    clippy::multiple_unsafe_ops_per_block,
    reason = "intrinsics; those that touch no memory are safe to call from Rust 1.87 on"
)]

use core::arch::x86_64::{
    __m128i, _mm_add_epi8, _mm_add_epi64, _mm_cmpeq_epi8, _mm_cmpgt_epi8, _mm_cvtsi128_si64,
    _mm_loadu_si128, _mm_movemask_epi8, _mm_sad_epu8, _mm_set1_epi8, _mm_setzero_si128,
    _mm_sub_epi8, _mm_unpackhi_epi64,
};

use super::{LANES, MAX_COUNTED};

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(super) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    // SAFETY: rule 1.
    unsafe { _mm_movemask_epi8(_mm_cmpeq_epi8(load(group), _mm_set1_epi8(byte as i8))) as u16 }
}

/// Bit *n* is set where byte *n* of the group is unusual.
#[inline]
pub(super) fn lanes_unusual(group: &[u8; LANES]) -> u16 {
    // SAFETY: rule 1.
    unsafe { _mm_movemask_epi8(unusual(group)) as u16 }
}

/// How many bytes of so many whole groups are unusual.
#[inline]
pub(super) fn count_unusual(groups: &[u8]) -> usize {
    debug_assert!(groups.len() <= MAX_COUNTED && groups.len() % LANES == 0);
    // SAFETY: rule 1.
    let mut counts = unsafe { _mm_setzero_si128() };
    for group in groups.chunks_exact(LANES).filter_map(|group| group.first_chunk()) {
        // An unusual lane is -1.
        // SAFETY: rule 1.
        counts = unsafe { _mm_sub_epi8(counts, unusual(group)) };
    }
    // SAFETY: rule 1.
    unsafe {
        let halves = _mm_sad_epu8(counts, _mm_setzero_si128());
        _mm_cvtsi128_si64(_mm_add_epi64(halves, _mm_unpackhi_epi64(halves, halves))) as usize
    }
}

/// All bits of each unusual lane.
#[inline]
fn unusual(group: &[u8; LANES]) -> __m128i {
    // One signed comparison: DEL and what lies above it wraps around to the negative.
    // SAFETY: rule 1.
    unsafe {
        let successors = _mm_add_epi8(load(group), _mm_set1_epi8(1));
        _mm_cmpgt_epi8(_mm_set1_epi8(b' ' as i8 + 1), successors)
    }
}

#[inline]
fn load(group: &[u8; LANES]) -> __m128i {
    // SAFETY: rules 1 and 2.
    unsafe { _mm_loadu_si128(group.as_ptr().cast()) }
}
