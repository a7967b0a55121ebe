//! Sixteen bytes at a time with SSE2, which every x86-64 has.
#![allow(
    unused_unsafe,
    clippy::multiple_unsafe_ops_per_block,
    reason = "intrinsics that touch no memory are safe to call from Rust 1.87 on"
)]

use core::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};

use super::LANES;

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(crate) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    // SAFETY: the reference is valid for reads of sixteen bytes; the load asks no alignment.
    let lanes = unsafe { _mm_loadu_si128(group.as_ptr().cast()) };
    // SAFETY: SSE2 is enabled: this module is compiled only where it is.
    unsafe { _mm_movemask_epi8(_mm_cmpeq_epi8(lanes, _mm_set1_epi8(byte as i8))) as u16 }
}
