//! `Reset` for the types of core, alloc and std, and behind features for those of other crates.

mod core;

#[cfg(feature = "alloc")]
mod alloc;
#[cfg(feature = "std")]
mod std;

mod foreign;

/// Bytes of a hash table of `hashbrown`, on which `std` builds too, that has room for `capacity`
/// entries of type `E`: a power of two of buckets, at least 4 and at most 7/8 of them in use, each with
/// a control byte.
#[cfg(any(feature = "std", feature = "hashbrown", feature = "indexmap"))]
#[inline]
fn table_bytes<E>(capacity: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    // 3 → 4, 4 → 8, 7 → 8, 14 → 16, 15 → 32. It cannot overflow: `usize::MAX / 7 + 1` lies below the
    // highest power of two.
    let buckets = capacity.saturating_mul(8).div_ceil(7).next_power_of_two().max(4);
    buckets.saturating_mul(size_of::<E>() + 1)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::table_bytes;

    /// Also of capacities that no table has after `clear`, but between a removal and a reset.
    #[test]
    fn buckets_of_a_table_at_every_capacity() {
        for (capacity, buckets) in [
            (0, 0),
            (1, 4),
            (3, 4),
            (4, 8),
            (5, 8),
            (7, 8),
            (8, 16),
            (13, 16),
            (14, 16),
            (15, 32),
            (28, 32),
            (29, 64),
            (56, 64),
            (57, 128),
        ] {
            assert_eq!(table_bytes::<u64>(capacity), buckets * 9, "capacity {capacity}");
        }
        assert_eq!(table_bytes::<u64>(usize::MAX), usize::MAX);
    }
}
