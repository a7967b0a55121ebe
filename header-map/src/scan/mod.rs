//! Sixteen bytes at once: which equal a given one, and which are unusual.
//!
//! Each implementation has the same functions. The portable one is what the others are tested against. It
//! also runs under Miri and with `--cfg ratoon_portable`.
//!
//! A byte is unusual if it is not visible ASCII or a space. No value holds an unusual byte but HTAB and
//! obs-text, and hardly any holds these: whoever finds one looks closer.
//!
//! Only bulk ingest counts: without the feature `httparse`, `count_unusual` is not used.
//!
//! A group of tags always has sixteen bytes. Those that lie beyond a map's length still hold what an
//! earlier request left there: the caller masks them.
//!
//! # Rules of the unsafe code
//!
//! 1. An implementation is compiled only where its instructions are enabled for the whole crate.
//! 2. What is loaded is a reference to as many bytes, whatever their alignment.
//! 3. What needs AVX2 is only called where the processor was found to have it: see `parse::finder`.
#![cfg_attr(
    not(feature = "httparse"),
    allow(dead_code, reason = "each implementation is whole whatever is used of it")
)]

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod neon;
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod sse2;

#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
use neon as native;
#[cfg(not(any(
    all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"),
    all(target_arch = "x86_64", target_feature = "sse2"),
)))]
use portable as native;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use sse2 as native;

/// Bytes in a group.
pub(crate) const LANES: usize = 16;

/// The most bytes an implementation counts at once: each lane counts in a byte.
const MAX_COUNTED: usize = 255 * LANES;

/// Bit *n* is set where byte *n* of the group is `byte`.
#[inline]
pub(crate) fn lanes_equal(group: &[u8; LANES], byte: u8) -> u16 {
    if cfg!(any(miri, ratoon_portable)) {
        portable::lanes_equal(group, byte)
    } else {
        native::lanes_equal(group, byte)
    }
}

/// Bit *n* is set where byte *n* of the group is unusual.
#[inline]
pub(crate) fn lanes_unusual(group: &[u8; LANES]) -> u16 {
    if cfg!(any(miri, ratoon_portable)) {
        portable::lanes_unusual(group)
    } else {
        native::lanes_unusual(group)
    }
}

/// How many bytes are unusual.
#[cfg(feature = "httparse")]
#[inline]
pub(crate) fn count_unusual(bytes: &[u8]) -> usize {
    let count = if cfg!(any(miri, ratoon_portable)) {
        portable::count_unusual
    } else {
        native::count_unusual
    };
    let (groups, rest) = bytes.split_at(bytes.len() / LANES * LANES);
    let rest = rest.iter().filter(|byte| is_unusual(**byte)).count();
    groups.chunks(MAX_COUNTED).fold(rest, |sum, groups| sum + count(groups))
}

/// Whether a byte is neither visible ASCII nor a space.
#[inline]
pub(crate) const fn is_unusual(byte: u8) -> bool {
    byte < b' ' || byte >= 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The functions that every implementation has.
    struct Implementation {
        lanes_equal: fn(&[u8; LANES], u8) -> u16,
        lanes_unusual: fn(&[u8; LANES]) -> u16,
        count_unusual: fn(&[u8]) -> usize,
    }

    macro_rules! implementation {
        ($module:ident) => {
            Implementation {
                lanes_equal: $module::lanes_equal,
                lanes_unusual: $module::lanes_unusual,
                count_unusual: $module::count_unusual,
            }
        };
    }

    const IMPLEMENTATIONS: [Implementation; 2] =
        [implementation!(portable), implementation!(native)];

    /// What the lanes should be, byte by byte.
    fn lanes_where(group: &[u8; LANES], is_set: impl Fn(u8) -> bool) -> u16 {
        (0..LANES).fold(0, |mask, lane| mask | u16::from(is_set(group[lane])) << lane)
    }

    #[track_caller]
    fn check(group: &[u8; LANES], byte: u8) {
        let equal = lanes_where(group, |lane| lane == byte);
        let unusual = lanes_where(group, |lane| !(b' '..=b'~').contains(&lane));
        assert_eq!(lanes_equal(group, byte), equal);
        assert_eq!(lanes_unusual(group), unusual);
        for implementation in IMPLEMENTATIONS {
            assert_eq!((implementation.lanes_equal)(group, byte), equal);
            assert_eq!((implementation.lanes_unusual)(group), unusual);
            assert_eq!((implementation.count_unusual)(group), unusual.count_ones() as usize);
        }
    }

    #[test]
    fn every_byte_in_every_lane_is_told_by_every_implementation() {
        for byte in 0..=u8::MAX {
            for lane in 0..LANES {
                // Neighbours that differ in the lowest bit, or that borrow or carry where they can: an
                // inexact test fails here.
                for rest in [byte ^ 1, byte ^ 0x80, 0, 0xff, 0x7f, b'a'] {
                    let mut group = [rest; LANES];
                    group[lane] = byte;
                    check(&group, byte);
                }
            }
            check(&[byte; LANES], byte);
            check(&[byte; LANES], !byte);
        }
    }

    #[test]
    fn groups_of_many_bytes_are_scanned_alike() {
        let mut state = 1_u64;
        for mask in [0x83, 0x7f, 0xff] {
            for _ in 0..1_000 {
                let group: [u8; LANES] = core::array::from_fn(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 33) as u8 & mask
                });
                for byte in [0, 1, 2, 3, 0x80, 0x81, 0x82, 0x83] {
                    check(&group, byte);
                }
            }
        }
    }

    #[test]
    #[cfg(feature = "httparse")]
    fn unusual_bytes_are_counted_at_every_length() {
        for len in (0..300).chain(4_070..4_110) {
            let bytes: Vec<u8> = (0..len).map(|n| (n * 7 % 256) as u8).collect();
            let expected = bytes.iter().filter(|byte| !(b' '..=b'~').contains(*byte)).count();
            assert_eq!(count_unusual(&bytes), expected, "{len}");
        }
        // More than a lane can count in a byte.
        assert_eq!(count_unusual(&[b'\r'; 3 * MAX_COUNTED + 5]), 3 * MAX_COUNTED + 5);
    }
}
