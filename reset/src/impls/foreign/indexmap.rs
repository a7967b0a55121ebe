//! `indexmap`.

use indexmap::{IndexMap, IndexSet};

use crate::impls::table_bytes;
use crate::{Capacity, Reset};

/// Cleared; entries, table and hasher are kept.
impl<K, V, S> Reset for IndexMap<K, V, S> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        bytes_of::<(usize, K, V)>(self.capacity())
    }
}

/// Cleared; entries, table and hasher are kept.
impl<T, S> Reset for IndexSet<T, S> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        bytes_of::<(usize, T)>(self.capacity())
    }
}

/// Entries with their hashes, and a table of their indices.
fn bytes_of<E>(capacity: usize) -> usize {
    capacity.saturating_mul(size_of::<E>()).saturating_add(table_bytes::<usize>(capacity))
}

// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
impl<K, V, S> Capacity for IndexMap<K, V, S> {
    #[inline]
    fn capacity(&self) -> usize {
        IndexMap::capacity(self)
    }

    #[inline]
    fn shrink_to(&mut self, max: usize) {
        IndexMap::shrink_to(self, max);
    }
}

#[diagnostic::do_not_recommend]
impl<T, S> Capacity for IndexSet<T, S> {
    #[inline]
    fn capacity(&self) -> usize {
        IndexSet::capacity(self)
    }

    #[inline]
    fn shrink_to(&mut self, max: usize) {
        IndexSet::shrink_to(self, max);
    }
}
