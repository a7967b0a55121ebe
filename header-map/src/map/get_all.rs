//! All values of one name.

use core::iter::FusedIterator;
use core::ops::Range;

use super::HeaderMap;
use crate::value::Value;

/// The values of one name, in order. See [`HeaderMap::get_all`].
#[derive(Clone)]
pub struct GetAll<'a> {
    map: &'a HeaderMap,
    /// A line with the name, or any number where `range` is empty.
    named: usize,
    /// Lines that were not looked at yet.
    range: Range<usize>,
}

impl<'a> GetAll<'a> {
    pub(crate) fn new(map: &'a HeaderMap, first: Option<usize>) -> Self {
        let range = first.map_or(0..0, |first| first..map.len());
        Self { map, named: range.start, range }
    }

    /// The same values again, as the type of this name in `http` has it.
    #[must_use]
    pub fn iter(&self) -> Self {
        self.clone()
    }
}

impl<'a> Iterator for GetAll<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.range.is_empty() {
            return None;
        }
        let name = self.map.storage.name(self.named);
        let found = self.map.storage.find(name.key(), self.range.clone());
        self.range.start = found.map_or(self.range.end, |at| at + 1);
        found.map(|at| self.map.storage.value(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.range.len()))
    }
}

impl DoubleEndedIterator for GetAll<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.range.is_empty() {
            return None;
        }
        let name = self.map.storage.name(self.named);
        let found = self.map.storage.rfind(name.key(), self.range.clone());
        self.range.end = found.unwrap_or(self.range.start);
        found.map(|at| self.map.storage.value(at))
    }
}

impl FusedIterator for GetAll<'_> {}
