//! The perfect hash of the known names.

use super::case;
use super::hash::{self, Ends, SLOTS};
use super::known::{COUNT, NAMES};

/// The tag in each slot, 0 where there is none. Evaluated by the compiler: it does not compile
/// when two names share a slot.
static TAG_OF_SLOT: [u8; SLOTS] = {
    let mut tags = [0; SLOTS];
    let mut tag = 1;
    while tag <= COUNT {
        let slot = hash::slot(Ends::of(NAMES[tag].as_bytes()).hash());
        // In a test build the search for new multipliers must be able to run.
        assert!(
            cfg!(test) || tags[slot] == 0,
            "two known names collide: search for new multipliers"
        );
        tags[slot] = tag as u8;
        tag += 1;
    }
    tags
};

/// A known name as words: of one that has up to sixteen bytes two are compared, of one that has up to
/// thirty-two four.
struct Known {
    len: usize,
    first: Word,
    last: Word,
    /// What follows the first eight bytes, if there are more than sixteen.
    second: Word,
    /// What precedes the last eight bytes, if there are more than sixteen.
    second_to_last: Word,
    text: &'static str,
}

/// Eight bytes of a known name.
struct Word {
    text: u64,
    /// The case bit of each letter.
    case: u64,
}

/// The known names by tag.
static KNOWN: [Known; COUNT + 1] = {
    // No name is as long as that which stands for none.
    let mut known = [const { Known { len: usize::MAX, ..Known::of("") } }; COUNT + 1];
    let mut tag = 1;
    while tag <= COUNT {
        known[tag] = Known::of(NAMES[tag]);
        tag += 1;
    }
    known
};

/// How many values tags have: those that no known name uses.
const TAGS: u8 = (u8::MAX as usize - COUNT) as u8;

/// The tag of a name: a known name's own number, or the tag of any other. Never 0.
pub(crate) fn tag(name: &[u8]) -> u8 {
    find(name).unwrap_or_else(|tag| tag)
}

/// The tag of a name: of a known one as `Ok`, of any other as `Err`.
#[inline(always)]
pub(crate) fn find(name: &[u8]) -> Result<u8, u8> {
    let ends = Ends::of(name);
    let hash = ends.hash();
    let tag = TAG_OF_SLOT[hash::slot(hash)];
    match KNOWN.get(usize::from(tag)) {
        Some(known) if known.is(name, ends) => Ok(tag),
        _ => Err(custom_tag(hash)),
    }
}

/// The same for callers of which there are many: the result fits a register.
#[inline(never)]
pub(crate) fn find_out_of_line(name: &[u8]) -> Result<u8, u8> {
    find(name)
}

/// The same in a constant.
pub(crate) const fn const_tag(name: &[u8]) -> u8 {
    let hash = Ends::of(name).hash();
    let tag = TAG_OF_SLOT[hash::slot(hash)];
    if tag != 0 && case::const_eq_ignore_case(name, NAMES[tag as usize].as_bytes()) {
        tag
    } else {
        custom_tag(hash)
    }
}

impl Known {
    const fn of(text: &'static str) -> Self {
        let ends = Ends::of(text.as_bytes());
        let (second, second_to_last) = match inner(text.as_bytes()) {
            Some((second, second_to_last)) => (second, second_to_last),
            None => (0, 0),
        };
        Self {
            len: ends.len,
            first: Word::of(ends.first),
            last: Word::of(ends.last),
            second: Word::of(second),
            second_to_last: Word::of(second_to_last),
            text,
        }
    }

    /// Whether `name`, which has these ends, is this name in any case.
    #[inline]
    fn is(&self, name: &[u8], ends: Ends) -> bool {
        ends.len == self.len
            && self.first.difference(ends.first) | self.last.difference(ends.last) == 0
            && inner(name).is_none_or(|inner| self.is_inside(inner, name))
    }

    /// The same for what lies between the ends.
    #[inline]
    fn is_inside(&self, (second, second_to_last): (u64, u64), name: &[u8]) -> bool {
        let difference =
            self.second.difference(second) | self.second_to_last.difference(second_to_last);
        difference == 0 && (name.len() <= 32 || self.is_long(name))
    }

    /// The same for a name of more than thirty-two bytes: few are.
    #[cold]
    #[inline(never)]
    fn is_long(&self, name: &[u8]) -> bool {
        name.eq_ignore_ascii_case(self.text.as_bytes())
    }
}

impl Word {
    /// A known name has lower-case letters, digits and `-`. Of those only letters have bit 6, which
    /// tells where the case bit may be missing.
    const fn of(text: u64) -> Self {
        Self { text, case: text >> 1 & 0x2020_2020_2020_2020 }
    }

    /// 0 where eight bytes are these in any case: exact, and quicker than to find out what is a letter.
    #[inline]
    const fn difference(&self, name: u64) -> u64 {
        (name | self.case) ^ self.text
    }
}

/// The second and the second to last eight bytes of a name that has more than sixteen.
#[inline]
const fn inner(name: &[u8]) -> Option<(u64, u64)> {
    let Some((_, after)) = name.split_first_chunk::<8>() else { return None };
    let Some((before, _)) = name.split_last_chunk::<8>() else { return None };
    match (after.first_chunk(), before.last_chunk()) {
        (Some(second), Some(second_to_last)) if name.len() > 16 => {
            Some((u64::from_le_bytes(*second), u64::from_le_bytes(*second_to_last)))
        }
        _ => None,
    }
}

/// Whether the tag stands for one name only.
#[inline]
pub(crate) const fn is_known(tag: u8) -> bool {
    tag as usize <= COUNT
}

/// The known name behind a tag for which [`is_known`] holds.
pub(crate) const fn text(tag: u8) -> &'static str {
    NAMES[tag as usize]
}

#[inline]
const fn custom_tag(hash: u64) -> u8 {
    u8::MAX - hash::tag(hash, TAGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_in_any_case_has_its_own_tag() {
        for (position, name) in NAMES.iter().enumerate().skip(1) {
            assert_eq!(usize::from(tag(name.as_bytes())), position, "{name}");
            assert_eq!(usize::from(tag(name.to_ascii_uppercase().as_bytes())), position);
            assert_eq!(usize::from(const_tag(name.as_bytes())), position);
        }
    }

    #[test]
    fn a_known_name_with_one_byte_changed_is_another() {
        for (position, name) in NAMES.iter().enumerate().skip(1) {
            for at in 0..name.len() {
                for byte in 0..=u8::MAX {
                    let mut other = name.as_bytes().to_vec();
                    other[at] = byte;
                    let same = other.eq_ignore_ascii_case(name.as_bytes());
                    assert_eq!(usize::from(tag(&other)) == position, same, "{name} {at} {byte}");
                    assert_eq!(tag(&other), const_tag(&other));
                }
            }
        }
    }

    #[test]
    fn every_other_name_has_a_tag_above_the_known_ones() {
        let near = NAMES[1..].iter().flat_map(|name| {
            [format!("{name}x"), name[..name.len() - 1].to_owned(), name.replace('-', "_")]
        });
        for name in near.filter(|name| !NAMES.contains(&name.as_str())) {
            assert!(!is_known(tag(name.as_bytes())), "{name}");
            assert_eq!(tag(name.as_bytes()), const_tag(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn tags_spread_over_all_that_is_left() {
        let mut seen = [false; 256];
        for n in 0..100_000 {
            seen[usize::from(tag(format!("x-{n}").as_bytes()))] = true;
        }
        assert!(seen[COUNT + 1..].iter().all(|seen| *seen));
        assert!(!seen[0]);
    }

    #[test]
    fn known_names_are_distinct_lower_case_tokens() {
        for (position, name) in NAMES.iter().enumerate().skip(1) {
            assert!(crate::validate::name_error(name.as_bytes()).is_none());
            let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
            assert!(name.bytes().all(is_plain), "{name}");
            assert!(!NAMES[..position].contains(name), "{name} twice");
        }
    }
}
