//! Finding lines: first the tags, sixteen at once, then the names that have the same tag.
//!
//! Rejected: a bitmap of the tags that are present, asked before the scan. Two comparisons of sixteen
//! bytes are quicker than a test of a bit in memory that may be mispredicted, and each write has to
//! maintain it. Measured with 12 look-ups, 4 of them in vain: 17 ns instead of 11 among 16 headers and
//! among 28; writing 16 tags takes 25 ns instead of 7.
//!
//! Rejected: 32 tags at once from 64 headers on, in [`first_where`](Storage::first_where). With AVX2 the
//! check for it and the call cost what the shorter loop saves. Two groups of SSE2 in one mask need no check,
//! but are slower where most maps are. The three look-ups of `header_map/custom_at_N`, in ns and instructions:
//!
//! | headers | 16 | 32 | 64 | 128 |
//! |---|---|---|---|---|
//! | 16 tags at once | 15.6, 298 | 17.2 | 23.5, 448 | 32.6, 612 |
//! | 32 with AVX2 | 313 | | 26.2, 492 | 32.2, 611 |
//! | 32 with SSE2 | 16.2, 314 | 16.3 | 22.4, 434 | 29.8, 574 |

use core::ops::Range;

use super::Storage;
use crate::name::{ResolvedKey, eq_ignore_case, table};
use crate::scan::{self, LANES};

impl Storage {
    /// The first line in `range` with this name.
    pub(crate) fn find(&self, name: ResolvedKey<'_>, mut range: Range<usize>) -> Option<usize> {
        loop {
            let at = self.find_tag(name.tag, range.clone())?;
            if self.is_named(at, name) {
                return Some(at);
            }
            range.start = at + 1;
        }
    }

    /// The last line in `range` with this name.
    pub(crate) fn rfind(&self, name: ResolvedKey<'_>, mut range: Range<usize>) -> Option<usize> {
        loop {
            let at = self.rfind_tag(name.tag, range.clone())?;
            if self.is_named(at, name) {
                return Some(at);
            }
            range.end = at;
        }
    }

    /// Whether a line whose tag is that of `name` also has its name.
    #[inline]
    fn is_named(&self, at: usize, name: ResolvedKey<'_>) -> bool {
        table::is_known(name.tag) || eq_ignore_case(self.name_bytes(at), name.bytes)
    }

    /// The first line with this name, which has this tag and is not known.
    #[inline(never)]
    pub(crate) fn first_custom(&self, tag: u8, name: &[u8]) -> Option<usize> {
        self.first_where(tag, |at| eq_ignore_case(self.name_bytes(at), name))
    }

    /// The first line that has this tag.
    #[inline(always)]
    pub(crate) fn first(&self, tag: u8) -> Option<usize> {
        // Most maps have no third group, and some no second: then the next row is an entry. What is
        // found in it comes after all live lanes, as what is stale does (rule 1).
        let [first, second, ..] = &*self.memory else { return None };
        let live = |at: usize| (at < self.len()).then_some(at);
        let lanes = scan::lanes_equal(first, tag);
        if lanes != 0 {
            return live(lanes.trailing_zeros() as usize);
        }
        let lanes = scan::lanes_equal(second, tag);
        if lanes != 0 {
            return live(LANES + lanes.trailing_zeros() as usize);
        }
        if self.len() > 2 * LANES { self.first_beyond(tag) } else { None }
    }

    /// The first line that has this tag, if none of the first two groups has it.
    #[inline(never)]
    fn first_beyond(&self, tag: u8) -> Option<usize> {
        self.find_tag(tag, 2 * LANES..self.len())
    }

    /// The first line that has this tag and for which `is_it` holds.
    #[inline]
    pub(super) fn first_where(&self, tag: u8, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let len = self.len();
        let groups = self.memory.get(..len.div_ceil(LANES))?;
        let mut base = 0;
        for group in groups {
            let mut lanes = scan::lanes_equal(group, tag);
            while lanes != 0 {
                let at = base + lanes.trailing_zeros() as usize;
                if at >= len {
                    // Rule 1: so is all that follows.
                    return None;
                }
                if is_it(at) {
                    return Some(at);
                }
                lanes &= lanes - 1;
            }
            base += LANES;
        }
        None
    }

    /// The first line in `range` that has this tag.
    pub(super) fn find_tag(&self, tag: u8, range: Range<usize>) -> Option<usize> {
        let mut base = range.start / LANES * LANES;
        let mut wanted = u16::MAX << (range.start % LANES);
        for group in self.memory.get(base / LANES..range.end.div_ceil(LANES))? {
            let lanes = scan::lanes_equal(group, tag) & wanted;
            if lanes != 0 {
                // What lies beyond the range comes after all that lies in it: rule 1.
                let at = base + lanes.trailing_zeros() as usize;
                return (at < range.end).then_some(at);
            }
            (base, wanted) = (base + LANES, u16::MAX);
        }
        None
    }

    /// The last line in `range` that has this tag.
    pub(super) fn rfind_tag(&self, tag: u8, range: Range<usize>) -> Option<usize> {
        let mut base = range.end.next_multiple_of(LANES);
        while base > range.start {
            base -= LANES;
            let group = &self.memory[base / LANES];
            let lanes = scan::lanes_equal(group, tag) & lanes_of(&range, base);
            if lanes != 0 {
                return Some(base + lanes.ilog2() as usize);
            }
        }
        None
    }
}

/// The bits of those lanes of the group at `base` that lie in `range`: rule 1.
#[inline]
fn lanes_of(range: &Range<usize>, base: usize) -> u16 {
    let below = range.start.saturating_sub(base);
    let up_to = (range.end - base).min(LANES);
    (((1_u32 << up_to) - 1) & (u32::MAX << below)) as u16
}
