//! The limit on bytes in use.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ratoon_arena::{AllocError, Arena, Rejected};

#[test]
fn limit_hit_exactly() {
    for limit in [1, 7, 16, 100, 4095, 4096, 4097, 100_000] {
        for step in [1, 3, 16, 1000] {
            let arena = Arena::builder().limit(limit).build();
            for _ in 0..limit / step {
                arena.try_alloc_slice_fill_with(step, |_| 1_u8).unwrap();
            }
            arena.try_alloc_slice_fill_with(limit % step, |_| 1_u8).unwrap();
            assert_eq!(arena.used(), limit);
            let error = arena.try_alloc(1_u8).unwrap_err().error;
            assert_eq!(
                error.to_string(),
                format!("1 bytes exceed the arena's limit: {limit} of {limit} bytes are in use")
            );
            arena.try_alloc(()).unwrap();
        }
    }
}

#[test]
fn limit_of_words_hit_exactly() {
    let arena = Arena::builder().limit(800).build();
    for i in 0..100_u64 {
        arena.try_alloc(i).unwrap();
    }
    assert!(arena.try_alloc(100_u64).is_err());
    assert!(arena.try_alloc(1_u8).is_err());
}

#[test]
fn over_aligned_block_as_large_as_the_limit() {
    #[derive(Clone, Copy)]
    #[repr(align(256))]
    struct Page(#[expect(dead_code, reason = "only its size counts")] [u8; 1024]);
    let arena = Arena::builder().limit(1024).build();
    arena.try_alloc(Page([0; 1024])).unwrap();
    assert_eq!(arena.used(), 1024);
}

#[test]
fn limit_kept_across_reset() {
    let mut arena = Arena::builder().limit(1000).build();
    for _ in 0..100 {
        arena.try_alloc_slice_copy(&[0_u8; 600]).unwrap();
        arena.try_alloc_slice_copy(&[0_u8; 400]).unwrap();
        assert!(arena.try_alloc(0_u8).is_err());
        arena.reset();
        assert_eq!(arena.limit(), 1000);
    }
}

#[test]
fn limit_counts_oversized_blocks() {
    let mut arena = Arena::builder().limit(100_000).build();
    for _ in 0..3 {
        arena.alloc_slice_copy(&[0_u8; 1000]);
        arena.try_alloc_slice_fill_with(98_000, |_| 0_u8).unwrap();
        arena.try_alloc_slice_copy(&[0_u8; 1000]).unwrap();
        assert!(arena.try_alloc(0_u8).is_err());
        assert_eq!(arena.used(), 100_000);
        arena.reset();
    }
}

#[test]
fn limit_in_child_scopes() {
    let mut arena = Arena::builder().limit(10_000).build();
    let mut scope = arena.scope();
    for _ in 0..10 {
        scope.child(|mut child| {
            child.try_alloc_slice_fill_with(6000, |_| 0_u8).unwrap();
            child.child(|inner| inner.try_alloc_slice_fill_with(4000, |_| 0_u8).map(drop)).unwrap();
            child.try_alloc_slice_fill_with(4000, |_| 0_u8).unwrap();
            assert!(child.try_alloc(0_u8).is_err());
        });
    }
    assert_eq!(scope.used(), 0);
}

#[test]
fn limit_of_nothing() {
    let mut arena = Arena::builder().limit(0).build();
    arena.try_alloc(()).unwrap();
    assert!(arena.try_alloc(1_u8).is_err());
    arena.reset();
    assert_eq!(arena.stats().allocator_calls, 0);
}

#[test]
fn memory_bounded_by_the_limit() {
    let arena = Arena::builder().limit(100).build();
    arena.alloc_slice_copy(&[0_u8; 60]);
    assert!(arena.capacity() < 200);
}

#[test]
fn text_and_collections_up_to_the_limit() {
    let arena = Arena::builder().limit(100).build();
    let text = "x".repeat(99);
    arena.try_alloc_fmt(format_args!("{text}{}", 1)).unwrap();
    assert_eq!(arena.used(), 100);
    let arena = Arena::builder().limit(100).build();
    assert!(arena.try_alloc_fmt(format_args!("{text}{}", 12)).is_err());
    assert_eq!(arena.used(), 0, "what was written of it is released");
    let arena = Arena::builder().limit(100).build();
    arena.try_alloc_slice_fill_iter((0..100).filter(|_| true).map(|i| i as u8)).unwrap();
    assert_eq!(arena.used(), 100);
}

#[test]
fn value_handed_back() {
    let arena = Arena::builder().limit(4).build();
    let rejected = arena.try_alloc_box(String::from("boxed")).unwrap_err();
    assert_eq!(rejected.to_string(), rejected.error.to_string());
    assert_eq!(format!("{rejected:?}"), format!("Rejected {{ error: {:?}, .. }}", rejected.error));
    let Rejected { value, .. } = rejected;
    assert_eq!(value, "boxed");
    let Rejected { value, error, .. } = arena.try_alloc_deferred(vec![1, 2]).unwrap_err();
    assert_eq!(value, [1, 2]);
    assert!(matches!(error, AllocError::Limit { used: 0, limit: 4, .. }));
    let question_mark = || -> Result<(), AllocError> {
        arena.try_alloc(1_u64)?;
        Ok(())
    };
    assert!(question_mark().is_err());
}

#[test]
fn panic_that_names_the_limit() {
    let arena = Arena::builder().limit(10).build();
    let payload =
        catch_unwind(AssertUnwindSafe(|| arena.alloc_str("eleven byte").len())).unwrap_err();
    let message = payload.downcast_ref::<String>().unwrap();
    assert!(message.contains("11 bytes exceed the arena's limit"), "{message}");
    assert_eq!(arena.alloc_str("ten bytes!"), "ten bytes!");
}

/// A panic for want of room drops the value that it could not place, as that of `Vec::push` does.
#[test]
fn value_dropped_by_the_panic_that_refuses_it() {
    let (arena, shared) =
        (Arena::builder().limit(4).build(), Arena::builder().limit(4).build_sync());
    let counted = Arc::new([0_u8; 8]);
    let refused = |place: &dyn Fn(Arc<[u8; 8]>)| {
        let value = Arc::clone(&counted);
        assert!(catch_unwind(AssertUnwindSafe(|| place(value))).is_err());
        assert_eq!(Arc::strong_count(&counted), 1);
    };
    refused(&|value| drop(arena.alloc_box(value)));
    refused(&|value| drop(shared.alloc_box(value)));
    refused(&|value| {
        arena.alloc_deferred(value);
    });
    refused(&|value| {
        shared.alloc_deferred(value);
    });
}

#[test]
fn rest_of_a_chunk_beside_a_block_in_a_chunk_of_its_own() {
    let arena = Arena::builder().limit(100_000).build();
    arena.alloc(1_u8);
    arena.alloc_slice_copy(&[2_u8; 50_000]);
    arena.alloc_slice_copy(&[3_u8; 1_000]);
    let stats = arena.stats();
    assert_eq!((stats.used, stats.chunks, stats.oversized), (51_001, 1, 1));
}

#[test]
fn large_block_that_was_shortened_in_place_is_released_whole() {
    let arena = Arena::builder().limit(250_000).build();
    let large = |bytes| {
        let mut vec: allocator_api2::vec::Vec<u8, &Arena> =
            allocator_api2::vec::Vec::new_in(&arena);
        vec.try_reserve_exact(bytes).unwrap();
        vec.push(1);
        vec
    };
    for _ in 0..3 {
        // The second is too large to share a chunk with blocks like the first.
        let (mut below, above) = (large(100_000), large(120_000));
        below.shrink_to_fit();
        drop(above);
        assert_eq!(arena.used(), 100_000);
        drop(below);
        assert_eq!((arena.used(), arena.capacity()), (0, 0));
    }
}
