//! Sixteen bytes at a time with NEON.
#![allow(
    unused_unsafe,
    clippy::multiple_unsafe_ops_per_block,
    reason = "intrinsics that touch no memory are safe to call from Rust 1.87 on"
)]

use core::arch::aarch64::{
    vaddv_u8, vandq_u8, vceqq_u8, vdupq_n_u8, vget_high_u8, vget_low_u8, vld1q_u8,
};

use super::LANES;

/// The bit of each lane within its half.
const BITS: [u8; LANES] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(crate) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    // SAFETY: the reference is valid for reads of sixteen bytes; the load asks no alignment.
    let lanes = unsafe { vld1q_u8(group.as_ptr()) };
    // SAFETY: as above.
    let bits = unsafe { vld1q_u8(BITS.as_ptr()) };
    // SAFETY: NEON is enabled: this module is compiled only where it is.
    let (low, high) = unsafe {
        let equal = vandq_u8(vceqq_u8(lanes, vdupq_n_u8(byte)), bits);
        (vaddv_u8(vget_low_u8(equal)), vaddv_u8(vget_high_u8(equal)))
    };
    u16::from(low) | u16::from(high) << 8
}
