//! Which of sixteen bytes equal a given one.
//!
//! Each implementation has one function, `lanes_equal`: bit *n* of its answer is set exactly where
//! byte *n* is equal. The portable one is what the others are tested against. It also runs under
//! Miri and with `--cfg ratoon_portable`.
//!
//! A group always has sixteen bytes. Those that lie beyond a map's length still hold what an earlier
//! request left there: the caller masks them.

#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
#[cfg_attr(any(miri, ratoon_portable), allow(dead_code))]
mod neon;
#[cfg_attr(not(any(miri, ratoon_portable)), allow(dead_code))]
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[cfg_attr(any(miri, ratoon_portable), allow(dead_code))]
mod sse2;

#[cfg(all(
    target_arch = "aarch64",
    target_endian = "little",
    target_feature = "neon",
    not(any(miri, ratoon_portable))
))]
pub(crate) use neon::lanes_equal;
#[cfg(any(
    miri,
    ratoon_portable,
    not(any(
        all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"),
        all(target_arch = "x86_64", target_feature = "sse2"),
    ))
))]
pub(crate) use portable::lanes_equal;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(any(miri, ratoon_portable))))]
pub(crate) use sse2::lanes_equal;

/// Bytes in a group.
pub(crate) const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    type Implementation = fn(&[u8; LANES], u8) -> u16;

    const IMPLEMENTATIONS: &[Implementation] = &[
        lanes_equal,
        portable::lanes_equal,
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2", not(miri)))]
        sse2::lanes_equal,
        #[cfg(all(
            target_arch = "aarch64",
            target_endian = "little",
            target_feature = "neon",
            not(miri)
        ))]
        neon::lanes_equal,
    ];

    fn expected(group: &[u8; LANES], byte: u8) -> u16 {
        (0..LANES).fold(0, |mask, lane| mask | u16::from(group[lane] == byte) << lane)
    }

    #[test]
    fn every_byte_in_every_lane_is_found_by_every_implementation() {
        for implementation in IMPLEMENTATIONS {
            for byte in 0..=u8::MAX {
                for lane in 0..LANES {
                    // The neighbours differ in the lowest bit: an inexact zero test fails here.
                    let mut group = [byte ^ 1; LANES];
                    group[lane] = byte;
                    assert_eq!(implementation(&group, byte), 1 << lane);
                    let mut group = [byte; LANES];
                    group[lane] = byte ^ 0x80;
                    assert_eq!(implementation(&group, byte), !(1 << lane));
                }
                assert_eq!(implementation(&[byte; LANES], byte), u16::MAX);
                assert_eq!(implementation(&[byte; LANES], !byte), 0);
            }
        }
    }

    #[test]
    fn groups_of_many_bytes_are_scanned_alike() {
        let mut state = 1_u64;
        for _ in 0..2_000 {
            let group: [u8; LANES] = core::array::from_fn(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 33) as u8 & 0x83
            });
            for byte in [0, 1, 2, 3, 0x80, 0x81, 0x82, 0x83] {
                for implementation in IMPLEMENTATIONS {
                    assert_eq!(implementation(&group, byte), expected(&group, byte));
                }
            }
        }
    }
}
