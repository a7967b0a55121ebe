//! Hash tables: cleared, table and hasher kept.

use std::collections::{HashMap, HashSet};

use crate::Reset;

/// Cleared; the table and the hasher are kept, the seed of a random one too. Nothing is asked of
/// key, value or hasher. `retained_bytes` is computed from the capacity: the table has a power of
/// two of buckets, at most 7/8 of them in use, each with one control byte.
impl<K, V, S> Reset for HashMap<K, V, S> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        table_bytes::<(K, V)>(self.capacity())
    }
}

/// Cleared, as a [`HashMap`] is.
impl<T, S> Reset for HashSet<T, S> {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        table_bytes::<T>(self.capacity())
    }
}

/// Bytes of a table that `capacity` entries of type `E` fit into.
#[inline]
fn table_bytes<E>(capacity: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    // 3 → 4, 7 → 8, 14 → 16, 28 → 32: one less than a power of two after the division. It cannot
    // overflow: `usize::MAX / 7` lies below the highest power of two.
    let buckets = (capacity.saturating_mul(8) / 7).next_power_of_two();
    buckets.saturating_mul(size_of::<E>() + 1)
}
