//! The one allocation of a map: tags, entries, and the lines themselves.
//!
//! ```text
//! | tags: one byte per slot | entries: 16 bytes per slot | lines: Name: value CRLF Name: … |
//! ```
//!
//! This module and its children keep these rules. All access is checked: a broken rule is a panic or a
//! wrong answer. There are two exceptions. `erase` writes volatile, into bytes that it borrows. And
//! `Name::as_str` trusts rules 1, 2 and 4, by which the bytes that an entry calls a name are ASCII.
//!
//! 1. `tags[..len]` and `entries[..len]` describe the live lines, in the order of the wire. What lies
//!    beyond `len` is stale (an earlier request's) and is masked wherever tags are scanned.
//! 2. The live lines lie in `lines_at()..end`, ascending, without overlap. A line that was removed or
//!    replaced leaves a gap; `live` counts the bytes that are not in gaps.
//! 3. After every operation the gaps hold no more bytes than the live lines do.
//! 4. A live line is a token of at most 65,535 bytes, `": "`, a value without control characters, CRLF.
//! 5. With erasure on, bytes that may have held a value are overwritten before they are given back to
//!    the allocator, and when the line goes.

mod batch;
mod entry;
mod erase;
mod find;
mod room;
mod sweep;

use core::ops::Range;

pub(crate) use batch::Batch;
pub(crate) use entry::Entry;
pub(crate) use room::{FIRST_BYTES, FIRST_HEADERS};
pub(crate) use sweep::Sweep;

use crate::name::{Name, ResolvedKey};
use crate::scan::LANES;
use crate::value::Value;

/// What surrounds name and value on the wire: `": "` and CRLF.
pub(crate) const LINE_OVERHEAD: usize = 4;

/// Sixteen bytes: the tags of a group, or an entry.
pub(crate) type Row = [u8; LANES];

/// The lines of a map.
#[derive(Default)]
pub(crate) struct Storage {
    /// Rows of sixteen bytes: a group of tags or an entry is one row, lines flow over them. As large
    /// as what was asked for: nothing is pushed. All offsets count bytes from its start.
    memory: Vec<Row>,
    /// Groups of tags. Invariant: `memory` has a row for each, and one for each of their entries.
    groups: u32,
    /// Invariant: at most `slots()`.
    len: u32,
    /// Where the next line goes. Invariant: `lines_at() <= end <= memory.len()`.
    end: u32,
    /// Bytes of all live lines.
    live: u32,
    /// Whether bytes are overwritten when they are no longer live.
    pub(crate) erases: bool,
}

/// What it takes to forget lines that were pushed since.
#[derive(Clone, Copy)]
pub(crate) struct Checkpoint {
    len: u32,
    live: u32,
}

impl Storage {
    pub(crate) const fn new() -> Self {
        Self { memory: Vec::new(), groups: 0, len: 0, end: 0, live: 0, erases: false }
    }

    /// Adds a line at the end. There must be room, and rule 4 holds for the arguments. Inlined into its few
    /// callers: a call of it made appending a line take a quarter more instructions.
    #[inline(always)]
    pub(crate) fn push(&mut self, tag: u8, name: &[u8], value: &[u8], is_sensitive: bool) {
        let start = self.end as usize;
        let len = name.len() + value.len() + LINE_OVERHEAD;
        Entry::write_line(&mut self.bytes_mut()[start..][..len], name, value);
        self.push_entry(tag, Entry::new(start, name.len(), value.len(), is_sensitive));
    }

    /// Begins to add many lines at once. There must be room for them.
    #[inline]
    pub(crate) fn batch(&mut self) -> Batch<'_> {
        Batch::new(self)
    }

    /// Describes the line that lies at the end. There must be a slot.
    #[inline]
    fn push_entry(&mut self, tag: u8, entry: Entry) {
        debug_assert_eq!(entry.line_start(), self.end as usize, "rule 2");
        let at = self.len as usize;
        self.memory[at / LANES][at % LANES] = tag;
        self.set_entry(at, entry);
        self.len += 1;
        self.end = entry.line_end() as u32;
        self.live += entry.line_len() as u32;
    }

    /// Changes the value of a line in its place. There must be room for what it grows by.
    pub(crate) fn set_value(&mut self, at: usize, value: &[u8], is_sensitive: bool) {
        let place = self.resize_value(at, value.len(), is_sensitive);
        self.bytes_mut()[place].copy_from_slice(value);
        self.settle();
    }

    /// Adds to the value of a line in its place. There must be room.
    pub(crate) fn extend_value(&mut self, at: usize, parts: [&[u8]; 2], is_sensitive: bool) {
        let old = self.entry(at).value().len();
        let len = old + parts[0].len() + parts[1].len();
        let place = self.resize_value(at, len, is_sensitive);
        let (first, second) = self.bytes_mut()[place][old..].split_at_mut(parts[0].len());
        first.copy_from_slice(parts[0]);
        second.copy_from_slice(parts[1]);
    }

    /// Adds to the value of the last line. There must be a line, and room.
    pub(crate) fn extend_last(&mut self, part: &[u8]) {
        let last = self.len() - 1;
        self.extend_value(last, [part, b""], self.entry(last).is_sensitive());
    }

    /// Adds the value of another line to that of the last. There must be room.
    pub(crate) fn extend_last_with_value_of(&mut self, at: usize) {
        let last = self.len() - 1;
        debug_assert!(at < last, "the last line moves no other when it grows");
        let (old, added) = (self.entry(last), self.entry(at).value());
        let len = old.value().len() + added.len();
        let place = self.resize_value(last, len, old.is_sensitive());
        self.bytes_mut().copy_within(added, place.start + old.value().len());
    }

    /// Makes the value of the last line that of another, and removes the last line. There must be room for
    /// what the other grows by.
    pub(crate) fn move_last_value_to(&mut self, at: usize, is_sensitive: bool) {
        let last = self.len() - 1;
        debug_assert!(at < last);
        let place = self.resize_value(at, self.entry(last).value().len(), is_sensitive);
        let moved = self.entry(last);
        self.bytes_mut().copy_within(moved.value(), place.start);
        self.len -= 1;
        self.live -= moved.line_len() as u32;
        self.settle();
    }

    /// Gives the value of a line another length in its place, and returns where its bytes go: the first are
    /// those that it had. There must be room for what it grows by. What it shrinks by is a gap, for the
    /// caller to settle.
    fn resize_value(&mut self, at: usize, len: usize, is_sensitive: bool) -> Range<usize> {
        let old = self.entry(at);
        let new = old.with_value(len, is_sensitive);
        if let Some(growth) = new.line_len().checked_sub(old.line_len()) {
            self.open_gap(at, growth);
        } else {
            self.erase(new.line_end()..old.line_end());
        }
        self.bytes_mut()[new.value().end..new.line_end()].copy_from_slice(b"\r\n");
        self.set_entry(at, new);
        self.live = self.live - old.line_len() as u32 + new.line_len() as u32;
        new.value()
    }

    /// Condemns every line with a name, which may lie in this storage. A name that is given again costs one
    /// lookup: if its first line is condemned, all are.
    pub(crate) fn condemn(&mut self, name: impl Fn(&Self) -> ResolvedKey<'_>) {
        let mut from = 0;
        while let Some(at) = self.find(name(self), from..self.len()) {
            if self.entry(at).is_condemned() {
                return;
            }
            self.set_entry(at, self.entry(at).condemned());
            from = at + 1;
        }
    }

    /// Marks the value of a line as sensitive or not.
    pub(crate) fn set_sensitive(&mut self, at: usize, is_sensitive: bool) {
        let entry = self.entry(at);
        self.set_entry(at, entry.with_value(entry.value().len(), is_sensitive));
    }

    /// Writes the letters of all names in lower case: tags and lengths stay as they are, and so does rule 4.
    pub(crate) fn make_names_lowercase(&mut self) {
        for at in 0..self.len() {
            let name = self.entry(at).name();
            self.bytes_mut()[name].make_ascii_lowercase();
        }
    }

    /// Forgets all lines, keeping the memory.
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.forget();
        self.settle_empty();
    }

    /// Forgets all lines but leaves their bytes for a drain to read; the next operation settles.
    #[inline]
    pub(crate) fn forget(&mut self) {
        self.len = 0;
        self.live = 0;
    }

    /// Forgets what was pushed since the checkpoint.
    pub(crate) fn roll_back(&mut self, to: Checkpoint) {
        debug_assert!(to.len <= self.len);
        (self.len, self.live) = (to.len, to.live);
        self.settle();
    }

    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { len: self.len, live: self.live }
    }

    /// Number of lines.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    /// Bytes of all lines on the wire.
    #[inline]
    pub(crate) fn live(&self) -> usize {
        self.live as usize
    }

    /// The name of a line.
    #[inline]
    pub(crate) fn name(&self, at: usize) -> Name<'_> {
        #[expect(unsafe_code, reason = "names of lines are ASCII by rule 4")]
        // SAFETY: rule 4: the line at `at` is live, or a drain reads it before anything writes over it.
        unsafe {
            Name::new(self.name_bytes(at), self.tag(at))
        }
    }

    /// The bytes of the name of a line.
    #[inline]
    pub(crate) fn name_bytes(&self, at: usize) -> &[u8] {
        &self.bytes()[self.entry(at).name()]
    }

    /// The value of a line.
    #[inline]
    pub(crate) fn value(&self, at: usize) -> Value<'_> {
        let entry = self.entry(at);
        Value::new(&self.bytes()[entry.value()], entry.is_sensitive())
    }

    /// What describes the first `len` lines, and the bytes that it points into.
    #[inline]
    pub(crate) fn described(&self, len: usize) -> (&[u8], &[Row], &[u8]) {
        let (tags, rest) = self.memory.split_at(self.groups as usize);
        (&tags.as_flattened()[..len], &rest[..len], self.bytes())
    }

    /// A whole line as it stands on the wire.
    pub(crate) fn line(&self, at: usize) -> &[u8] {
        let entry = self.entry(at);
        &self.bytes()[entry.line_start()..entry.line_end()]
    }

    /// All lines as they stand on the wire, in as few pieces as there are.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let mut at = 0;
        core::iter::from_fn(move || {
            let lines = (at < self.len()).then(|| {
                let (next, lines) = self.adjacent(at);
                at = next;
                lines
            })?;
            Some(&self.bytes()[lines])
        })
    }

    /// Where the lines from `at` on lie without a gap, and the line that follows them.
    fn adjacent(&self, at: usize) -> (usize, Range<usize>) {
        let start = self.entry(at).line_start();
        if self.wire().is_some() {
            // No gap at all: a third of the instructions of cloning 20 lines were this search.
            return (self.len(), start..self.end as usize);
        }
        let (mut next, mut end) = (at, start);
        while next < self.len() && self.entry(next).line_start() == end {
            end = self.entry(next).line_end();
            next += 1;
        }
        (next, start..end)
    }

    /// All lines as they stand on the wire, unless there are gaps between them.
    #[inline]
    pub(crate) fn wire(&self) -> Option<&[u8]> {
        if self.live == 0 {
            return Some(&[]);
        }
        let lines = &self.bytes()[self.lines_at()..self.end as usize];
        (lines.len() == self.live()).then_some(lines)
    }

    #[inline]
    fn tag(&self, at: usize) -> u8 {
        self.memory[at / LANES][at % LANES]
    }

    #[inline]
    fn entry(&self, at: usize) -> Entry {
        debug_assert!(at < self.slots());
        Entry::read(&self.memory[self.groups as usize + at])
    }

    #[inline]
    fn set_entry(&mut self, at: usize, entry: Entry) {
        debug_assert!(at < self.slots());
        self.memory[self.groups as usize + at] = entry.write();
    }

    /// Moves what describes some lines to slots before them.
    fn move_entries(&mut self, lines: Range<usize>, to: usize) {
        let entries = self.groups as usize;
        self.bytes_mut().copy_within(lines.clone(), to);
        self.memory.copy_within(entries + lines.start..entries + lines.end, entries + to);
    }

    /// Where the lines begin.
    #[inline]
    fn lines_at(&self) -> usize {
        self.groups as usize * (1 + LANES) * LANES
    }

    #[inline]
    fn bytes(&self) -> &[u8] {
        self.memory.as_flattened()
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        self.memory.as_flattened_mut()
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        // Rule 5.
        self.erase(self.lines_at()..self.end as usize);
    }
}

#[cfg(test)]
mod erase_tests;
#[cfg(test)]
mod find_tests;
