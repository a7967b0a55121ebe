//! What a thread takes from the arena at a time.

use super::*;

/// By how much the thread's leases grow, and what the limit still allows then, for 40,000 bytes one by one.
fn leases(arena: &SyncArena) -> Vec<(usize, usize)> {
    let (mut leases, mut before) = (Vec::new(), 0);
    for _ in 0..40_000 {
        let allowed = arena.limit() - before;
        arena.alloc(1_u8);
        let leased = arena.stats().high_water;
        if leased > before {
            leases.push((leased - before, allowed));
        }
        before = leased;
    }
    leases
}

#[test]
fn leases_grow_from_512_bytes_to_8_kib_and_with_a_limit_to_a_sixteenth_of_what_it_leaves() {
    // The first begins behind the first byte.
    let sizes: Vec<_> =
        leases(&SyncArena::with_capacity(1 << 20)).into_iter().map(|(size, _)| size).collect();
    assert_eq!((sizes[0], sizes[1], *sizes.last().unwrap()), (513, 1024, 8192));
    assert!(
        sizes.windows(2).all(|two| two[1] <= 8192 && (two[1] == 8192 || two[1] >= 2 * two[0] - 2))
    );
    assert!(sizes.len() <= 8, "{sizes:?}");

    let limited = SyncArena::builder().first_chunk(1 << 16).limit(1 << 16).build_sync();
    for (size, allowed) in &leases(&limited)[1..] {
        let share = (allowed / 16) & !15;
        assert!(*size <= share && (*size == share || *size >= 1024), "{size} of {allowed}");
    }
}

#[test]
fn blocks_above_2_kib_come_without_a_lease() {
    let leased = |bytes| {
        let arena = SyncArena::with_capacity(1 << 16);
        arena.alloc_slice_fill_with(bytes, |_| 0_u8);
        arena.stats().high_water
    };
    assert_eq!([leased(2048), leased(2049), leased(5000)], [2048 + 512, 2049, 5000]);
}

/// A vector of `first` bytes that grows to `len` where it is.
fn grown_in_place(arena: &SyncArena, first: usize, len: usize) -> ArenaVec<u8, &SyncArena> {
    let mut vec = ArenaVec::with_capacity_in(first, arena);
    vec.resize(first, 1);
    let start = vec.as_ptr();
    vec.try_reserve_exact(len - first).unwrap();
    vec.resize(len, 2);
    assert_eq!((vec.as_ptr(), vec.len(), vec[first - 1], vec[first]), (start, len, 1, 2));
    vec
}

#[test]
fn vector_that_grows_beyond_its_lease_in_place() {
    // No room for a copy, nor for a byte more.
    let arena = SyncArena::builder().first_chunk(1 << 16).limit(3000).build_sync();
    assert!(grown_in_place(&arena, 100, 3000).try_reserve_exact(1).is_err());
}

#[test]
fn vector_too_large_for_a_lease_that_grows_in_place() {
    let arena = SyncArena::builder().first_chunk(1 << 16).limit(9000).build_sync();
    let _vec = grown_in_place(&arena, 3000, 9000);
    assert_eq!(arena.used(), 9000);
}
