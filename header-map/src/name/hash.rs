//! One hash for both ends: the slot of a known name, and the tag of any other.
//!
//! It reads the length and the first and last eight bytes with the case bit set, so that it costs two
//! loads and two multiplications at any length and works in constants. It need not resist an
//! attacker: a tag has about a hundred values, so equal tags can be made for any hash. What they
//! cost is bounded by the limit on headers instead.

/// Found by the search in this module's test: they scatter the known names over [`SLOTS`] slots
/// without a collision.
pub(crate) const MULTIPLIERS: [u64; 2] = [17_008_344_727_489_914_005, 15_635_944_197_478_737_723];

/// Slots of the perfect hash.
pub(crate) const SLOTS: usize = 1024;

/// The case bit of every byte of a word. It also merges characters that are no letters (`^` and
/// `~`): good enough for a hash, never for a comparison.
const CASE: u64 = 0x2020_2020_2020_2020;

/// Hashes `name`, any case of it alike.
#[inline]
pub(crate) const fn hash(name: &[u8]) -> u64 {
    hash_with(name, MULTIPLIERS)
}

/// The slot of a hash in the table of known names.
#[inline]
pub(crate) const fn slot(hash: u64) -> usize {
    (hash >> (u64::BITS - SLOTS.trailing_zeros())) as usize
}

/// A number below `range` from bits of the hash that [`slot`] does not use.
#[inline]
pub(crate) const fn tag(hash: u64, range: u8) -> u8 {
    let bits = (hash >> 32) & 0xffff;
    ((bits * range as u64) >> 16) as u8
}

#[inline]
const fn hash_with(name: &[u8], [first_by, last_by]: [u64; 2]) -> u64 {
    let (first, last) = ends(name);
    let first = (first | CASE).wrapping_add(name.len() as u64);
    first.wrapping_mul(first_by) ^ (last | CASE).wrapping_mul(last_by)
}

/// The first and the last eight bytes, or what there is of them.
#[inline]
const fn ends(name: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        return (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64);
    }
    match *name {
        [] => (0, 0),
        [first, ..] => {
            (first as u64, (name[name.len() / 2] as u64) << 8 | name[name.len() - 1] as u64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::known::NAMES;

    /// The same sequence on every run.
    fn split_mix(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn collides(multipliers: [u64; 2]) -> bool {
        let mut taken = [false; SLOTS];
        NAMES[1..].iter().any(|name| {
            let slot = slot(hash_with(name.as_bytes(), multipliers));
            core::mem::replace(&mut taken[slot], true)
        })
    }

    #[test]
    fn multipliers_are_the_first_of_the_sequence_without_a_collision() {
        let mut state = 0;
        let found = (0..1_000_000)
            .map(|_| [split_mix(&mut state) | 1, split_mix(&mut state) | 1])
            .find(|&multipliers| !collides(multipliers))
            .expect("two names agree in length, first and last eight bytes");
        assert_eq!(MULTIPLIERS, found, "write the right-hand side into MULTIPLIERS");
    }

    #[test]
    fn hash_is_blind_to_case() {
        for name in &NAMES[1..] {
            assert_eq!(hash(name.as_bytes()), hash(name.to_ascii_uppercase().as_bytes()));
        }
    }
}
