//! Sizes and alignments at the edges.

use std::alloc::Layout;

use allocator_api2::alloc::Allocator;
use ratoon_arena::{AllocError, Arena};

fn arenas() -> [Arena; 4] {
    let warm = Arena::new();
    warm.alloc(1_u8);
    [Arena::new(), warm, Arena::with_capacity(100), Arena::builder().limit(1 << 20).build()]
}

#[test]
fn size_that_would_wrap_the_cursor() {
    for arena in arenas() {
        let used = arena.used();
        for back in [0, 1, 7, 15, 16, 100, 4096] {
            let layout = Layout::from_size_align(isize::MAX as usize - back, 1).unwrap();
            assert!((&arena).allocate(layout).is_err());
        }
        assert_eq!(arena.used(), used);
        arena.alloc(2_u8);
    }
}

#[test]
fn length_that_overflows() {
    let arena = Arena::new();
    let len = isize::MAX as usize / 8 + 1;
    let error = arena.try_alloc_slice_fill_with(len, |_| 0_u64).unwrap_err();
    assert_eq!(error, AllocError::Overflow);
}

#[test]
fn alignment_far_above_size() {
    for arena in arenas() {
        for log2 in 0..=20 {
            let layout = Layout::from_size_align(1, 1 << log2).unwrap();
            if let Ok(block) = (&arena).allocate(layout) {
                assert_eq!(block.cast::<u8>().addr().get() % (1 << log2), 0);
                // SAFETY: a block of one byte.
                unsafe { block.cast::<u8>().write(7) };
            } else {
                assert_eq!(arena.limit(), 1 << 20);
            }
        }
    }
}

#[test]
fn no_bytes_at_a_huge_alignment() {
    for arena in arenas() {
        for log2 in 0..usize::BITS - 1 {
            let layout = Layout::from_size_align(0, 1 << log2).unwrap();
            let block = (&arena).allocate(layout).unwrap();
            assert_eq!(block.cast::<u8>().addr().get() % (1 << log2), 0);
        }
        let (chunks, used) = (arena.stats().chunks, arena.used());
        assert!(chunks <= 1 && used < 1 << 20);
    }
}

#[test]
fn odd_sizes_up_to_the_end_of_a_chunk() {
    for size in 1..100 {
        let arena = Arena::with_capacity(4096);
        let capacity = arena.capacity();
        for _ in 0..capacity / size {
            arena.alloc_slice_fill_with(size, |i| i as u8);
        }
        assert_eq!(arena.stats().chunks, 1);
        arena.alloc_slice_fill_with(capacity % size, |i| i as u8);
        assert_eq!((arena.stats().chunks, arena.used()), (1, capacity));
        arena.alloc(0_u8);
        assert_eq!(arena.stats().chunks, 2);
    }
}

#[test]
fn every_strong_alignment_at_every_offset() {
    for offset in 0..40 {
        for log2 in 0..=12 {
            let arena = Arena::with_capacity(8192);
            arena.alloc_slice_fill_with(offset, |_| 0_u8);
            let layout = Layout::from_size_align(3, 1 << log2).unwrap();
            let block = (&arena).allocate(layout).unwrap().cast::<u8>();
            assert_eq!(block.addr().get() % (1 << log2), 0);
        }
    }
}
