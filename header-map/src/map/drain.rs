//! Removing all lines while reading them.

use core::iter::FusedIterator;

use super::Iter;
use crate::name::Name;
use crate::storage::Storage;
use crate::value::Value;

/// The lines that were in a map, in the order of the wire. See [`HeaderMap::drain`].
///
/// The map is empty as soon as this exists: there is nothing left to do when it is dropped, and
/// nothing is left undone when it is forgotten.
///
/// [`HeaderMap::drain`]: crate::HeaderMap::drain
pub struct Drain<'a> {
    lines: Iter<'a>,
}

impl<'a> Drain<'a> {
    pub(super) fn new(storage: &'a mut Storage) -> Self {
        let len = storage.len();
        storage.forget();
        Self { lines: Iter::new(storage, len) }
    }

    pub(super) fn remaining(&self) -> &Iter<'a> {
        &self.lines
    }
}

impl<'a> Iterator for Drain<'a> {
    type Item = (Name<'a>, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.lines.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lines.size_hint()
    }
}

impl DoubleEndedIterator for Drain<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.lines.next_back()
    }
}

impl ExactSizeIterator for Drain<'_> {}
impl FusedIterator for Drain<'_> {}
