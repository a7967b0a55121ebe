//! One lookup for reading and writing.

use super::{GetAll, HeaderMap};
use crate::error::Error;
use crate::name::{AsHeaderName, Name};
use crate::value::{AsHeaderValue, Value};

/// The place of a name in a map. See [`HeaderMap::entry`].
///
/// ```
/// use ratoon_header_map::{HeaderMap, header};
///
/// let mut map = HeaderMap::new();
/// map.append("server", "mine")?;
/// assert_eq!(map.entry(header::SERVER)?.or_insert("default")?, "mine");
/// assert_eq!(map.entry(header::DATE)?.or_insert("today")?, "today");
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
pub enum Entry<'a, K: AsHeaderName> {
    /// There is at least one line with the name.
    Occupied(OccupiedEntry<'a, K>),
    /// There is none.
    Vacant(VacantEntry<'a, K>),
}

/// The lines with a name; at least one.
pub struct OccupiedEntry<'a, K: AsHeaderName> {
    map: &'a mut HeaderMap,
    name: K,
    /// Invariant: the first line with the name.
    first: usize,
}

/// A valid name that no line has.
pub struct VacantEntry<'a, K: AsHeaderName> {
    map: &'a mut HeaderMap,
    /// Invariant: a valid name.
    name: K,
}

impl<'a, K: AsHeaderName> Entry<'a, K> {
    /// `name` must be valid, and `first` the first line that has it.
    pub(super) fn new(map: &'a mut HeaderMap, name: K, first: Option<usize>) -> Self {
        match first {
            Some(first) => Self::Occupied(OccupiedEntry { map, name, first }),
            None => Self::Vacant(VacantEntry { map, name }),
        }
    }

    /// The first value; where there is none, `default` is appended.
    ///
    /// # Errors
    ///
    /// What [`HeaderMap::append`] says.
    pub fn or_insert(self, default: impl AsHeaderValue) -> Result<Value<'a>, Error> {
        self.or_insert_with(|| default)
    }

    /// The same with a value that is only made where it is needed.
    ///
    /// # Errors
    ///
    /// What [`HeaderMap::append`] says.
    pub fn or_insert_with<V: AsHeaderValue>(
        self,
        default: impl FnOnce() -> V,
    ) -> Result<Value<'a>, Error> {
        match self {
            Self::Occupied(entry) => Ok(entry.into_value()),
            Self::Vacant(entry) => entry.insert(default()),
        }
    }

    /// The name as it is in the map, or as it was given where it is not.
    pub fn key(&self) -> Name<'_> {
        match self {
            Self::Occupied(entry) => entry.key(),
            Self::Vacant(entry) => entry.key(),
        }
    }
}

impl<'a, K: AsHeaderName> OccupiedEntry<'a, K> {
    /// Sets the only value, as [`HeaderMap::insert`] does, and returns how many it replaced.
    ///
    /// # Errors
    ///
    /// What [`HeaderMap::insert`] says.
    pub fn insert(&mut self, value: impl AsHeaderValue) -> Result<usize, Error> {
        self.map.replace(self.first, self.name.key(), value.bytes().as_ref(), value.is_sensitive())
    }

    /// Adds a line with the name at the end of the map.
    ///
    /// # Errors
    ///
    /// What [`HeaderMap::append`] says.
    pub fn append(&mut self, value: impl AsHeaderValue) -> Result<(), Error> {
        self.map.append_line(self.name.key(), value.bytes().as_ref(), value.is_sensitive())
    }

    /// Removes all lines with the name, and returns how many there were.
    pub fn remove(self) -> usize {
        self.map.remove_from(self.first, self.name.key())
    }

    /// The first value, for as long as the map is borrowed.
    #[must_use]
    pub fn into_value(self) -> Value<'a> {
        self.map.storage.value(self.first)
    }

    /// The first value.
    #[must_use]
    pub fn get(&self) -> Value<'_> {
        self.map.storage.value(self.first)
    }

    /// All values.
    #[must_use]
    pub fn iter(&self) -> GetAll<'_> {
        GetAll::new(self.map, Some(self.first))
    }

    /// The name as its first line spells it.
    #[must_use]
    pub fn key(&self) -> Name<'_> {
        self.map.storage.name(self.first)
    }
}

impl<'a, K: AsHeaderName> VacantEntry<'a, K> {
    /// Appends a line with the name, and returns its value.
    ///
    /// # Errors
    ///
    /// What [`HeaderMap::append`] says.
    pub fn insert(self, value: impl AsHeaderValue) -> Result<Value<'a>, Error> {
        self.map.append_line(self.name.key(), value.bytes().as_ref(), value.is_sensitive())?;
        Ok(self.map.storage.value(self.map.len() - 1))
    }

    /// The name as it was given.
    #[must_use]
    pub fn key(&self) -> Name<'_> {
        Name::validated(self.name.key()).expect("the invariant of the field")
    }
}
