//! One hash for both ends: the slot of a known name, and the tag of any other.
//!
//! It reads the length and the first and last eight bytes with the case bit set, so that it costs two
//! loads and one multiplication at any length and works in constants. It need not resist an
//! attacker: a tag has about a hundred values, so equal tags can be made for any hash. What they
//! cost is bounded by the limit on headers instead.
//!
//! Measured with 70 names of clouds, gateways and trackers, and with three families of names that look
//! alike (pairs with equal tags, against what chance makes of as many; ns for a name of 15 bytes):
//!
//! | | ns | 70 real | 144 `x-tenant-region` | 128 `x-shard-number-17` | 200 `x-tenant1-id` |
//! |---|---|---|---|---|---|
//! | by chance | | 25 | 110 | 87 | 213 |
//! | **both ends, both halves of the product** | 1.7 | 26 | 128 | 85 | 226 |
//! | both ends, lower half | 1.5 | 23 | 125 | 75 | 750 |
//! | all bytes, eight at a time | 13 | 31 | 115 | 69 | 227 |
//! | FNV-1a | 12 | 28 | 108 | 586 | 217 |
//! | length, first, middle and last byte | 2.3 | 38 | 200 | 413 | 1,043 |

/// Found by the search in this module's test: it scatters the known names over [`SLOTS`] slots without
/// a collision.
pub(crate) const MULTIPLIER: u64 = 6_007_158_144_838_489_047;

/// Slots of the perfect hash.
pub(crate) const SLOTS: usize = 1024;

/// The case bit of every byte of a word. It also merges characters that are no letters (`^` and
/// `~`): good enough for a hash, never for a comparison.
const CASE: u64 = 0x2020_2020_2020_2020;

/// The first and the last eight bytes of a name, or what there is of them: all of it, up to sixteen.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) len: usize,
}

impl Ends {
    #[inline]
    pub(crate) const fn of(name: &[u8]) -> Self {
        let (first, last) = match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => Self::of_short(name),
        };
        Self { first, last, len: name.len() }
    }

    /// Of fewer than eight bytes.
    #[inline]
    const fn of_short(name: &[u8]) -> (u64, u64) {
        if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            return (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64);
        }
        match *name {
            [] => (0, 0),
            [first] => (first as u64, first as u64),
            [first, .., last] => (first as u64, (name[1] as u64) << 8 | last as u64),
        }
    }

    /// The hash of the name; any case of it has the same.
    #[inline]
    pub(crate) const fn hash(self) -> u64 {
        self.hash_with(MULTIPLIER)
    }

    #[inline]
    const fn hash_with(self, multiplier: u64) -> u64 {
        let first = (self.first | CASE).wrapping_add(self.len as u64);
        // Rotated, so that the same letters at both ends do not cancel out.
        let ends = first ^ (self.last | CASE).rotate_left(23);
        // Both halves of the product: letters that lie high in the word, as the digit of `x-tenant1-id`
        // does, reach nothing in the lower half but its highest bits.
        let product = ends as u128 * multiplier as u128;
        (product >> u64::BITS) as u64 ^ product as u64
    }
}

/// The slot of a hash in the table of known names.
#[inline]
pub(crate) const fn slot(hash: u64) -> usize {
    (hash >> (u64::BITS - SLOTS.trailing_zeros())) as usize
}

/// A number below `range` from bits of the hash that [`slot`] does not use.
#[inline]
pub(crate) const fn tag(hash: u64, range: u8) -> u8 {
    let bits = (hash >> 36) & 0xffff;
    ((bits * range as u64) >> 16) as u8
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

    fn collides(multiplier: u64, known: &[Ends]) -> bool {
        let mut taken = [0_u64; SLOTS / 64];
        known.iter().any(|ends| {
            let slot = slot(ends.hash_with(multiplier));
            let is_taken = taken[slot / 64] >> (slot % 64) & 1 != 0;
            taken[slot / 64] |= 1 << (slot % 64);
            is_taken
        })
    }

    #[test]
    fn multiplier_is_the_first_of_the_sequence_without_a_collision() {
        let known: Vec<_> = NAMES[1..].iter().map(|name| Ends::of(name.as_bytes())).collect();
        let mut state = 0;
        let found = (0..10_000_000)
            .map(|_| split_mix(&mut state) | 1)
            .find(|&multiplier| !collides(multiplier, &known))
            .expect("two names agree in length, first and last eight bytes");
        assert_eq!(MULTIPLIER, found, "write the right-hand side into MULTIPLIER");
    }

    #[test]
    fn tags_of_names_that_look_alike_differ() {
        let words = "tenant trace region user session request account org team device client app";
        let words: Vec<_> = words.split(' ').collect();
        let pairs = words.iter().flat_map(|a| words.iter().map(move |b| format!("x-{a}-{b}")));
        for names in [
            (0..1_000).map(|n| format!("x-{n}")).collect::<Vec<_>>(),
            (0..500).map(|n| format!("x{n}y")).collect(),
            (0..128).map(|n| format!("x-shard-number-{n}")).collect(),
            (0..300).map(|n| format!("{n}-header")).collect(),
            pairs.collect(),
            (0..200)
                .map(|n| format!("x-{}{}-id", words[n % words.len()], n / words.len()))
                .collect(),
        ] {
            let mut counts = [0_usize; 100];
            for name in &names {
                counts[usize::from(tag(Ends::of(name.as_bytes()).hash(), 100))] += 1;
            }
            let equal: usize = counts.iter().map(|count| count * (count.max(&1) - 1) / 2).sum();
            let expected = names.len() * (names.len() - 1) / 2 / counts.len();
            assert!(equal < 2 * expected, "{equal} pairs like {}, not {expected}", names[0]);
        }
    }

    #[test]
    fn hash_is_blind_to_case() {
        for name in &NAMES[1..] {
            let upper = name.to_ascii_uppercase();
            assert_eq!(Ends::of(name.as_bytes()).hash(), Ends::of(upper.as_bytes()).hash());
        }
    }
}
