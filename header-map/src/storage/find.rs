//! Finding lines: first the marks, sixteen at once, then the names that have the same mark.
//!
//! Rejected: a bitmap of the marks that are present, asked before the scan. Two comparisons of sixteen
//! bytes are quicker than a test of a bit in memory that may be mispredicted, and each write has to
//! maintain it. Measured with 12 look-ups, 4 of them in vain: 17 ns instead of 11 among 16 headers and
//! among 28; writing 16 marks takes 25 ns instead of 7.

use core::ops::Range;

use super::Storage;
use crate::name::{Key, eq_ignore_case, table};
use crate::scan::{self, LANES};

impl Storage {
    /// The first line in `range` with this name, which is resolved.
    pub(crate) fn find(&self, name: Key<'_>, mut range: Range<usize>) -> Option<usize> {
        loop {
            let at = self.find_mark(name.mark, range.clone())?;
            if self.is_named(at, name) {
                return Some(at);
            }
            range.start = at + 1;
        }
    }

    /// The last line in `range` with this name, which is resolved.
    pub(crate) fn rfind(&self, name: Key<'_>, mut range: Range<usize>) -> Option<usize> {
        loop {
            let at = self.rfind_mark(name.mark, range.clone())?;
            if self.is_named(at, name) {
                return Some(at);
            }
            range.end = at;
        }
    }

    /// Whether a line whose mark is that of `name` also has its name.
    #[inline]
    fn is_named(&self, at: usize, name: Key<'_>) -> bool {
        table::is_known(name.mark) || eq_ignore_case(self.name_bytes(at), name.bytes)
    }

    /// The first line with this name, which has this mark and is not known.
    #[inline(never)]
    pub(crate) fn first_custom(&self, mark: u8, name: &[u8]) -> Option<usize> {
        self.first_where(mark, |at| eq_ignore_case(self.name_bytes(at), name))
    }

    /// The first line that has this mark.
    #[inline(always)]
    pub(crate) fn first(&self, mark: u8) -> Option<usize> {
        // Most maps have no third group, and some no second: then the next row is an entry. What is
        // found in it comes after all live lanes, as what is stale does (rule 1).
        let [first, second, ..] = &*self.memory else { return None };
        let live = |at: usize| (at < self.len()).then_some(at);
        let lanes = scan::lanes_equal(first, mark);
        if lanes != 0 {
            return live(lanes.trailing_zeros() as usize);
        }
        let lanes = scan::lanes_equal(second, mark);
        if lanes != 0 {
            return live(LANES + lanes.trailing_zeros() as usize);
        }
        if self.len() > 2 * LANES { self.first_beyond(mark) } else { None }
    }

    /// The first line that has this mark, if none of the first two groups has it.
    #[inline(never)]
    fn first_beyond(&self, mark: u8) -> Option<usize> {
        self.find_mark(mark, 2 * LANES..self.len())
    }

    /// The first line that has this mark and for which `is_it` holds.
    #[inline]
    pub(super) fn first_where(&self, mark: u8, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let len = self.len();
        let groups = self.memory.get(..len.div_ceil(LANES))?;
        let mut base = 0;
        for group in groups {
            let mut lanes = scan::lanes_equal(group, mark);
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

    /// The first line in `range` that has this mark.
    pub(super) fn find_mark(&self, mark: u8, range: Range<usize>) -> Option<usize> {
        let mut base = range.start / LANES * LANES;
        let mut wanted = u16::MAX << (range.start % LANES);
        for group in self.memory.get(base / LANES..range.end.div_ceil(LANES))? {
            let lanes = scan::lanes_equal(group, mark) & wanted;
            if lanes != 0 {
                // What lies beyond the range comes after all that lies in it: rule 1.
                let at = base + lanes.trailing_zeros() as usize;
                return (at < range.end).then_some(at);
            }
            (base, wanted) = (base + LANES, u16::MAX);
        }
        None
    }

    /// The last line in `range` that has this mark.
    pub(super) fn rfind_mark(&self, mark: u8, range: Range<usize>) -> Option<usize> {
        let mut base = range.end.next_multiple_of(LANES);
        while base > range.start {
            base -= LANES;
            let group = &self.memory[base / LANES];
            let lanes = scan::lanes_equal(group, mark) & lanes_of(&range, base);
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
