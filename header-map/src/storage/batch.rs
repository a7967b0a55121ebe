//! Lines that become live all at once, or never.

use super::entry::Entry;
use super::{LANES, LINE_OVERHEAD, Row, Storage, erase};

/// Writes lines behind the live ones, where nothing sees them before [`commit`](Batch::commit): a batch
/// that is dropped has not happened.
pub(crate) struct Batch<'a> {
    /// Free slots.
    tags: &'a mut [u8],
    entries: &'a mut [Row],
    /// Free bytes for lines.
    room: &'a mut [u8],
    /// Where these begin, as an offset within the allocation.
    room_at: usize,
    /// Slots that are taken.
    lines: usize,
    /// Bytes that are taken.
    bytes: usize,
    /// What `commit` moves.
    len: &'a mut u32,
    end: &'a mut u32,
    live: &'a mut u32,
    erases: bool,
}

impl<'a> Batch<'a> {
    #[inline]
    pub(super) fn new(storage: &'a mut Storage) -> Self {
        let (free, room_at, lines_at) = (storage.len(), storage.end as usize, storage.lines_at());
        let Storage { memory, groups, len, end, live, erases } = storage;
        let (tags, rest) = memory.split_at_mut(*groups as usize);
        let (entries, lines) = rest.split_at_mut(*groups as usize * LANES);
        Self {
            tags: &mut tags.as_flattened_mut()[free..],
            entries: &mut entries[free..],
            room: &mut lines.as_flattened_mut()[room_at - lines_at..],
            room_at,
            lines: 0,
            bytes: 0,
            len,
            end,
            live,
            erases: *erases,
        }
    }

    /// The batch with no more slots and room than this.
    #[inline]
    pub(crate) fn within(mut self, lines: usize, bytes: usize) -> Self {
        let Self { tags, entries, room, .. } = &mut self;
        let (lines, bytes) = (lines.min(tags.len()), bytes.min(room.len()));
        *tags = &mut core::mem::take(tags)[..lines];
        *entries = &mut core::mem::take(entries)[..lines];
        *room = &mut core::mem::take(room)[..bytes];
        self
    }

    /// Describes the next line by its tag and the lengths of its name and value, if there are a slot and
    /// room. Rule 4 must hold. [`copy`](Batch::copy) or [`write`](Batch::write) puts the bytes there.
    #[inline(always)]
    pub(crate) fn push(&mut self, tag: u8, name_len: usize, value_len: usize) -> bool {
        let start = self.bytes;
        let end = start + name_len + value_len + LINE_OVERHEAD;
        let slots = self.tags.get_mut(self.lines).zip(self.entries.get_mut(self.lines));
        let (true, Some((slot, entry))) = (end <= self.room.len(), slots) else { return false };
        *slot = tag;
        *entry = Entry::new(self.room_at + start, name_len, value_len, false).write();
        self.lines += 1;
        self.bytes = end;
        true
    }

    /// Lines that are not live yet.
    #[inline]
    pub(crate) fn lines(&self) -> usize {
        self.lines
    }

    /// Their bytes.
    #[inline]
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The tags of the next lines, for the caller to set. There must be slots.
    #[cfg(feature = "httparse")]
    #[inline]
    pub(crate) fn next_tags(&mut self, lines: usize) -> &mut [u8] {
        &mut self.tags[self.lines..self.lines + lines]
    }

    /// Describes the next lines by the lengths of their names and values. There must be slots, and rule 4
    /// must hold. [`copy`](Batch::copy) or [`write`](Batch::write) puts the bytes there.
    #[cfg(feature = "httparse")]
    #[inline]
    pub(crate) fn describe(&mut self, lens: impl ExactSizeIterator<Item = (usize, usize)>) {
        let slots = self.lines..self.lines + lens.len();
        let mut at = self.room_at + self.bytes;
        for (entry, (name_len, value_len)) in self.entries[slots.clone()].iter_mut().zip(lens) {
            *entry = Entry::new(at, name_len, value_len, false).write();
            at += name_len + value_len + LINE_OVERHEAD;
        }
        self.lines = slots.end;
        self.bytes = at - self.room_at;
    }

    /// Copies the bytes of the lines that were described last. There must be room.
    #[inline]
    pub(crate) fn copy(&mut self, lines: &[u8]) {
        self.room[self.bytes - lines.len()..self.bytes].copy_from_slice(lines);
    }

    /// Writes the line that was described last from its name and value. There must be room, and rule 4
    /// holds for the arguments.
    pub(crate) fn write(&mut self, name: &[u8], value: &[u8]) {
        let len = name.len() + value.len() + LINE_OVERHEAD;
        Entry::write_line(&mut self.room[self.bytes - len..self.bytes], name, value);
    }

    /// Makes the lines live.
    #[inline]
    pub(crate) fn commit(mut self) {
        *self.len += self.lines as u32;
        *self.end += self.bytes as u32;
        *self.live += self.bytes as u32;
        self.bytes = 0;
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        // Rule 5: what was not committed may be a secret all the same.
        if self.erases {
            erase::overwrite(&mut self.room[..self.bytes]);
        }
    }
}
