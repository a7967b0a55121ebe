//! Making room: closing gaps first, growing only where that is not enough.

use core::ops::Range;

use super::{Entry, LANES, Storage};

/// What the first write to a cold map makes room for.
pub(crate) const FIRST_HEADERS: usize = 16;
/// The same in bytes of lines.
pub(crate) const FIRST_BYTES: usize = 1024;

impl Storage {
    /// Makes room for `headers` more lines with `bytes` more bytes.
    ///
    /// # Errors
    ///
    /// The bytes that were asked of the allocator, if it has none.
    #[inline]
    pub(crate) fn make_room(&mut self, headers: usize, bytes: usize) -> Result<(), usize> {
        if self.len == 0 {
            self.settle_empty();
        }
        if self.has_room(headers, bytes) { Ok(()) } else { self.find_room(headers, bytes) }
    }

    #[inline]
    fn has_room(&self, headers: usize, bytes: usize) -> bool {
        headers <= self.slots() - self.len() && bytes <= self.bytes().len() - self.end as usize
    }

    #[cold]
    #[inline(never)]
    fn find_room(&mut self, headers: usize, bytes: usize) -> Result<(), usize> {
        self.compact();
        if self.has_room(headers, bytes) {
            return Ok(());
        }
        let (slots, lines) = (self.slots(), self.line_capacity());
        let (needed_slots, needed_lines) = (self.len() + headers, self.live() + bytes);
        // Doubled, so that growing line by line copies each line but a few times.
        let grown = |needed: usize, there: usize, first: usize| {
            if needed > there { needed.max(2 * there).max(first) } else { there }
        };
        let roomy = self.resize(
            grown(needed_slots, slots, FIRST_HEADERS),
            grown(needed_lines, lines, FIRST_BYTES),
        );
        roomy.or_else(|_| self.resize(needed_slots.max(slots), needed_lines.max(lines)))
    }

    /// Moves everything into an allocation for so many headers and bytes, or for what there is where
    /// that is more.
    ///
    /// # Errors
    ///
    /// The bytes that were asked of the allocator, if it has none.
    pub(crate) fn resize(&mut self, headers: usize, bytes: usize) -> Result<(), usize> {
        let groups = headers.max(self.len()).div_ceil(LANES);
        let lines = bytes.max(self.live()).div_ceil(LANES);
        let rows = groups.checked_mul(1 + LANES).and_then(|rows| rows.checked_add(lines));
        let rows = rows.filter(|rows| *rows <= u32::MAX as usize / LANES).ok_or(usize::MAX)?;
        let mut new = Self::new();
        new.memory.try_reserve_exact(rows).map_err(|_| rows * LANES)?;
        new.memory.resize(rows, [0; LANES]);
        new.groups = groups as u32;
        new.end = new.lines_at() as u32;
        new.erases = self.erases;
        new.extend(self);
        *self = new;
        Ok(())
    }

    /// Appends all lines of another storage. There must be room.
    pub(crate) fn extend(&mut self, other: &Self) {
        let mut at = 0;
        while at < other.len() {
            let (next, lines) = other.adjacent(at);
            self.extend_adjacent(other, at..next, lines);
            at = next;
        }
    }

    /// Appends lines of another storage that lie there without a gap. There must be room.
    fn extend_adjacent(&mut self, other: &Self, slots: Range<usize>, lines: Range<usize>) {
        let (entries, len, end) = (self.groups as usize, self.len(), self.end as usize);
        let new = len..len + slots.len();
        let memory = self.bytes_mut();
        memory[end..][..lines.len()].copy_from_slice(&other.bytes()[lines.clone()]);
        memory[new.clone()].copy_from_slice(&other.bytes()[slots.clone()]);
        let from = &other.memory[other.groups as usize..][slots];
        for (to, from) in self.memory[entries..][new.clone()].iter_mut().zip(from) {
            let entry = Entry::read(from);
            *to = entry.moved_to(entry.line_start() - lines.start + end).write();
        }
        self.len = new.end as u32;
        self.end += lines.len() as u32;
        self.live += lines.len() as u32;
    }

    /// Closes the gaps between lines.
    pub(crate) fn compact(&mut self) {
        let used = self.end as usize;
        let (mut at, mut end) = (0, self.lines_at());
        while at < self.len() {
            let (next, lines) = self.adjacent(at);
            if lines.start != end {
                self.bytes_mut().copy_within(lines.clone(), end);
                for moved in at..next {
                    let entry = self.entry(moved);
                    self.set_entry(moved, entry.moved_to(entry.line_start() - lines.start + end));
                }
            }
            (at, end) = (next, end + lines.len());
        }
        self.end = end as u32;
        self.erase(end..used);
    }

    /// The same for a storage without lines, as [`forget`](Self::forget) leaves it.
    #[inline]
    pub(super) fn settle_empty(&mut self) {
        debug_assert!(self.len == 0);
        let used = self.end as usize;
        self.end = self.lines_at() as u32;
        self.erase(self.lines_at()..used);
    }

    /// Restores rule 3 after lines went or shrank: gives back what lies behind the last line, and
    /// closes the gaps where they exceed the lines.
    pub(super) fn settle(&mut self) {
        let used = self.end as usize;
        let end = match self.len() {
            0 => self.lines_at(),
            len => self.entry(len - 1).line_end(),
        };
        self.end = end as u32;
        self.erase(end..used);
        if end - self.lines_at() > 2 * self.live() {
            self.compact();
        }
    }

    /// Moves everything behind a line back by `growth` bytes. There must be room.
    pub(super) fn open_gap(&mut self, at: usize, growth: usize) {
        if growth == 0 {
            return;
        }
        let from = self.entry(at).line_end();
        let end = self.end as usize;
        self.bytes_mut().copy_within(from..end, from + growth);
        self.end += growth as u32;
        for at in at + 1..self.len() {
            let entry = self.entry(at);
            self.set_entry(at, entry.moved_to(entry.line_start() + growth));
        }
    }

    /// Lines there are slots for.
    #[inline]
    pub(crate) fn slots(&self) -> usize {
        self.groups as usize * LANES
    }

    /// Bytes of lines there is room for.
    pub(crate) fn line_capacity(&self) -> usize {
        self.bytes().len() - self.lines_at()
    }

    /// Bytes of the allocation.
    pub(crate) fn retained_bytes(&self) -> usize {
        self.bytes().len()
    }
}
