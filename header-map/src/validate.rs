//! What may stand in a name and in a value.
//!
//! Names are tokens of RFC 9110, section 5.6.2. Values hold HTAB, SP, visible ASCII and obs-text
//! (bytes from 0x80), and so never the CR, LF or NUL with which a request is smuggled.

use crate::scan::{LANES, is_unusual, lanes_unusual};

/// The longest name in bytes. The `http` crate has the same limit.
pub(crate) const MAX_NAME_LEN: usize = u16::MAX as usize;

const IS_TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(
            byte as u8,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_'
            | b'`' | b'|' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z'
        );
        byte += 1;
    }
    table
};

/// Whether a byte may stand in a token.
#[inline]
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    IS_TOKEN[byte as usize]
}

/// Whether a name is a token.
#[inline]
pub(crate) fn is_token(name: &[u8]) -> bool {
    // Without a way out of the loop: names are short.
    !name.is_empty() & name.iter().fold(true, |all, byte| all & IS_TOKEN[usize::from(*byte)])
}

/// Position of the first byte that no token may hold, or `None` where all may. An empty name has its
/// error at 0.
#[cold]
pub(crate) const fn name_error(name: &[u8]) -> Option<usize> {
    if name.is_empty() {
        return Some(0);
    }
    let mut at = 0;
    while at < name.len() {
        if !IS_TOKEN[name[at] as usize] {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether a byte must not stand in a value.
#[inline]
pub(crate) const fn is_control(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t') || byte == 0x7f
}

/// Whether every byte may stand in a value.
#[inline]
pub(crate) fn is_value(value: &[u8]) -> bool {
    !has_unusual(value) || value_error(value).is_none()
}

/// Whether a byte is a control character, HTAB or obs-text.
#[inline]
fn has_unusual(value: &[u8]) -> bool {
    if let Some(last) = value.last_chunk() {
        // The last group overlaps the one before: sixteen bytes at once at any length.
        let groups = value.chunks_exact(LANES).filter_map(|group| group.first_chunk());
        return groups.fold(lanes_unusual(last), |lanes, group| lanes | lanes_unusual(group)) != 0;
    }
    if let (Some(first), Some(last)) = (value.first_chunk(), value.last_chunk()) {
        return word_has_unusual(u64::from_le_bytes(*first))
            || word_has_unusual(u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (value.first_chunk(), value.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return word_has_unusual(u64::from(first) | u64::from(last) << 32);
    }
    value.iter().any(|byte| is_unusual(*byte))
}

/// The same for eight bytes in a word.
#[inline]
const fn word_has_unusual(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The high bit is set by what is below a space, by DEL, and by what is above it. A borrow or a
    // carry only comes from a byte that is unusual itself.
    let below_space = word.wrapping_sub(b' ' as u64 * ONES);
    let from_del = word.wrapping_add(ONES);
    (below_space | from_del | word) & (0x80 * ONES) != 0
}

/// Position of the first byte that no value may hold.
#[cold]
pub(crate) fn value_error(value: &[u8]) -> Option<usize> {
    value.iter().position(|byte| is_control(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_exactly_the_token_characters() {
        const TOKEN: &[u8] =
            b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for byte in 0..=u8::MAX {
            for len in [1, 15, 16, 17, 33] {
                for at in [0, len - 1] {
                    let mut name = vec![b'a'; len];
                    name[at] = byte;
                    let expected = (!TOKEN.contains(&byte)).then_some(at);
                    assert_eq!(name_error(&name), expected, "{byte:#x} at {at} of {len}");
                }
            }
        }
        assert_eq!(name_error(b""), Some(0));
    }

    #[test]
    fn values_hold_everything_but_controls_at_every_position() {
        assert!(is_value(b""));
        for len in 1..=50 {
            for at in 0..len {
                let mut value = vec![b'v'; len];
                for byte in 0..=u8::MAX {
                    value[at] = byte;
                    let usual = (b' '..=b'~').contains(&byte);
                    assert_eq!(has_unusual(&value), !usual, "{byte:#x} at {at} of {len}");
                    let allowed = byte == b'\t' || (byte >= b' ' && byte != 0x7f);
                    assert_eq!(is_value(&value), allowed, "{byte:#x} at {at} of {len}");
                    assert_eq!(value_error(&value), (!allowed).then_some(at));
                }
            }
        }
    }
}
