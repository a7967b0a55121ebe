//! Comparison that ignores the case of ASCII letters, and of nothing else.

use core::hash::Hasher;

/// Whether two names are equal but for the case of their letters.
///
/// Exact: `^` and `~`, which differ in the case bit only, stay apart.
#[inline]
pub(crate) fn eq_ignore_case(a: &[u8], b: &[u8]) -> bool {
    #[cfg(test)]
    COMPARISONS.set(COMPARISONS.get() + 1);
    if a.len() != b.len() {
        return false;
    }
    // Most names that are compared are equal, of up to sixteen bytes, and spelt alike.
    let is_spelt_alike =
        a.len() <= 16 && ends(a).is_some_and(|ends_of_a| Some(ends_of_a) == ends(b));
    is_spelt_alike || eq_by_words(a, b)
}

/// The same for any names of equal length.
#[inline(never)]
fn eq_by_words(mut a: &[u8], mut b: &[u8]) -> bool {
    // From both ends towards the middle, where the words of the last step overlap.
    while let (Some(a_ends), Some(b_ends)) = (ends(a), ends(b)) {
        if !words_eq(a_ends.0, b_ends.0) || !words_eq(a_ends.1, b_ends.1) {
            return false;
        }
        if a.len() <= 16 {
            return true;
        }
        (a, b) = (&a[8..a.len() - 8], &b[8..b.len() - 8]);
    }
    words_eq(short(a), short(b))
}

/// The first and the last eight bytes as words.
#[inline]
fn ends(name: &[u8]) -> Option<(u64, u64)> {
    Some((u64::from_le_bytes(*name.first_chunk()?), u64::from_le_bytes(*name.last_chunk()?)))
}

/// Hashes a name, so that names which are equal but for case have equal hashes.
pub(crate) fn hash_ignore_case(name: &[u8], state: &mut impl Hasher) {
    name.iter().for_each(|byte| state.write_u8(byte.to_ascii_lowercase()));
    // No name holds this byte: none is the beginning of another.
    state.write_u8(0xff);
}

/// The same byte by byte, for constants.
pub(crate) const fn const_eq_ignore_case(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at].eq_ignore_ascii_case(&b[at]) {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Fewer than eight bytes as a word that differs wherever they differ (at equal length).
#[inline]
fn short(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Whether two words of eight bytes are equal but for the case of letters.
#[inline]
fn words_eq(a: u64, b: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let difference = a ^ b;
    if difference == 0 {
        return true;
    }
    if difference & !(0x20 * ONES) != 0 {
        return false;
    }
    // Where the case bit differs, both bytes must be letters. With the case bit set and the high bit
    // clear, adding 0x80 - 'a' carries into the high bit from 'a' on, 0x80 - '{' from '{' on.
    let lower = a | (0x20 * ONES);
    let ascii = lower & (0x7f * ONES);
    let from_a = ascii + (0x80 - u64::from(b'a')) * ONES;
    let above_z = ascii + (0x80 - u64::from(b'z') - 1) * ONES;
    let letters = from_a & !above_z & !lower & (0x80 * ONES);
    difference & !(letters >> 2) == 0
}

#[cfg(test)]
std::thread_local! {
    /// Calls of [`eq_ignore_case`] by this thread.
    static COMPARISONS: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

/// How many names this thread has compared.
#[cfg(test)]
pub(crate) fn comparisons() -> usize {
    COMPARISONS.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pairs_of_bytes_agree_with_the_standard_library_at_every_position() {
        for len in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 24, 25, 32, 33, 40] {
            for (position, other) in
                (0..len).flat_map(|position| [(position, b'x'), (position, b'X')])
            {
                let mut a = vec![b'x'; len];
                let mut b = vec![other; len];
                for x in 0..=u8::MAX {
                    for y in [x, x ^ 0x20, x ^ 0x80, x.wrapping_add(1), !x] {
                        (a[position], b[position]) = (x, y);
                        let expected = a.eq_ignore_ascii_case(&b);
                        let equal = [eq_ignore_case(&a, &b), const_eq_ignore_case(&a, &b)];
                        assert_eq!(equal, [expected; 2], "{x:#x} {y:#x} at {position} of {len}");
                    }
                }
            }
        }
    }

    #[test]
    fn lengths_differ() {
        assert!(!eq_ignore_case(b"abc", b"abcd"));
        assert!(!eq_ignore_case(b"abcd", b"abc"));
        assert!(!const_eq_ignore_case(b"abc", b"abcd"));
        assert!(!const_eq_ignore_case(b"abcd", b"abc"));
        assert!(eq_ignore_case(b"", b""));
    }
}
