//! Adding, replacing and removing lines: everything is checked before anything changes.

use super::HeaderMap;
use crate::error::Error;
use crate::name::ResolvedKey;
use crate::storage::{LINE_OVERHEAD, Sweep};
use crate::validate;

/// All lines with one name.
pub(super) struct Named {
    pub(super) count: usize,
    /// Bytes of these lines on the wire.
    pub(super) bytes: usize,
    /// Whether a value is sensitive.
    pub(super) is_sensitive: bool,
}

impl HeaderMap {
    /// Adds a line at the end.
    pub(super) fn append_line(
        &mut self,
        name: ResolvedKey<'_>,
        value: &[u8],
        is_sensitive: bool,
    ) -> Result<(), Error> {
        check_name(name)?;
        check_value(name.bytes, value)?;
        let bytes = name.bytes.len() + value.len() + LINE_OVERHEAD;
        self.check_headers(name.bytes, self.len() + 1)?;
        self.check_bytes(name.bytes, self.byte_len() + bytes)?;
        self.make_room(1, bytes)?;
        self.storage.push(name.tag, name.bytes, value, is_sensitive);
        Ok(())
    }

    /// Makes `value` the only one of `name`, and returns how many it replaced.
    pub(super) fn insert_line(
        &mut self,
        name: ResolvedKey<'_>,
        value: &[u8],
        is_sensitive: bool,
    ) -> Result<usize, Error> {
        match self.first(name) {
            Some(first) => self.replace(first, name, value, is_sensitive),
            None => self.append_line(name, value, is_sensitive).map(|()| 0),
        }
    }

    /// The same for a name whose first line is `first`.
    pub(super) fn replace(
        &mut self,
        first: usize,
        name: ResolvedKey<'_>,
        value: &[u8],
        is_sensitive: bool,
    ) -> Result<usize, Error> {
        check_value(name.bytes, value)?;
        let replaced = self.named(first, name);
        // What replaces a secret is one: a plain value does not show it in logs.
        let is_sensitive = is_sensitive || replaced.is_sensitive;
        let count = replaced.count;
        let old = self.storage.line(first).len();
        let new = old - self.storage.value(first).len() + value.len();
        let bytes = self.byte_len() - replaced.bytes + new;
        self.check_bytes(name.bytes, bytes)?;
        self.make_room(0, bytes.saturating_sub(self.byte_len()))?;
        if count > 1 {
            self.remove_from(first + 1, name);
            // Closes gaps at most: there is room for all bytes.
            self.make_room(0, new.saturating_sub(old))?;
        }
        if new < old {
            self.note_use();
        }
        self.storage.set_value(first, value, is_sensitive);
        Ok(count)
    }

    /// The lines from `first` on that have this name; `first` has it.
    pub(super) fn named(&self, first: usize, name: ResolvedKey<'_>) -> Named {
        let mut named = Named { count: 0, bytes: 0, is_sensitive: false };
        let mut next = Some(first);
        while let Some(at) = next {
            named.count += 1;
            named.bytes += self.storage.line(at).len();
            named.is_sensitive |= self.storage.value(at).is_sensitive();
            next = self.storage.find(name, at + 1..self.len());
        }
        named
    }

    /// Marks all values of `name` as sensitive or not, and returns how many there are.
    pub(super) fn mark_sensitive(&mut self, name: ResolvedKey<'_>, is_sensitive: bool) -> usize {
        let (mut count, mut from) = (0, 0);
        while let Some(at) = self.storage.find(name, from..self.len()) {
            self.storage.set_sensitive(at, is_sensitive);
            (count, from) = (count + 1, at + 1);
        }
        count
    }

    /// Removes the lines from `from` on that have this name, and returns how many there were.
    pub(super) fn remove_from(&mut self, from: usize, name: ResolvedKey<'_>) -> usize {
        let Some(first) = self.storage.find(name, from..self.len()) else { return 0 };
        self.note_use();
        let mut sweep = Sweep::new(&mut self.storage, first);
        let mut count = 0;
        while sweep.skip_to(name) {
            sweep.remove();
            count += 1;
        }
        count
    }

    #[inline]
    pub(crate) fn make_room(&mut self, headers: usize, bytes: usize) -> Result<(), Error> {
        self.storage.make_room(headers, bytes).map_err(|bytes| Error::OutOfMemory { bytes })
    }

    pub(super) fn check_headers(&self, name: &[u8], headers: usize) -> Result<(), Error> {
        let limit = self.limits.headers;
        if headers > limit { Err(Error::too_many_headers(name, limit)) } else { Ok(()) }
    }

    pub(crate) fn check_bytes(&self, name: &[u8], bytes: usize) -> Result<(), Error> {
        let limit = self.limits.bytes;
        if bytes > limit { Err(Error::too_many_bytes(name, bytes, limit)) } else { Ok(()) }
    }
}

#[inline]
pub(crate) fn check_name(name: ResolvedKey<'_>) -> Result<(), Error> {
    let is_valid = name.is_valid
        || (name.bytes.len() <= validate::MAX_NAME_LEN && validate::is_token(name.bytes));
    if is_valid { Ok(()) } else { Err(Error::invalid_name(name.bytes)) }
}

#[inline]
pub(crate) fn check_value(name: &[u8], value: &[u8]) -> Result<(), Error> {
    if validate::is_value(value) { Ok(()) } else { Err(Error::invalid_value(name, value)) }
}
