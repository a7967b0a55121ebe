//! Eight bytes at a time in a word; exact, on any target.

use super::LANES;

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(crate) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    let word = u128::from_le_bytes(*group);
    let low = half_equal(word as u64, byte);
    let high = half_equal((word >> 64) as u64, byte);
    low | high << 8
}

#[inline]
fn half_equal(word: u64, byte: u8) -> u16 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f * ONES;
    let difference = word ^ (u64::from(byte) * ONES);
    // High bit of each byte that is zero. The sum never carries from one byte into the next, so
    // that, unlike the shorter `x - ONES & !x`, this has no false positives.
    let zero = !(((difference & LOW) + LOW) | difference | LOW);
    // Moves bit 0 of byte n to bit 56 + n.
    ((zero >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u16
}
