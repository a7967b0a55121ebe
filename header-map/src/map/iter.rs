//! Iteration over lines, names and values.

use core::iter::FusedIterator;
use core::ops::Range;

use super::HeaderMap;
use crate::name::Name;
use crate::storage::Storage;
use crate::value::Value;

/// The lines of a map in the order of the wire. See [`HeaderMap::iter`].
#[derive(Clone)]
pub struct Iter<'a> {
    storage: &'a Storage,
    range: Range<usize>,
}

/// The distinct names of a map. See [`HeaderMap::keys`].
#[derive(Clone)]
pub struct Keys<'a> {
    map: &'a HeaderMap,
    range: Range<usize>,
}

/// The values of a map in the order of the wire. See [`HeaderMap::values`].
#[derive(Clone)]
pub struct Values<'a> {
    lines: Iter<'a>,
}

impl<'a> Iter<'a> {
    #[inline]
    pub(crate) fn new(storage: &'a Storage, len: usize) -> Self {
        Self { storage, range: 0..len }
    }

    #[inline]
    fn line(&self, at: usize) -> (Name<'a>, Value<'a>) {
        (self.storage.name(at), self.storage.value(at))
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = (Name<'a>, Value<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.range.next().map(|at| self.line(at))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.range.next_back().map(|at| self.line(at))
    }
}

impl ExactSizeIterator for Iter<'_> {}
impl FusedIterator for Iter<'_> {}

impl<'a> Keys<'a> {
    pub(super) fn new(map: &'a HeaderMap) -> Self {
        Self { map, range: map.all() }
    }

    /// The name of a line, if no line before it has the same.
    fn first(&self, at: usize) -> Option<Name<'a>> {
        let name = self.map.storage.name(at);
        (self.map.find(name.key(), 0..at).is_none()).then_some(name)
    }
}

impl<'a> Iterator for Keys<'a> {
    type Item = Name<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.range.next()?;
            if let Some(name) = self.first(at) {
                return Some(name);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.range.len()))
    }
}

impl DoubleEndedIterator for Keys<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.range.next_back()?;
            if let Some(name) = self.first(at) {
                return Some(name);
            }
        }
    }
}

impl FusedIterator for Keys<'_> {}

impl<'a> Values<'a> {
    pub(super) fn new(lines: Iter<'a>) -> Self {
        Self { lines }
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.lines.next().map(|(_, value)| value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lines.size_hint()
    }
}

impl DoubleEndedIterator for Values<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.lines.next_back().map(|(_, value)| value)
    }
}

impl ExactSizeIterator for Values<'_> {}
impl FusedIterator for Values<'_> {}

impl<'a> IntoIterator for &'a HeaderMap {
    type Item = (Name<'a>, Value<'a>);
    type IntoIter = Iter<'a>;

    #[inline]
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}
