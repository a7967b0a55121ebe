//! The perfect hash of the known names.

use super::case;
use super::hash::{self, SLOTS};
use super::known::{COUNT, NAMES};

/// The mark in each slot, 0 where there is none. Evaluated by the compiler: it does not compile
/// when two names share a slot.
static MARKS: [u8; SLOTS] = {
    let mut marks = [0; SLOTS];
    let mut mark = 1;
    while mark <= COUNT {
        let slot = hash::slot(hash::hash(NAMES[mark].as_bytes()));
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

/// Names by mark.
static TEXTS: [&str; COUNT + 1] = NAMES;

/// How many values tags have: those that no known name uses.
const TAGS: u8 = (u8::MAX as usize - COUNT) as u8;

/// The mark of a name: a known name's own number, or the tag of any other. Never 0.
#[inline]
pub(crate) fn mark(name: &[u8]) -> u8 {
    let hash = hash::hash(name);
    let mark = MARKS[hash::slot(hash)];
    if mark != 0 && case::eq_ignore_case(name, TEXTS[mark as usize].as_bytes()) {
        mark
    } else {
        custom_mark(hash)
    }
}

/// The same in a constant.
pub(crate) const fn const_mark(name: &[u8]) -> u8 {
    let hash = hash::hash(name);
    let mark = MARKS[hash::slot(hash)];
    if mark != 0 && case::const_eq_ignore_case(name, NAMES[mark as usize].as_bytes()) {
        mark
    } else {
        custom_mark(hash)
    }
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
            assert_eq!(*name, name.to_ascii_lowercase());
            assert!(!NAMES[..position].contains(name), "{name} twice");
        }
    }
}
