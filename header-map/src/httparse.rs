//! Bulk ingest of a header block that `httparse` has parsed.
//!
//! The buffer of a map holds canonical lines only, for they are what it serialises. `httparse` accepts
//! more: a bare LF, no or much white space around a value. And its `Header` has public fields, so safe
//! code can put anything into it. Therefore:
//!
//! 1. Every name and every value must be a slice of the block, each behind the one before.
//! 2. Every name and every value is validated, whoever made it.
//! 3. Lines are copied as they are only where they are canonical: nothing but `": "` between name and
//!    value, CRLF behind the value, and the next name right behind that. Any other line is written
//!    anew from its name and value.

use core::ops::Range;
use core::ptr;

use crate::error::{Error, NameExcerpt};
use crate::map::{Attempt, HeaderMap, check_name, check_value};
use crate::name::Key;
use crate::storage::{LINE_OVERHEAD, Storage};
use crate::validate;

/// A header as offsets into its block: rule 1.
struct Located {
    name: Range<usize>,
    value: Range<usize>,
}

impl HeaderMap {
    /// Appends headers that `httparse` parsed from `block`, or none if one is refused.
    ///
    /// Lines that are canonical are copied with one `memcpy`, as they are; others (bare LF, no or much
    /// white space around the value) are written anew as `Name: value` and CRLF. What the map
    /// serialises therefore never repeats what a lenient parser let pass.
    ///
    /// Some of the headers may be left out, but those that are given must be in the order of the block.
    ///
    /// # Errors
    ///
    /// If a name or value does not lie in `block` or not behind the one before; if one is invalid (as
    /// one with an obsolete line folding is); if a limit is reached or there is no memory.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let block = b"Host: example.com\r\nAccept:*/*\n\r\n";
    /// let mut headers = [httparse::EMPTY_HEADER; 16];
    /// let (_, headers) = httparse::parse_headers(block, &mut headers)?.unwrap();
    ///
    /// let mut map = HeaderMap::new();
    /// map.extend_from_httparse(block, headers)?;
    /// assert_eq!(map.get(header::HOST).unwrap(), "example.com");
    /// assert_eq!(map.as_wire().unwrap(), b"Host: example.com\r\nAccept: */*\r\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn extend_from_httparse(
        &mut self,
        block: &[u8],
        headers: &[httparse::Header<'_>],
    ) -> Result<(), Error> {
        self.make_room_for(headers)?;
        let attempt = Attempt::new(self);
        let storage = &mut attempt.map.storage;
        let (mut rest, mut after) = (headers, 0);
        while let Some(header) = rest.first() {
            let line = Located::new(block, header, after)?;
            let run = Run::at(block, line.name.start, rest);
            if run.headers.is_empty() {
                append_anew(storage, header)?;
                (rest, after) = (&rest[1..], line.value.end);
            } else {
                run.append_to(storage)?;
                (rest, after) = (&rest[run.headers.len()..], run.end);
            }
        }
        attempt.succeed();
        Ok(())
    }

    /// Makes room for the headers as canonical lines, if the limits allow them.
    fn make_room_for(&mut self, headers: &[httparse::Header<'_>]) -> Result<(), Error> {
        if let Some(header) = headers.get(self.limits.headers.saturating_sub(self.len())) {
            return Err(Error::too_many_headers(header.name.as_bytes(), self.limits.headers));
        }
        let mut bytes = self.byte_len();
        for header in headers {
            // The same slice may be given many times: their sum may be anything.
            let line = header.name.len().saturating_add(header.value.len() + LINE_OVERHEAD);
            bytes = bytes.saturating_add(line);
        }
        self.check_bytes(b"", bytes)?;
        self.make_room(headers.len(), bytes - self.byte_len())
    }
}

impl Located {
    /// Where a header lies in its block, if it does behind `after`.
    #[inline]
    fn new(block: &[u8], header: &httparse::Header<'_>, after: usize) -> Result<Self, Error> {
        let name = range_in(block, header.name.as_bytes());
        let value = range_in(block, header.value);
        match (name, value) {
            (Some(name), Some(value)) if after <= name.start && name.end <= value.start => {
                Ok(Self { name, value })
            }
            _ => Err(Error::NotInBlock { name: NameExcerpt::new(header.name.as_bytes()) }),
        }
    }
}

/// Canonical lines right behind each other: rule 3.
struct Run<'a, 'h> {
    headers: &'a [httparse::Header<'h>],
    lines: &'a [u8],
    /// Where in the block they end.
    end: usize,
}

impl<'a, 'h> Run<'a, 'h> {
    /// The longest run that starts with the first header, at `start`.
    fn at(block: &'a [u8], start: usize, headers: &'a [httparse::Header<'h>]) -> Self {
        let (mut count, mut end) = (0, start);
        while let Some(line_end) = headers.get(count).and_then(|next| canonical(block, end, next)) {
            count += 1;
            end = line_end;
        }
        Self { headers: &headers[..count], lines: &block[start..end], end }
    }

    /// Copies the lines to the end of the storage, which has room. Where this fails, some may be
    /// entered.
    fn append_to(&self, storage: &mut Storage) -> Result<(), Error> {
        for header in self.headers {
            let key = Key::resolve(header.name.as_bytes());
            check_name(key)?;
            storage.push_uncopied(key.mark, key.bytes.len(), header.value.len());
        }
        // One pass over all lines: each has a valid name and ends in CR and LF. If these are all the
        // control characters there are, no value has one.
        if validate::count_controls(self.lines) != 2 * self.headers.len() {
            for header in self.headers {
                check_value(header.name.as_bytes(), header.value)?;
            }
        }
        storage.copy_pushed(self.lines);
        Ok(())
    }
}

/// Where a line ends if it stands at `start` and reads `Name: value` and CRLF.
#[inline]
fn canonical(block: &[u8], start: usize, header: &httparse::Header<'_>) -> Option<usize> {
    let name_end = start + header.name.len();
    let value_start = name_end + 2;
    if block.get(name_end..value_start)? != b": " {
        return None;
    }
    let value_end = value_start + header.value.len();
    if block.get(value_end..value_end + 2)? != b"\r\n" {
        return None;
    }
    let is_there = |part: &[u8], at: usize| ptr::eq(part.as_ptr(), block[at..].as_ptr());
    let is_it = is_there(header.name.as_bytes(), start) && is_there(header.value, value_start);
    is_it.then_some(value_end + 2)
}

/// Appends a line that is not canonical as one that is. The storage has room.
fn append_anew(storage: &mut Storage, header: &httparse::Header<'_>) -> Result<(), Error> {
    let key = Key::resolve(header.name.as_bytes());
    check_name(key)?;
    check_value(key.bytes, header.value)?;
    storage.push(key.mark, key.bytes, header.value, false);
    Ok(())
}

/// Where in `block` a slice of it lies; `None` if it is none.
#[inline]
fn range_in(block: &[u8], part: &[u8]) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(block.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= block.len()).then_some(start..end)
}
