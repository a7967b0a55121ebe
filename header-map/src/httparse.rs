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

use crate::error::{Error, NameExcerpt};
use crate::map::{Attempt, HeaderMap, check_name, check_value};
use crate::name::Key;
use crate::storage::LINE_OVERHEAD;

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
        // Canonical lines that are entered in the map but not yet copied.
        let mut run = 0..0;
        let mut after = 0;
        for header in headers {
            let key = Key::resolve(header.name.as_bytes());
            check_name(key)?;
            check_value(key.bytes, header.value)?;
            let line = Located::new(block, header, after)?;
            after = line.value.end;
            if !line.is_canonical(block) {
                attempt.map.storage.copy_pushed(&block[run]);
                attempt.map.storage.push(key.mark, key.bytes, header.value, false);
                run = after..after;
                continue;
            }
            if line.name.start != run.end {
                attempt.map.storage.copy_pushed(&block[run]);
                run = line.name.start..line.name.start;
            }
            attempt.map.storage.push_uncopied(key.mark, line.name.len(), line.value.len());
            run.end = line.value.end + 2;
        }
        attempt.map.storage.copy_pushed(&block[run]);
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
            self.check_bytes(header.name.as_bytes(), bytes)?;
        }
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

    /// Whether the line reads `Name: value` and CRLF.
    #[inline]
    fn is_canonical(&self, block: &[u8]) -> bool {
        block[self.name.end..self.value.start] == *b": "
            && block[self.value.end..].starts_with(b"\r\n")
    }
}

/// Where in `block` a slice of it lies; `None` if it is none.
#[inline]
fn range_in(block: &[u8], part: &[u8]) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(block.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= block.len()).then_some(start..end)
}
