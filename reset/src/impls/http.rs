//! `http::HeaderMap` and `http::Extensions`.

use http::header::HeaderName;
use http::{Extensions, HeaderMap};

use crate::Reset;

/// What an entry of a header map holds beside name and value: a padded hash (8), links to further
/// values of the same name (24), and its share of the index (4 bytes for each 3/4 of an entry).
const ENTRY_OVERHEAD_BYTES: usize = 37;

/// Cleared, capacity kept; a map that went into its collision-resistant mode leaves it.
/// `retained_bytes` is an estimate from the capacity and does not know the list of further values.
/// If the `Drop` of a value panics, the map must not be used again.
impl<T> Reset for HeaderMap<T> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        let entry = size_of::<HeaderName>() + size_of::<T>() + ENTRY_OVERHEAD_BYTES;
        self.capacity().saturating_mul(entry)
    }
}

/// Cleared: every value is dropped. The table is kept, and counts 0: its capacity cannot be asked.
impl Reset for Extensions {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }
}
