//! Sixteen bytes at a time with NEON.
#![allow(
    unsafe_code,
    unused_unsafe,
    clippy::multiple_unsafe_ops_per_block,
    reason = "intrinsics; those that touch no memory are safe to call from Rust 1.87 on"
)]

use core::arch::aarch64::{
    uint8x16_t, vaddlvq_u8, vaddq_u8, vaddv_u8, vandq_u8, vceqq_u8, vcleq_s8, vdupq_n_s8,
    vdupq_n_u8, vget_high_u8, vget_low_u8, vld1q_u8, vreinterpretq_s8_u8, vsubq_u8,
};

use super::{LANES, MAX_COUNTED};

/// The bit of each lane within its half.
const BITS: [u8; LANES] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(super) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    // SAFETY: rule 1.
    mask(unsafe { vceqq_u8(load(group), vdupq_n_u8(byte)) })
}

/// Bit *n* is set where byte *n* of the group is unusual.
#[inline]
pub(super) fn lanes_unusual(group: &[u8; LANES]) -> u16 {
    mask(unusual(group))
}

/// How many bytes of so many whole groups are unusual.
#[inline]
pub(super) fn count_unusual(groups: &[u8]) -> usize {
    debug_assert!(groups.len() <= MAX_COUNTED && groups.len() % LANES == 0);
    // SAFETY: rule 1.
    let mut counts = unsafe { vdupq_n_u8(0) };
    for group in groups.chunks_exact(LANES).filter_map(|group| group.first_chunk()) {
        // An unusual lane is -1.
        // SAFETY: rule 1.
        counts = unsafe { vsubq_u8(counts, unusual(group)) };
    }
    // SAFETY: rule 1.
    usize::from(unsafe { vaddlvq_u8(counts) })
}

/// All bits of each unusual lane.
#[inline]
fn unusual(group: &[u8; LANES]) -> uint8x16_t {
    // One signed comparison: DEL and what lies above it wraps around to the negative.
    // SAFETY: rule 1.
    unsafe {
        let successors = vreinterpretq_s8_u8(vaddq_u8(load(group), vdupq_n_u8(1)));
        vcleq_s8(successors, vdupq_n_s8(b' ' as i8))
    }
}

/// A bit of each lane.
#[inline]
fn mask(lanes: uint8x16_t) -> u16 {
    // SAFETY: rule 1.
    let (low, high) = unsafe {
        let bits = vandq_u8(lanes, load(&BITS));
        (vaddv_u8(vget_low_u8(bits)), vaddv_u8(vget_high_u8(bits)))
    };
    u16::from(low) | u16::from(high) << 8
}

#[inline]
fn load(group: &[u8; LANES]) -> uint8x16_t {
    // SAFETY: rules 1 and 2.
    unsafe { vld1q_u8(group.as_ptr()) }
}
