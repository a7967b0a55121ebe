//! Finding the next colon, space or unusual byte, by the widest instructions there are.
//!
//! # Rules of the unsafe code
//!
//! 1. An [`Avx2`] is only made where the processor was found to have AVX2.

use crate::scan::{LANES, lanes_equal, lanes_unusual};

/// A way to look at several bytes at once. Each gives the same results.
pub(super) trait Finder: Copy {
    /// Position of the first `byte` in `input` at or after `at`, looking at no more than the next
    /// `groups` groups.
    fn find(self, input: &[u8], at: usize, byte: u8, groups: usize) -> Option<usize>;

    /// Position of the first byte at or after `at` that is neither visible ASCII nor a space.
    fn find_unusual(self, input: &[u8], at: usize) -> Option<usize>;
}

/// Sixteen bytes at once, with SSE2, NEON or portable code.
#[derive(Clone, Copy)]
pub(super) struct Lanes;

impl Finder for Lanes {
    #[inline(always)]
    fn find(self, input: &[u8], at: usize, byte: u8, groups: usize) -> Option<usize> {
        search(input, at, groups, |group: &[u8; LANES]| u32::from(lanes_equal(group, byte)))
    }

    #[inline(always)]
    fn find_unusual(self, input: &[u8], at: usize) -> Option<usize> {
        search(input, at, usize::MAX, |group: &[u8; LANES]| u32::from(lanes_unusual(group)))
    }
}

/// Looks for the first set bit in the masks of consecutive groups. What is left at the end of the input
/// is looked at as the end of the last group; input shorter than a group is padded with spaces.
#[inline(always)]
fn search<const N: usize>(
    input: &[u8],
    at: usize,
    groups: usize,
    mask: impl Fn(&[u8; N]) -> u32,
) -> Option<usize> {
    let mut rest = input.get(at..)?;
    // Most searches end in the first group, whose position is known: 7 % less time for a head.
    if let Some(group) = rest.first_chunk() {
        let found = mask(group);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
    }
    let mut left = groups;
    while let Some((group, behind)) = rest.split_first_chunk::<N>() {
        let found = mask(group);
        if found != 0 {
            return Some(input.len() - rest.len() + found.trailing_zeros() as usize);
        }
        left -= 1;
        if left == 0 {
            return None;
        }
        rest = behind;
    }
    if rest.is_empty() {
        return None;
    }
    let found = match input.last_chunk::<N>() {
        // Fewer than N bytes are left, so that the shift is in range.
        Some(last) => mask(last) >> (N - rest.len()),
        None => {
            let mut padded = [b' '; N];
            padded[..rest.len()].copy_from_slice(rest);
            mask(&padded) & ((1 << rest.len()) - 1)
        }
    };
    (found != 0).then(|| input.len() - rest.len() + found.trailing_zeros() as usize)
}

#[cfg(target_arch = "x86_64")]
pub(super) use wide::Avx2;

#[cfg(target_arch = "x86_64")]
mod wide {
    #![expect(unsafe_code, reason = "instructions that were detected when the program runs")]

    use super::{Finder, search};
    use crate::scan::avx2::{WIDE, wide_equal, wide_unusual};

    /// Thirty-two bytes at once.
    #[derive(Clone, Copy)]
    pub(crate) struct Avx2(());

    impl Avx2 {
        /// `None` where the processor has no AVX2.
        #[inline]
        pub(crate) fn detect() -> Option<Self> {
            let is_there = !cfg!(any(miri, ratoon_portable)) && is_x86_feature_detected!("avx2");
            is_there.then_some(Self(()))
        }
    }

    impl Finder for Avx2 {
        #[inline(always)]
        fn find(self, input: &[u8], at: usize, byte: u8, groups: usize) -> Option<usize> {
            // SAFETY: rule 1.
            search(input, at, groups, |group: &[u8; WIDE]| unsafe { wide_equal(group, byte) })
        }

        #[inline(always)]
        fn find_unusual(self, input: &[u8], at: usize) -> Option<usize> {
            // SAFETY: rule 1.
            search(input, at, usize::MAX, |group: &[u8; WIDE]| unsafe { wide_unusual(group) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(finder: impl Finder, input: &[u8], at: usize) {
        let colon = input[at..].iter().position(|byte| *byte == b':').map(|n| at + n);
        let is_unusual = |byte: &u8| !(b' '..=b'~').contains(byte);
        let unusual = input[at..].iter().position(is_unusual).map(|n| at + n);
        assert_eq!(finder.find(input, at, b':', usize::MAX), colon, "{input:?} {at}");
        assert_eq!(finder.find_unusual(input, at), unusual, "{input:?} {at}");
    }

    #[test]
    fn every_finder_finds_what_a_loop_finds() {
        for len in 0..100 {
            for byte in [b':', b'\n', b'\r', 0, 9, 0x1f, 0x7f, 0x80, 0xff, b';'] {
                for place in 0..len {
                    let mut input = vec![b'a'; len];
                    input[place] = byte;
                    for at in [0, place / 2, place, place + 1, len] {
                        check(Lanes, &input, at.min(len));
                        #[cfg(target_arch = "x86_64")]
                        if let Some(wide) = Avx2::detect() {
                            check(wide, &input, at.min(len));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn groups_bound_the_search() {
        let mut input = [b'a'; 100];
        input[40] = b':';
        assert_eq!(Lanes.find(&input, 0, b':', 2), None);
        assert_eq!(Lanes.find(&input, 0, b':', 3), Some(40));
        assert_eq!(Lanes.find(&input, 101, b':', 3), None);
    }
}
