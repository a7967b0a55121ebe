//! How much memory an arena keeps.

use std::alloc::Layout;

use allocator_api2::alloc::Allocator;
use ratoon_arena::{Arena, Reset};

const WORKING_SET: usize = 64 << 10;

fn request(arena: &mut Arena, bytes: usize) {
    let mut left = bytes;
    while left > 0 {
        let size = left.min(500);
        arena.alloc_slice_fill_with(size, |_| 1_u8);
        left -= size;
    }
    arena.reset();
}

/// An arena that has served `WORKING_SET` for a while.
fn warm() -> Arena {
    let mut arena = Arena::new();
    for _ in 0..200 {
        request(&mut arena, WORKING_SET);
    }
    arena
}

fn calls(arena: &Arena) -> u64 {
    arena.stats().allocator_calls
}

#[test]
fn steady_load_makes_no_allocator_call() {
    let mut arena = warm();
    let before = calls(&arena);
    for _ in 0..10_000 {
        request(&mut arena, WORKING_SET);
    }
    assert_eq!(calls(&arena), before);
    assert!(arena.capacity() <= 2 * WORKING_SET);
}

#[test]
fn twofold_jitter_makes_no_allocator_call() {
    let mut arena = warm();
    let mut state = 1_u64;
    let mut before = 0;
    for round in 0..10_000 {
        if round == 200 {
            before = calls(&arena);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let bytes = WORKING_SET / 2 + (state >> 33) as usize % (3 * WORKING_SET / 2);
        request(&mut arena, bytes);
    }
    assert_eq!(calls(&arena), before);
}

#[test]
fn overflow_becomes_one_chunk() {
    let mut arena = Arena::new();
    for i in 0..10_000_u64 {
        arena.alloc(i);
    }
    assert!(arena.stats().chunks > 1);
    arena.reset();
    for i in 0..10_000_u64 {
        arena.alloc(i);
    }
    assert_eq!(arena.stats().chunks, 1);
    assert!(arena.capacity() >= 80_000 && arena.capacity() < 160_000);
}

#[test]
fn one_outlier_block_is_forgotten() {
    let mut arena = warm();
    let before = calls(&arena);
    arena.alloc_slice_fill_with(64 << 20, |_| 0_u8);
    assert_eq!(arena.stats().oversized, 1);
    arena.reset();
    assert_eq!(arena.stats().oversized, 0);
    assert!(arena.retained_bytes() <= 2 * WORKING_SET);
    for _ in 0..200 {
        request(&mut arena, WORKING_SET);
    }
    assert_eq!(calls(&arena), before + 2, "one allocation and one free for the outlier itself");
}

#[test]
fn one_outlier_request_of_small_blocks_is_forgotten() {
    let mut arena = warm();
    request(&mut arena, 64 << 20);
    for _ in 0..64 {
        request(&mut arena, WORKING_SET);
    }
    assert!(arena.retained_bytes() <= 2 * WORKING_SET, "{:?}", arena.stats());
}

/// Also of an arena that has not seen a whole window of requests: what went before is usual to it.
#[test]
fn outlier_among_the_first_requests_is_forgotten() {
    for before in [1, 7, 23, 24] {
        let mut arena = Arena::new();
        for _ in 0..before {
            request(&mut arena, WORKING_SET);
        }
        request(&mut arena, 4 << 20);
        request(&mut arena, WORKING_SET);
        assert!(arena.capacity() <= 2 * WORKING_SET, "{:?}", arena.stats());
    }
}

#[test]
fn outliers_that_become_usual_are_kept() {
    let mut arena = warm();
    for _ in 0..100 {
        request(&mut arena, 1 << 20);
    }
    let before = calls(&arena);
    request(&mut arena, 1 << 20);
    assert_eq!(calls(&arena), before);
    for _ in 0..100 {
        request(&mut arena, WORKING_SET);
    }
    assert!(arena.retained_bytes() <= 2 * WORKING_SET);
}

#[test]
fn oversized_block_is_no_base_for_doubling() {
    let arena = Arena::new();
    arena.alloc(1_u8);
    let before = arena.capacity();
    arena.alloc_slice_fill_with(16 << 20, |_| 0_u8);
    while arena.stats().chunks < 2 {
        arena.alloc([0_u8; 64]);
    }
    let regular = arena.capacity() - (16 << 20);
    assert!(regular <= 4 * before, "{regular}");
}

#[test]
fn first_block_may_be_oversized() {
    let mut arena = Arena::new();
    arena.alloc_slice_fill_with(1 << 20, |_| 1_u8);
    let small = arena.alloc(7_u64);
    assert_eq!(*small, 7);
    let stats = arena.stats();
    assert_eq!((stats.chunks, stats.oversized), (1, 1));
    arena.reset();
    assert_eq!(arena.stats().oversized, 0);
}

#[test]
fn memory_released_before_reset_counts_as_used() {
    // A vector that is dropped releases the last block; the next request needs it again.
    let mut arena = Arena::new();
    let mut before = 0;
    for round in 0..300 {
        if round == 100 {
            before = calls(&arena);
        }
        let mut vec = allocator_api2::vec::Vec::new_in(&arena);
        vec.extend(0..20_000_u32);
        drop(vec);
        let mut scope = arena.scope();
        scope.child(|child| child.alloc_slice_fill_with(100_000, |_| 0_u8).len());
        assert!(round == 0 || scope.used() == 0);
        arena.reset();
    }
    assert_eq!(calls(&arena), before);
}

#[test]
fn idle_resets_cost_nothing() {
    let mut arena = Arena::new();
    for _ in 0..1000 {
        arena.reset();
    }
    let stats = arena.stats();
    assert_eq!((stats.allocator_calls, stats.capacity, stats.resets), (0, 0, 1000));
}

#[test]
fn capacity_that_is_not_used_is_released() {
    let mut arena = Arena::with_capacity(1 << 20);
    assert_eq!(calls(&arena), 1);
    for _ in 0..100 {
        request(&mut arena, 1000);
    }
    assert!(arena.capacity() <= 4096);
    assert!(calls(&arena) <= 4);
}

/// A limit below the first chunk makes the chunk smaller, and with it what is expected of a request.
#[test]
fn first_chunk_above_the_limit_is_kept() {
    let builder = Arena::builder().first_chunk(1 << 20).limit(8 << 10);
    let (mut arena, mut shared) = (builder.build(), builder.build_sync());
    for _ in 0..60 {
        arena.alloc_slice_fill_with(6 << 10, |_| 1_u8);
        arena.reset();
        shared.alloc_slice_fill_with(6 << 10, |_| 1_u8);
        shared.reset();
    }
    assert_eq!((calls(&arena), shared.stats().allocator_calls), (1, 1));
}

/// What alignment costs is no part of the capacity, but it is memory all the same.
#[test]
fn huge_alignment_is_forgotten() {
    const ALIGN: usize = 1 << 24;
    let mut arena = Arena::new();
    for _ in 0..3 {
        let layout = Layout::from_size_align(64, ALIGN).unwrap();
        assert!((&arena).allocate(layout).is_ok());
        arena.reset();
        assert_eq!(arena.capacity(), 0, "the chunk of more than 16 MiB is released");
    }
}

#[test]
fn steady_load_of_aligned_pages_makes_no_allocator_call() {
    #[repr(align(4096))]
    struct Page(#[expect(dead_code, reason = "only its size counts")] [u8; 4096]);
    let mut arena = Arena::new();
    for pages in [1, 8] {
        for round in 0..100 {
            let before = calls(&arena);
            for _ in 0..pages {
                arena.alloc_slice_fill_with(1, |_| Page([0; 4096]));
            }
            arena.reset();
            assert!(round < 60 || calls(&arena) == before, "{pages} pages, round {round}");
        }
    }
}

/// Blocks that are a little larger than the next chunk share chunks, as smaller ones do.
#[test]
fn blocks_just_above_the_next_chunk_share_chunks() {
    for size in [4032, 4033, 4096, 8065, 20_000, 1 << 20] {
        let (arena, shared) = (Arena::new(), Arena::builder().build_sync());
        for _ in 0..1000 {
            arena.alloc_slice_fill_with(size, |_| 1_u8);
            shared.alloc_slice_fill_with(size, |_| 1_u8);
        }
        let (alone, shared) = (calls(&arena), shared.stats().allocator_calls);
        assert!(alone <= 12 && shared <= 12, "{size}: {alone} and {shared} calls");
        assert!(arena.capacity() <= 3 * 1000 * size, "{size}: {}", arena.capacity());
    }
}

#[test]
fn outlier_in_blocks_above_the_next_chunk_makes_few_calls() {
    let mut arena = Arena::new();
    for _ in 0..200 {
        request(&mut arena, 20 << 10);
    }
    for _ in 0..3 {
        let before = calls(&arena);
        for _ in 0..1024 {
            arena.alloc_slice_fill_with(64 << 10, |_| 1_u8);
        }
        arena.reset();
        assert!(calls(&arena) - before <= 24, "{} calls", calls(&arena) - before);
        for _ in 0..100 {
            request(&mut arena, 20 << 10);
        }
        assert!(arena.capacity() <= 40 << 10);
    }
}

#[test]
fn padding_of_over_aligned_chunks_shows_in_the_figures() {
    const ALIGN: usize = 2 << 20;
    let layout = Layout::from_size_align(64, ALIGN).unwrap();
    let (arena, shared) = (Arena::new(), Arena::builder().build_sync());
    for _ in 0..10 {
        let block = (&arena).allocate(layout).unwrap();
        assert!((&shared).allocate(layout).is_ok());
        let chunks = arena.stats().chunks + arena.stats().oversized;
        assert!(arena.capacity() >= chunks * ALIGN, "{:?} {block:?}", arena.stats());
    }
    assert!(shared.capacity() >= ALIGN);
    assert_eq!(arena.capacity(), arena.stats().capacity);
    assert_eq!(arena.capacity(), arena.retained_bytes());
}

/// A large block has a chunk of its own, which is freed with it, or made shorter with it, before the
/// reset that asks for the high-water mark.
#[test]
fn large_vector_that_is_gone_by_the_reset_counts() {
    const LARGE: usize = 1 << 20;
    let mut arena = Arena::new();
    let mut vec = allocator_api2::vec::Vec::with_capacity_in(LARGE, &arena);
    vec.push(1_u8);
    vec.shrink_to_fit();
    drop(vec);
    assert_eq!(arena.used(), 0);
    assert_eq!(arena.stats().high_water, LARGE);
    arena.reset();
    arena.alloc(1_u8);
    assert!(arena.capacity() >= LARGE, "the mark sizes the next chunk: {:?}", arena.stats());
}

/// The retention's window counts the usual resets; the figures must not depend on where in it the arena is.
#[test]
fn figures_of_every_reset_at_every_phase_of_the_window() {
    let mut arena = Arena::new();
    let mut high_water = 0;
    for round in 0..500_u64 {
        let used = match round {
            130 => 100 << 10,
            301 => 1 << 20,
            _ => 1000 + (round as usize * 37) % 500,
        };
        high_water = high_water.max(used);
        request(&mut arena, used);
        let stats = arena.stats();
        assert_eq!((stats.resets, stats.high_water), (round + 1, high_water), "round {round}");
    }
}
