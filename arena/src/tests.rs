//! Tests that see the arena from inside, so that they know where its chunks are.

mod arithmetic;
mod corpus;
#[path = "../fuzz/input.rs"]
mod input;
mod program;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::memory::Memory;
use crate::raw_vec::RawVec;
use crate::sync;
use crate::tests::program::{Op, Start};
use crate::{AllocError, Arena, Scope, SyncArena};

/// Whether `start..start + len` lies in one chunk of the arena.
fn is_inside(scope: &Scope<'_>, start: usize, len: usize) -> bool {
    scope.arena.region.holds(start, len)
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![
        4 => 0_usize..=64,
        3 => 65_usize..=1_024,
        2 => 1_025_usize..=5_000,
        1 => 5_001_usize..=40_000,
    ]
}

fn align_log2() -> impl Strategy<Value = u32> {
    prop_oneof![6 => 0_u32..=4, 1 => 5_u32..=13]
}

fn op() -> impl Strategy<Value = Op> {
    let flat = prop_oneof![
        6 => (size(), align_log2()).prop_map(|(size, align)| Op::Alloc { size, align }),
        3 => (any::<usize>(), size(), align_log2())
            .prop_map(|(which, by, align)| Op::Grow { which, by, align }),
        2 => (any::<usize>(), size(), align_log2())
            .prop_map(|(which, by, align)| Op::Shrink { which, by, align }),
        2 => any::<usize>().prop_map(|which| Op::Free { which }),
        1 => Just(Op::Defer),
        2 => (0_usize..200).prop_map(|len| Op::Text { len }),
        1 => (0_usize..300, 0_usize..20).prop_map(|(len, pieces)| Op::Build { len, pieces }),
        1 => Just(Op::Reset),
    ];
    flat.prop_recursive(3, 48, 12, |inner| vec(inner, 0..12).prop_map(Op::Child))
}

fn start() -> impl Strategy<Value = Start> {
    prop_oneof![
        Just(Start::New),
        (0_usize..10_000).prop_map(Start::Capacity),
        (0_usize..10_000).prop_map(Start::FirstChunk),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn placement_in_wide_arithmetic(
        cursor in prop_oneof![any::<usize>(), Just(1), usize::MAX - 20_000..=usize::MAX],
        room in prop_oneof![any::<usize>(), 0_usize..10_000],
        size in prop_oneof![any::<usize>(), 0_usize..10_000, Just(isize::MAX as usize)],
        align_log2 in 0_u32..usize::BITS,
    ) {
        arithmetic::check(cursor, room, size, align_log2);
    }

    #[test]
    fn program_of_random_operations(
        start in start(),
        limit in prop_oneof![3 => Just(usize::MAX), 1 => 0_usize..30_000],
        ops in vec(op(), 0..60),
    ) {
        program::check(start, limit, &ops, is_inside);
    }
}

#[test]
fn chunks_never_touch() {
    // Two chunks may be neighbours in memory. Were one's data to begin where the other's ends, the
    // last block of the first would look like one that can grow.
    let mut arena = Arena::with_capacity(4096);
    let scope = arena.scope();
    let mut ends = Vec::new();
    for _ in 0..64 {
        scope.alloc_slice_fill_with(4096, |_| 0_u8);
        let (start, end) = scope.arena.region.current_chunk();
        assert!(!ends.contains(&start));
        ends.push(end);
    }
}

#[test]
fn elements_without_size_counted_to_the_end() {
    fn check(memory: &impl Memory) {
        let mut slice = RawVec::try_with_capacity(memory, 0).unwrap();
        slice.try_append(&[(); usize::MAX]).unwrap();
        assert_eq!(slice.try_append(&[()]), Err(AllocError::Overflow));
        assert_eq!(slice.finish().len(), usize::MAX);
    }
    check(&Arena::new().region);
    let shared = SyncArena::new();
    shared.alloc(1_u8);
    check(&shared);
}

#[test]
fn numbers_of_threads() {
    let number = || {
        let assigned = sync::assign_thread_id().expect("there are enough");
        assert_eq!((sync::thread_id(), sync::assign_thread_id()), (assigned, Some(assigned)));
        assert_ne!(assigned, 0, "of a thread that has none");
        assigned
    };
    let mut numbers: Vec<_> =
        (0..10).map(|_| std::thread::spawn(number)).map(|thread| thread.join().unwrap()).collect();
    numbers.push(number());
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 11);
}
