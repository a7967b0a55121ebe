//! The perfect hash of the known names.

use super::case;
use super::hash::{self, Ends, SLOTS};
use super::known::{COUNT, NAMES};

/// The mark in each slot, 0 where there is none. Evaluated by the compiler: it does not compile
/// when two names share a slot.
static MARKS: [u8; SLOTS] = {
    let mut marks = [0; SLOTS];
    let mut mark = 1;
    while mark <= COUNT {
        let slot = hash::slot(Ends::of(NAMES[mark].as_bytes()).hash());
        // In a test build the search for new multipliers must be able to run.
        assert!(
            cfg!(test) || marks[slot] == 0,
            "two known names collide: search for new multipliers"
        );
        marks[slot] = mark as u8;
        mark += 1;
    }
    marks
};

/// A known name, so that one that has up to sixteen bytes is compared as two words.
struct Known {
    ends: Ends,
    text: &'static str,
}

/// The known names by mark.
static KNOWN: [Known; COUNT + 1] = {
    let mut known = [const { Known { ends: Ends::of(b""), text: "" } }; COUNT + 1];
    let mut mark = 1;
    while mark <= COUNT {
        known[mark] = Known { ends: Ends::of(NAMES[mark].as_bytes()), text: NAMES[mark] };
        mark += 1;
    }
    known
};

/// How many values tags have: those that no known name uses.
const TAGS: u8 = (u8::MAX as usize - COUNT) as u8;

/// The mark of a name: a known name's own number, or the tag of any other. Never 0.
#[inline]
pub(crate) fn mark(name: &[u8]) -> u8 {
    let ends = Ends::of(name);
    let hash = ends.hash();
    let mark = MARKS[hash::slot(hash)];
    if mark != 0 && KNOWN[usize::from(mark)].is(name, ends) { mark } else { custom_mark(hash) }
}

/// The same in a constant.
pub(crate) const fn const_mark(name: &[u8]) -> u8 {
    let hash = Ends::of(name).hash();
    let mark = MARKS[hash::slot(hash)];
    if mark != 0 && case::const_eq_ignore_case(name, NAMES[mark as usize].as_bytes()) {
        mark
    } else {
        custom_mark(hash)
    }
}

impl Known {
    /// Whether `name`, which has these ends, is this name in any case.
    #[inline]
    fn is(&self, name: &[u8], ends: Ends) -> bool {
        ends.len == self.ends.len
            && is_word(ends.first, self.ends.first)
            && is_word(ends.last, self.ends.last)
            && (ends.len <= 16 || self.is_between_ends(name))
    }

    /// The same for what lies between the ends.
    fn is_between_ends(&self, name: &[u8]) -> bool {
        let (mut name, mut text) = (&name[8..], &self.text.as_bytes()[8..]);
        while let (Some((name_word, name_rest)), Some((text_word, text_rest))) =
            (name.split_first_chunk(), text.split_first_chunk())
        {
            if !is_word(u64::from_le_bytes(*name_word), u64::from_le_bytes(*text_word)) {
                return false;
            }
            (name, text) = (name_rest, text_rest);
        }
        true
    }
}

/// Whether eight bytes are those of a known name in any case.
///
/// A known name has lower-case letters, digits and `-`. Of those only letters have bit 6, which tells
/// where the case bit may be missing: exact, and quicker than to find out what is a letter.
#[inline]
const fn is_word(name: u64, text: u64) -> bool {
    name | (text >> 1 & 0x2020_2020_2020_2020) == text
}

/// Whether the mark stands for one name only.
#[inline]
pub(crate) const fn is_known(mark: u8) -> bool {
    mark as usize <= COUNT
}

/// The known name behind a mark for which [`is_known`] holds.
pub(crate) const fn text(mark: u8) -> &'static str {
    NAMES[mark as usize]
}

#[inline]
const fn custom_mark(hash: u64) -> u8 {
    u8::MAX - hash::tag(hash, TAGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_in_any_case_has_its_own_mark() {
        for (position, name) in NAMES.iter().enumerate().skip(1) {
            assert_eq!(usize::from(mark(name.as_bytes())), position, "{name}");
            assert_eq!(usize::from(mark(name.to_ascii_uppercase().as_bytes())), position);
            assert_eq!(usize::from(const_mark(name.as_bytes())), position);
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
                    assert_eq!(usize::from(mark(&other)) == position, same, "{name} {at} {byte}");
                    assert_eq!(mark(&other), const_mark(&other));
                }
            }
        }
    }

    #[test]
    fn every_other_name_has_a_mark_above_the_known_ones() {
        let near = NAMES[1..].iter().flat_map(|name| {
            [format!("{name}x"), name[..name.len() - 1].to_owned(), name.replace('-', "_")]
        });
        for name in near.filter(|name| !NAMES.contains(&name.as_str())) {
            assert!(!is_known(mark(name.as_bytes())), "{name}");
            assert_eq!(mark(name.as_bytes()), const_mark(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn tags_spread_over_all_that_is_left() {
        let mut seen = [false; 256];
        for n in 0..100_000 {
            seen[usize::from(mark(format!("x-{n}").as_bytes()))] = true;
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
