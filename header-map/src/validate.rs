//! What may stand in a name and in a value.
//!
//! Names are tokens of RFC 9110, section 5.6.2. Values hold HTAB, SP, visible ASCII and obs-text
//! (bytes from 0x80), and so never the CR, LF or NUL with which a request is smuggled.

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

/// Position of the first byte that no token may hold, or `None` where all may. An empty name has its
/// error at 0.
#[inline]
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
const fn is_control(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t') || byte == 0x7f
}

/// Whether every byte may stand in a value.
#[inline]
pub(crate) fn is_value(value: &[u8]) -> bool {
    if let Some(last) = value.last_chunk::<16>() {
        // The last block overlaps the one before: sixteen bytes at once at any length.
        let (blocks, _) = value.split_at(value.len() - 1);
        return !blocks.chunks_exact(16).any(block_has_control) && !block_has_control(last);
    }
    if let (Some(first), Some(last)) = (value.first_chunk::<8>(), value.last_chunk::<8>()) {
        return !word_has_control(u64::from_le_bytes(*first))
            && !word_has_control(u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (value.first_chunk(), value.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return !word_has_control(u64::from(first) | u64::from(last) << 32);
    }
    !value.iter().any(|byte| is_control(*byte))
}

/// Position of the first byte that no value may hold.
#[cold]
pub(crate) fn value_error(value: &[u8]) -> Option<usize> {
    value.iter().position(|byte| is_control(*byte))
}

/// Sixteen bytes; written so that the compiler makes SIMD of it.
#[inline]
fn block_has_control(block: &[u8]) -> bool {
    block.iter().fold(0, |bad, byte| bad | u8::from(is_control(*byte))) != 0
}

/// The same for eight bytes in a word, exactly.
#[inline]
const fn word_has_control(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    const LOW: u64 = 0x7f * ONES;
    // Per byte below 0x80: a carry into the high bit from 0x20 on, none below.
    let ascii = word & LOW;
    let below_space = !(ascii + (0x80 - 0x20) * ONES);
    let not_tab = (ascii ^ b'\t' as u64 * ONES) + LOW;
    let is_del = !((ascii ^ LOW) + LOW);
    ((below_space & not_tab) | is_del) & !word & HIGH != 0
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
                    let allowed = byte == b'\t' || (byte >= b' ' && byte != 0x7f);
                    assert_eq!(is_value(&value), allowed, "{byte:#x} at {at} of {len}");
                    assert_eq!(value_error(&value), (!allowed).then_some(at));
                }
            }
        }
    }
}
