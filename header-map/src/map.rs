//! The map.

mod clone;
mod debug;
mod drain;
mod entry;
mod eq;
mod extend;
mod find;
mod format;
mod get_all;
mod hop_by_hop;
mod iter;
mod list;
mod write;

pub use drain::Drain;
pub use entry::{Entry, OccupiedEntry, VacantEntry};
pub use get_all::GetAll;
pub use iter::{Iter, Keys, Values};
pub use list::{ListElements, Separator};

pub(crate) use write::check_name;
#[cfg(feature = "httparse")]
pub(crate) use write::check_value;

use crate::error::Error;
use crate::limits::Limits;
use crate::name::{AsHeaderName, Name};
use crate::retention::Retention;
use crate::storage::{Storage, Sweep};
use crate::value::{AsHeaderValue, Value};
use extend::Attempt;

/// A map of header names to values that is made once and reused for every request.
///
/// Lines are kept as they go over the wire, in one buffer: their order, the case of their names and
/// repeated names survive. Lookups ignore case. See the [crate](crate) for what this costs and when
/// `http::HeaderMap` is the better choice.
///
/// * Whatever can fail returns an [`Error`] and leaves the map as it was. No content of a request
///   makes a method panic.
/// * What is in the map is valid: no name that is not a token, no value with CR, LF, NUL or another
///   control character. There is no access to the bytes that could change that.
/// * Appending looks nothing up and hashes nothing that an attacker could aim at. A lookup compares
///   one byte per header, sixteen at a time, and then the names with the same byte.
/// * The memory is one allocation: `17 × headers + bytes`, where a line takes the bytes of its name
///   and its value and four more. A new map makes none before the first write; then it takes 16
///   headers and 1 KiB, or what that write needs.
///
/// ```
/// use ratoon_header_map::{HeaderMap, header};
///
/// let mut map = HeaderMap::with_capacity(16, 1024);
/// map.append("Host", "example.com")?;
/// map.append("Set-Cookie", "a=1")?;
/// map.append("Set-Cookie", "b=2")?;
///
/// assert_eq!(map.get(header::HOST).unwrap(), "example.com");
/// assert!(map.get_all("set-cookie").eq(["a=1", "b=2"]));
/// assert_eq!(map.insert(header::SET_COOKIE, "c=3")?, 2);
/// assert_eq!(map.as_wire().unwrap(), b"Host: example.com\r\nSet-Cookie: c=3\r\n");
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
pub struct HeaderMap {
    pub(crate) storage: Storage,
    pub(crate) limits: Limits,
    pub(crate) retention: Retention,
}

impl HeaderMap {
    /// An empty map that allocates on the first write.
    #[must_use]
    pub const fn new() -> Self {
        Self { storage: Storage::new(), limits: Limits::DEFAULT, retention: Retention::new() }
    }

    /// An empty map with room for `headers` lines of `bytes` in all: one allocation, or none if both
    /// are 0.
    ///
    /// A line takes the bytes of its name and value and four more. The number of headers is rounded up
    /// to a multiple of 16. Capacity does not change the [`Limits`].
    ///
    /// # Panics
    ///
    /// If the allocator fails, or more than 4 GiB are asked for; [`try_with_capacity`] returns an
    /// error instead.
    ///
    /// [`try_with_capacity`]: HeaderMap::try_with_capacity
    #[must_use]
    pub fn with_capacity(headers: usize, bytes: usize) -> Self {
        match Self::try_with_capacity(headers, bytes) {
            Ok(map) => map,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same with an error where it does not work.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`].
    pub fn try_with_capacity(headers: usize, bytes: usize) -> Result<Self, Error> {
        let mut map = Self::new();
        map.storage.resize(headers, bytes).map_err(|bytes| Error::OutOfMemory { bytes })?;
        map.retention.presize(headers, bytes);
        Ok(map)
    }

    /// The map with these limits. They stay over [`clear`](HeaderMap::clear) and
    /// [`reset`](crate::Reset::reset).
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits.representable();
        self
    }

    /// The map with erasure: bytes of lines are overwritten when they are removed, replaced, cleared or
    /// drained, and before memory is given back.
    ///
    /// For maps that hold credentials. What is left are lengths, and a byte for each name that tells a
    /// known one. It stays on over [`clear`](HeaderMap::clear) and
    /// [`reset`](crate::Reset::reset), and costs one pass over what is removed. Lines that
    /// [`drain`](HeaderMap::drain) yielded are overwritten by the next operation that changes the map.
    /// What was removed before erasure was on is not found again: ask for it when the map is made.
    #[must_use]
    pub const fn with_erasure(mut self) -> Self {
        self.storage.erases = true;
        self
    }

    /// Adds a line at the end, whether or not the name is there already.
    ///
    /// Constant time but for the copy: no line is looked at.
    ///
    /// # Errors
    ///
    /// If name or value is invalid, a limit is reached or there is no memory.
    #[inline]
    pub fn append(
        &mut self,
        name: impl AsHeaderName,
        value: impl AsHeaderValue,
    ) -> Result<(), Error> {
        self.append_line(name.key(), value.bytes().as_ref(), value.is_sensitive())
    }

    /// Appends every pair, or none if one is refused.
    ///
    /// If the iterator panics, none is appended either.
    ///
    /// # Errors
    ///
    /// What [`append`](HeaderMap::append) says about the first pair that it refuses.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.try_extend([("accept", "text/html"), ("accept", "*/*")])?;
    /// assert!(map.try_extend([("te", "trailers"), ("not a name", "")]).is_err());
    /// assert_eq!(map.len(), 2);
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn try_extend<N, V, I>(&mut self, lines: I) -> Result<(), Error>
    where
        N: AsHeaderName,
        V: AsHeaderValue,
        I: IntoIterator<Item = (N, V)>,
    {
        let attempt = Attempt::new(self);
        for (name, value) in lines {
            attempt.map.append(name, value)?;
        }
        attempt.succeed();
        Ok(())
    }

    /// Sets the only value of a name, and returns how many values it replaced.
    ///
    /// A name that is there keeps the position and the spelling of its first line; its other lines are
    /// removed. A value of equal length is written over the old one, a shorter one leaves a gap behind it,
    /// and a longer one moves the lines behind it. The value is [`Sensitive`](crate::Sensitive) if it is
    /// written as such or if one that it replaces was; [`set_sensitive`](HeaderMap::set_sensitive) takes
    /// that back.
    ///
    /// # Errors
    ///
    /// If name or value is invalid, a limit is reached or there is no memory.
    pub fn insert(
        &mut self,
        name: impl AsHeaderName,
        value: impl AsHeaderValue,
    ) -> Result<usize, Error> {
        self.insert_line(name.key(), value.bytes().as_ref(), value.is_sensitive())
    }

    /// Marks all values of a name as [`Sensitive`](crate::Sensitive), or no longer as such, and returns
    /// how many there are.
    ///
    /// For lines that came in bulk: a parser does not know what is a secret.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Authorization", "Bearer 12345")?;
    /// map.set_sensitive(header::AUTHORIZATION, true);
    /// assert_eq!(format!("{map:?}"), r#"{"Authorization": Sensitive}"#);
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn set_sensitive(&mut self, name: impl AsHeaderName, is_sensitive: bool) -> usize {
        self.mark_sensitive(name.key(), is_sensitive)
    }

    /// Removes all lines with a name, and returns how many there were.
    pub fn remove(&mut self, name: impl AsHeaderName) -> usize {
        self.remove_from(0, name.key())
    }

    /// Keeps the lines for which `keep` returns true, in their order.
    ///
    /// If `keep` panics, the lines that it did not see stay.
    pub fn retain(&mut self, mut keep: impl FnMut(Name<'_>, Value<'_>) -> bool) {
        self.note_use();
        let mut sweep = Sweep::new(&mut self.storage, 0);
        while let Some((name, value)) = sweep.current() {
            if keep(name, value) {
                sweep.keep();
            } else {
                sweep.remove();
            }
        }
    }

    /// The place of a name, for reading and writing with one lookup.
    ///
    /// # Errors
    ///
    /// If the name is invalid.
    pub fn entry<K: AsHeaderName>(&mut self, name: K) -> Result<Entry<'_, K>, Error> {
        let first = self.first_of_valid(name.key())?;
        Ok(Entry::new(self, name, first))
    }

    /// Removes all lines and yields them in order; also those that the iterator did not reach, and
    /// also if it is forgotten.
    pub fn drain(&mut self) -> Drain<'_> {
        self.note_use();
        Drain::new(&mut self.storage)
    }

    /// Removes all lines. Keeps the memory, and touches none of it unless the map
    /// [erases](HeaderMap::with_erasure).
    #[inline]
    pub fn clear(&mut self) {
        self.note_use();
        self.storage.clear();
    }

    /// Makes room for `headers` more lines with `bytes` more bytes.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`].
    pub fn reserve(&mut self, headers: usize, bytes: usize) -> Result<(), Error> {
        if headers.checked_add(self.len()).is_none() || bytes.checked_add(self.byte_len()).is_none()
        {
            return Err(Error::OutOfMemory { bytes: usize::MAX });
        }
        self.make_room(headers, bytes)
    }

    /// Gives back memory beyond what `headers` lines of `bytes` in all need, or what the map holds if
    /// that is more.
    ///
    /// Keeps the larger buffer if there is no memory for a smaller one.
    pub fn shrink_to(&mut self, headers: usize, bytes: usize) {
        let (slots, lines) = (self.storage.slots(), self.storage.line_capacity());
        let (headers, bytes) = (headers.min(slots), bytes.min(lines));
        if headers < slots || bytes < lines {
            let _kept = self.storage.resize(headers, bytes);
        }
    }

    /// Moves the lines together, in their order, so that [`as_wire`](HeaderMap::as_wire) has them in
    /// one piece. Does nothing where they are.
    pub fn compact(&mut self) {
        if self.storage.wire().is_none() {
            self.storage.compact();
        }
    }

    /// The first value of a name.
    #[must_use]
    #[inline(always)]
    pub fn get(&self, name: impl AsHeaderName) -> Option<Value<'_>> {
        self.first(name.key()).map(|at| self.storage.value(at))
    }

    /// The value of a name that may have only one, such as `Content-Length` or `Host`.
    ///
    /// # Errors
    ///
    /// [`Error::SeveralValues`] if there are several lines, even with equal values: two parties that
    /// choose different ones is how requests are smuggled.
    pub fn get_one(&self, name: impl AsHeaderName) -> Result<Option<Value<'_>>, Error> {
        self.one(name.key())
    }

    /// All values of a name, in order.
    pub fn get_all(&self, name: impl AsHeaderName) -> GetAll<'_> {
        GetAll::new(self, self.first(name.key()))
    }

    /// Whether there is a line with this name.
    #[must_use]
    #[inline]
    pub fn contains_key(&self, name: impl AsHeaderName) -> bool {
        self.first(name.key()).is_some()
    }

    /// All lines in the order of the wire.
    #[must_use]
    #[inline]
    pub fn iter(&self) -> Iter<'_> {
        Iter::new(&self.storage, self.len())
    }

    /// Every distinct name, where it stands first. Looks each line up: quadratic in the number of
    /// headers, sixteen at a time.
    #[must_use]
    pub fn keys(&self) -> Keys<'_> {
        Keys::new(self)
    }

    /// All values in the order of the wire.
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        Values::new(self.iter())
    }

    /// Number of lines.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.storage.len()
    }

    /// Number of distinct names: as slow as [`keys`](HeaderMap::keys).
    #[must_use]
    pub fn keys_len(&self) -> usize {
        self.keys().count()
    }

    /// Whether there are no lines.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all lines on the wire: what [`Limits::bytes`] counts and serialising writes.
    #[must_use]
    #[inline]
    pub fn byte_len(&self) -> usize {
        self.storage.live()
    }

    /// How many lines there is room for, if their bytes fit.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.storage.slots()
    }

    /// How many bytes of lines there is room for.
    #[must_use]
    pub fn byte_capacity(&self) -> usize {
        self.storage.line_capacity()
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }
}

impl Default for HeaderMap {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod flood_tests;
