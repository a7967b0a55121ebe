//! Values that are formatted in place.

use core::fmt;

use super::HeaderMap;
use super::extend::Attempt;
use super::write::{check_name, check_value};
use crate::error::{Error, NameExcerpt};
use crate::name::{AsHeaderName, ResolvedKey};
use crate::storage::LINE_OVERHEAD;

impl HeaderMap {
    /// Adds a line at the end whose value is formatted into the map: no string is allocated.
    ///
    /// If a `Display` in `value` panics, nothing is added either, and what it wrote is erased as removed
    /// lines are.
    ///
    /// # Errors
    ///
    /// If the name or the text is invalid, a limit is reached, there is no memory, or a `Display` returns an
    /// error ([`Error::Format`]).
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append_fmt(header::CONTENT_RANGE, format_args!("bytes {}-{}/{}", 0, 99, 1234))?;
    /// assert_eq!(map.as_wire().unwrap(), b"content-range: bytes 0-99/1234\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn append_fmt(
        &mut self,
        name: impl AsHeaderName,
        value: fmt::Arguments<'_>,
    ) -> Result<(), Error> {
        self.append_formatted(name.key(), value)
    }

    /// Sets the only value of a name as [`insert`](HeaderMap::insert) does, formatted into the map.
    ///
    /// The text is written behind the last line first and copied to its place when it is whole: the map
    /// needs room for both.
    ///
    /// # Errors
    ///
    /// What [`append_fmt`](HeaderMap::append_fmt) says.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append(header::ETAG, "old")?;
    /// assert_eq!(map.insert_fmt(header::ETAG, format_args!("\"{:x}\"", 255))?, 1);
    /// assert_eq!(map.get(header::ETAG).unwrap(), "\"ff\"");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn insert_fmt(
        &mut self,
        name: impl AsHeaderName,
        value: fmt::Arguments<'_>,
    ) -> Result<usize, Error> {
        self.insert_formatted(name.key(), value)
    }

    fn append_formatted(
        &mut self,
        name: ResolvedKey<'_>,
        value: fmt::Arguments<'_>,
    ) -> Result<(), Error> {
        check_name(name)?;
        self.check_headers(name.bytes, self.len() + 1)?;
        let attempt = Attempt::new(self);
        Draft::write(attempt.map, name, 0, value)?;
        attempt.succeed();
        Ok(())
    }

    fn insert_formatted(
        &mut self,
        name: ResolvedKey<'_>,
        value: fmt::Arguments<'_>,
    ) -> Result<usize, Error> {
        let Some(first) = self.first(name) else {
            return self.append_formatted(name, value).map(|()| 0);
        };
        let replaced = self.named(first, name);
        let attempt = Attempt::new(self);
        Draft::write(attempt.map, name, replaced.bytes, value)?;
        attempt.map.make_room_for_last_at(first)?;
        attempt.succeed();
        // Nothing fails from here on.
        self.note_use();
        self.storage.move_last_value_to(first, replaced.is_sensitive);
        self.remove_from(first + 1, name);
        Ok(replaced.count)
    }

    /// Makes room to set the value of the last line as that of the line at `first`.
    pub(super) fn make_room_for_last_at(&mut self, first: usize) -> Result<(), Error> {
        let (last, old) =
            (self.storage.value(self.len() - 1).len(), self.storage.value(first).len());
        self.make_room(0, last.saturating_sub(old))
    }
}

/// The last line of a map while its value is formatted. User code runs between two writes, and may panic:
/// after each write the map is whole, and its last line holds what was written so far.
struct Draft<'a> {
    map: &'a mut HeaderMap,
    name: &'a [u8],
    /// Bytes of the lines that go when this one is whole.
    replaced: usize,
    /// Why a write was refused.
    refused: Option<Error>,
}

impl<'a> Draft<'a> {
    /// Appends a line with a formatted value; after an error the caller removes it.
    fn write(
        map: &'a mut HeaderMap,
        name: ResolvedKey<'a>,
        replaced: usize,
        value: fmt::Arguments<'_>,
    ) -> Result<(), Error> {
        let bytes = name.bytes.len() + LINE_OVERHEAD;
        map.check_bytes(name.bytes, map.byte_len() + bytes - replaced)?;
        map.make_room(1, bytes)?;
        map.storage.push(name.tag, name.bytes, b"", false);
        let mut draft = Self { map, name: name.bytes, replaced, refused: None };
        let result = fmt::write(&mut draft, value);
        match (draft.refused, result) {
            (Some(error), _) => Err(error),
            (None, Err(fmt::Error)) => Err(Error::Format { name: NameExcerpt::new(name.bytes) }),
            (None, Ok(())) => Ok(()),
        }
    }

    fn extend(&mut self, text: &[u8]) -> Result<(), Error> {
        let map = &mut *self.map;
        let written = map.storage.value(map.len() - 1).len();
        check_value(self.name, text).map_err(|error| error.shifted_by(written))?;
        map.check_bytes(self.name, map.byte_len() + text.len() - self.replaced)?;
        map.make_room(0, text.len())?;
        map.storage.extend_last(text);
        Ok(())
    }
}

impl fmt::Write for Draft<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // A `Display` that goes on after an error does not get any further.
        if self.refused.is_none() {
            self.refused = self.extend(text.as_bytes()).err();
        }
        if self.refused.is_some() { Err(fmt::Error) } else { Ok(()) }
    }
}
