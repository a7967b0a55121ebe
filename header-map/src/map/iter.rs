//! Iteration over lines, names and values.

use core::iter::{FusedIterator, Zip};
use core::ops::Range;
use core::slice;

use super::HeaderMap;
use crate::name::Name;
use crate::storage::{Entry, Row, Storage};
use crate::value::Value;

/// The lines of a map in the order of the wire. See [`HeaderMap::iter`].
#[derive(Clone)]
pub struct Iter<'a> {
    lines: Zip<slice::Iter<'a, u8>, slice::Iter<'a, Row>>,
    bytes: &'a [u8],
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
        let (tags, entries, bytes) = storage.described(len);
        Self { lines: tags.iter().zip(entries), bytes }
    }
}

/// The line that a tag and an entry describe.
#[inline]
fn line<'a>(bytes: &'a [u8], (tag, entry): (&u8, &Row)) -> (Name<'a>, Value<'a>) {
    let entry = Entry::read(entry);
    let value = Value::new(&bytes[entry.value()], entry.is_sensitive());
    #[expect(unsafe_code, reason = "names of lines are ASCII by rule 4")]
    // SAFETY: rule 4 of the storage: the line is live, or a drain reads it before anything writes over it.
    let name = unsafe { Name::new(&bytes[entry.name()], *tag) };
    (name, value)
}

impl<'a> Iterator for Iter<'a> {
    type Item = (Name<'a>, Value<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.lines.next().map(|described| line(self.bytes, described))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lines.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.lines.nth(n).map(|described| line(self.bytes, described))
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        self.lines.fold(init, |sum, described| f(sum, line(self.bytes, described)))
    }
}

impl DoubleEndedIterator for Iter<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.lines.next_back().map(|described| line(self.bytes, described))
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
        (self.map.storage.find(name.key(), 0..at).is_none()).then_some(name)
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

/// Yields what `&` yields: no bytes of a map can be written to.
impl<'a> IntoIterator for &'a mut HeaderMap {
    type Item = (Name<'a>, Value<'a>);
    type IntoIter = Iter<'a>;

    #[inline]
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a HeaderMap {
    type Item = (Name<'a>, Value<'a>);
    type IntoIter = Iter<'a>;

    #[inline]
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}
