//! Eight bytes at a time in a word; exact, on any target.

use super::{LANES, is_unusual};

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f * ONES;

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(super) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    lanes(group, |word| {
        let difference = word ^ (u64::from(byte) * ONES);
        // High bit of each byte that is zero. The sum never carries from one byte into the next, so
        // that, unlike the shorter `x - ONES & !x`, this has no false positives.
        !(((difference & LOW) + LOW) | difference)
    })
}

/// Bit *n* is set where byte *n* of the group is unusual.
#[inline]
pub(super) fn lanes_unusual(group: &[u8; LANES]) -> u16 {
    lanes(group, |word| {
        let low = word & LOW;
        // Carries into the high bit from space on, and from DEL on.
        let from_space = low + (0x80 - u64::from(b' ')) * ONES;
        let from_del = low + ONES;
        !from_space | from_del | word
    })
}

/// How many bytes of whole groups are unusual.
#[inline]
pub(super) fn count_unusual(groups: &[u8]) -> usize {
    groups.iter().filter(|byte| is_unusual(**byte)).count()
}

/// The high bits of what `high` makes of each half.
#[inline]
fn lanes(group: &[u8; LANES], high: impl Fn(u64) -> u64) -> u16 {
    let word = u128::from_le_bytes(*group);
    // Moves bit 0 of byte n to bit 56 + n.
    let half =
        |word: u64| (((high(word) >> 7 & ONES).wrapping_mul(0x0102_0408_1020_4080)) >> 56) as u16;
    half(word as u64) | half((word >> 64) as u64) << 8
}
