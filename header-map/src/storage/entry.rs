//! Where a line lies, in sixteen bytes.

use core::ops::Range;

use super::Row;

/// Set where the value is sensitive.
const SENSITIVE: u32 = 1 << 16;
/// Set where the line is about to be removed.
const CONDEMNED: u32 = 1 << 17;

/// Where a line lies within the allocation.
///
/// The start of the value follows from the others; kept, it need not be computed by each lookup.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    line: u32,
    value: u32,
    value_len: u32,
    /// The length of the name and, above it, [`SENSITIVE`] and [`CONDEMNED`].
    name: u32,
}

impl Entry {
    /// A line that begins at `start`. The storage keeps its offsets in 32 bits and names in 16.
    #[inline]
    pub(crate) fn new(start: usize, name_len: usize, value_len: usize, is_sensitive: bool) -> Self {
        debug_assert!(start + name_len + value_len + super::LINE_OVERHEAD <= u32::MAX as usize);
        debug_assert!(name_len <= usize::from(u16::MAX));
        Self {
            line: start as u32,
            value: (start + name_len + 2) as u32,
            value_len: value_len as u32,
            name: name_len as u32 | if is_sensitive { SENSITIVE } else { 0 },
        }
    }

    #[inline]
    pub(crate) fn read(row: &Row) -> Self {
        let word = |at: usize| u32::from_ne_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]);
        Self { line: word(0), value: word(4), value_len: word(8), name: word(12) }
    }

    #[inline]
    pub(super) fn write(self) -> Row {
        let mut row = [0; 16];
        let words = [self.line, self.value, self.value_len, self.name];
        for (bytes, word) in row.chunks_exact_mut(4).zip(words) {
            bytes.copy_from_slice(&word.to_ne_bytes());
        }
        row
    }

    /// The line with another value in the same place.
    pub(super) fn with_value(self, value_len: usize, is_sensitive: bool) -> Self {
        Self::new(self.line_start(), self.name().len(), value_len, is_sensitive)
    }

    /// The line elsewhere.
    pub(super) fn moved_to(self, start: usize) -> Self {
        debug_assert!(start + self.line_len() <= u32::MAX as usize);
        let line = start as u32;
        Self { line, value: self.value - self.line + line, ..self }
    }

    /// Writes the line over `line`, which has its length.
    #[inline]
    pub(super) fn write_line(line: &mut [u8], name: &[u8], value: &[u8]) {
        let (name_part, rest) = line.split_at_mut(name.len());
        let (colon, rest) = rest.split_at_mut(2);
        let (value_part, crlf) = rest.split_at_mut(value.len());
        copy_name(name_part, name);
        colon.copy_from_slice(b": ");
        value_part.copy_from_slice(value);
        crlf.copy_from_slice(b"\r\n");
    }

    #[inline]
    pub(super) fn line_start(self) -> usize {
        self.line as usize
    }

    #[inline]
    pub(super) fn line_end(self) -> usize {
        self.value().end + 2
    }

    #[inline]
    pub(super) fn line_len(self) -> usize {
        self.line_end() - self.line_start()
    }

    #[inline]
    pub(crate) fn name(self) -> Range<usize> {
        let start = self.line as usize;
        start..start + usize::from(self.name as u16)
    }

    #[inline]
    pub(crate) fn value(self) -> Range<usize> {
        let start = self.value as usize;
        start..start + self.value_len as usize
    }

    #[inline]
    pub(crate) fn is_sensitive(self) -> bool {
        self.name & SENSITIVE != 0
    }

    /// The same line, to be removed by the pass that follows at once. No line is condemned in between two
    /// operations.
    pub(super) fn condemned(self) -> Self {
        Self { name: self.name | CONDEMNED, ..self }
    }

    #[inline]
    pub(super) fn is_condemned(self) -> bool {
        self.name & CONDEMNED != 0
    }
}

/// Copies a name, which is short: up to sixteen bytes without a call of `memcpy`, which made filling a map
/// line by line a fifteenth slower.
#[inline]
fn copy_name(to: &mut [u8], name: &[u8]) {
    if name.len() <= 16 && to.len() == name.len() {
        if let (Some(first), Some(last)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            to[..8].copy_from_slice(first);
            to[name.len() - 8..].copy_from_slice(last);
            return;
        }
    }
    to.copy_from_slice(name);
}
