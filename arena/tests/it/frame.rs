//! Frames: built in one piece, patched after they moved, never showing what was there before.

use std::io::{self, Write as _};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use ratoon_arena::{AllocError, Arena};

/// An arena whose memory is full of another request's bytes.
fn dirty_arena() -> Arena {
    let mut arena = Arena::new();
    for _ in 0..3 {
        arena.alloc_slice_fill_with(3000, |_| 0xAA_u8);
        arena.reset();
    }
    arena
}

#[test]
fn header_payload_and_checksum_in_one_block() {
    let mut arena = dirty_arena();
    let mut scope = arena.scope();
    let mut frame = scope.frame(12 + 200 + 4);
    frame.put_u16(0xCAFE);
    let length = frame.slot();
    let id = frame.slot();
    frame.put_u16_le(0xCAFE);
    frame.put_slice(&[7; 200]);
    frame.fill(length, 200_u32.to_be_bytes());
    frame.fill(id, 9_u32.to_le_bytes());
    assert_eq!(frame.as_slice()[..6], [0xCA, 0xFE, 0, 0, 0, 200]);
    assert!(!frame.is_empty() && frame.as_slice().len() == 212);
    assert_eq!(format!("{frame:?}"), "Frame { len: 212, capacity: 216, .. }");
    let sum = frame.as_slice().iter().fold(0_u32, |sum, &byte| sum.wrapping_add(byte.into()));
    frame.put_u32(sum);
    assert_eq!(frame.len(), frame.capacity(), "reserved exactly");

    let message = frame.finish();
    assert_eq!(message[..12], [0xCA, 0xFE, 0, 0, 0, 200, 9, 0, 0, 0, 0xFE, 0xCA]);
    assert_eq!(message[12..212], [7; 200]);
    assert_eq!(message[212..], sum.to_be_bytes());
    assert_eq!(arena.used(), 216);
}

#[test]
fn frames_without_allocator_calls() {
    let mut arena = Arena::with_capacity(4096);
    let calls = arena.stats().allocator_calls;
    for _ in 0..1000 {
        let mut scope = arena.scope();
        for _ in 0..4 {
            let mut frame = scope.frame(300);
            frame.put_slice(&[1; 250]);
            assert_eq!(frame.finish().len(), 250);
        }
        arena.reset();
    }
    assert_eq!(arena.stats().allocator_calls, calls);
}

#[test]
fn slot_filled_after_the_frame_moved() {
    let mut arena = Arena::builder().first_chunk(64).build();
    let mut scope = arena.scope();
    let before = scope.alloc_str("what was there before");
    let mut frame = scope.frame(8);
    let first = frame.slot();
    let mut at = frame.as_slice().as_ptr();
    let mut moves = 0;
    for i in 0..1000 {
        frame.put_slice(&[i as u8; 8]);
        moves += usize::from(at != frame.as_slice().as_ptr());
        at = frame.as_slice().as_ptr();
    }
    assert!(moves > 0, "eight thousand bytes do not fit 64");
    let last = frame.slot();
    frame.fill(first, *b"head");
    frame.fill(last, *b"tail");
    let message = frame.finish();
    assert_eq!(message.len(), 4 + 8000 + 4);
    assert_eq!((&message[..4], &message[8004..]), (&b"head"[..], &b"tail"[..]));
    assert!(message[4..8004].chunks(8).enumerate().all(|(i, chunk)| chunk == [i as u8; 8]));
    assert_eq!(before, "what was there before");
}

#[test]
fn unfilled_slot_of_zeros() {
    let mut arena = dirty_arena();
    let mut scope = arena.scope();
    let mut frame = scope.frame(0);
    let _never_filled = frame.slot::<16>();
    let _nor_this = frame.slot::<100>();
    assert_eq!(frame.finish(), [0; 116]);
}

#[test]
fn slot_of_no_bytes() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut frame = scope.frame(0);
    let slot = frame.slot();
    assert!(frame.is_empty());
    frame.fill(slot, []);
    assert!(frame.finish().is_empty());
    assert_eq!(arena.used(), 0);
}

#[test]
fn slot_of_another_arena_refused_beyond_the_end() {
    let (mut ours, mut theirs) = (Arena::new(), Arena::new());
    let (mut our_scope, mut their_scope) = (ours.scope(), theirs.scope());
    let (mut ours, mut theirs) = (our_scope.frame(64), their_scope.frame(64));
    theirs.put_slice(b"padding");
    let foreign = theirs.slot();
    ours.put_slice(b"12345678");
    let outcome = catch_unwind(AssertUnwindSafe(|| ours.fill(foreign, *b"evil")));
    assert!(outcome.is_err());
    assert_eq!(ours.finish(), b"12345678");
}

#[test]
fn frame_dropped_half_way_releases_its_memory() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.alloc(1_u8);
    let mut frame = scope.frame(500);
    frame.put_slice(&[1; 100]);
    drop(frame);
    assert_eq!(scope.used(), 1);
    assert!(scope.frame(10).finish().is_empty());
    assert_eq!(scope.used(), 1);
}

/// A reservation that is larger than the next chunk gets one of its own. It is released like any other, or
/// a limit would be used up by what nobody uses.
#[test]
fn large_reservations_released() {
    const MOST: usize = 64 << 10;
    let mut arena = Arena::builder().limit(100 << 10).build();
    let mut scope = arena.scope();
    let before = scope.alloc_str("before");
    let mut messages = Vec::new();
    for i in 0..100_u8 {
        drop(scope.frame(MOST));
        let mut frame = scope.frame(MOST);
        let slot = frame.slot();
        frame.put_slice(&[i; 96]);
        frame.fill(slot, [!i; 4]);
        messages.push(frame.finish());
        assert_eq!(scope.used(), before.len() + 100 * messages.len());
    }
    for (i, message) in (0..).zip(&messages) {
        assert_eq!((&message[..4], &message[4..]), (&[!i; 4][..], &[i; 96][..]));
    }
    assert!(scope.frame(MOST).finish().is_empty());
    let rest = scope.limit() - scope.used();
    assert!(scope.try_alloc_slice_fill_with(rest + 1, |_| 0_u8).is_err());
    assert!(scope.try_alloc_slice_fill_with(rest, |_| 0_u8).is_ok(), "the limit is exact");
    assert_eq!(before, "before");
    let stats = arena.stats();
    assert!(stats.capacity < 2 * arena.limit(), "so is the memory: {stats:?}");
    assert!(stats.high_water > MOST, "what was reserved counts for the next chunk");
}

#[test]
fn forgotten_frame_that_only_leaks() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut frame = scope.frame(500);
    frame.put_slice(&[1; 100]);
    mem::forget(frame);
    let mut next = scope.frame(20);
    next.put_slice(b"unharmed");
    assert_eq!(next.finish(), b"unharmed");
    assert_eq!(arena.used(), 508);
    arena.reset();
    assert_eq!(arena.used(), 0);
}

#[test]
fn frame_in_a_child_scope() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let outer = scope.alloc_str("outer");
    let len = scope.child(|mut child| {
        let mut frame = child.frame(4);
        frame.put_slice(outer.as_bytes());
        assert!(frame.try_reserve(10_000).is_ok());
        frame.put_slice(&[0; 10_000]);
        let message = frame.finish();
        assert!(child.try_frame(10).is_ok());
        message.len()
    });
    assert_eq!(len, 10_005);
    assert_eq!(arena.used(), 5);
}

#[test]
fn limits_that_leave_the_frame_as_it_was() {
    let mut arena = Arena::builder().limit(100).build();
    let mut scope = arena.scope();
    assert!(matches!(scope.try_frame(101), Err(AllocError::Limit { .. })));
    assert!(matches!(scope.try_frame(usize::MAX), Err(AllocError::Overflow)));
    let mut frame = scope.frame(60);
    frame.put_slice(&[1; 60]);
    frame.try_put_slice(&[2; 40]).unwrap();
    assert!(matches!(frame.try_put_slice(&[3]), Err(AllocError::Limit { .. })));
    assert!(frame.try_slot::<1>().is_err());
    assert!(frame.try_reserve(1).is_err());
    let error = frame.write(&[3]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::OutOfMemory);
    assert!(error.get_ref().unwrap().downcast_ref::<AllocError>().is_some());
    assert!(write!(&mut frame as &mut dyn std::fmt::Write, "x").is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| frame.put_u8(3))).is_err());
    let message = frame.finish();
    assert_eq!((message.len(), message[59], message[60]), (100, 1, 2));
    assert_eq!(arena.used(), 100);
}

#[test]
fn writers_and_integers() {
    let mut arena = dirty_arena();
    let mut scope = arena.scope();
    let mut frame = scope.frame(1);
    io::Write::write_all(&mut frame, b"io ").unwrap();
    io::Write::flush(&mut frame).unwrap();
    std::fmt::Write::write_fmt(&mut frame, format_args!("{:03} ", 7)).unwrap();
    frame.put_u8(1);
    frame.put_i16(-2);
    frame.put_u64_le(3);
    frame.put_i128(-1);
    let message = frame.finish();
    assert_eq!(message[..7], *b"io 007 ");
    assert_eq!(message[7..10], [1, 0xFF, 0xFE]);
    assert_eq!(message[10..18], [3, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(message[18..], [0xFF; 16]);
}

#[test]
fn frame_kept_across_await() {
    async fn build<'a>(scope: &mut ratoon_arena::Scope<'a>) -> &'a [u8] {
        let mut frame = scope.frame(4);
        for i in 0..100 {
            frame.put_u8(i);
            tokio::task::yield_now().await;
        }
        frame.finish()
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let task = runtime.spawn(async {
        let mut arena = Arena::new();
        let mut scope = arena.scope();
        build(&mut scope).await.iter().map(|&byte| u32::from(byte)).sum::<u32>()
    });
    assert_eq!(runtime.block_on(task).unwrap(), 4950);
}

#[cfg(feature = "bytes")]
#[test]
fn buf_mut_that_shows_nothing_unwritten() {
    use bytes::{Buf, BufMut};
    let mut arena = dirty_arena();
    let mut scope = arena.scope();
    let mut frame = scope.frame(2);
    BufMut::put_u32(&mut frame, 7);
    frame.put(&b"a source"[..]);
    frame.put((&b"two "[..]).chain(&b"pieces"[..]));
    frame.put_bytes(0x11, 3);
    assert!(frame.chunk_mut().len() > 0);
    assert_eq!(frame.remaining_mut(), isize::MAX as usize - frame.len());
    let len = frame.len();
    let spare = frame.chunk_mut();
    spare[..2].copy_from_slice(b"ok");
    // SAFETY: two bytes were written just now.
    unsafe { frame.advance_mut(2) };
    assert_eq!(frame.len(), len + 2);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: refused before anything is shown: there is not so much room.
        unsafe { frame.advance_mut(1 << 20) }
    }));
    assert!(outcome.is_err());
    assert_eq!(frame.finish(), b"\0\0\0\x07a sourcetwo pieces\x11\x11\x11ok");
}

#[derive(Clone, Debug)]
enum Op {
    Put(Vec<u8>),
    Slot,
    Fill(usize, [u8; 4]),
    Reserve(usize),
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        4 => prop::collection::vec(any::<u8>(), 0..200).prop_map(Op::Put),
        2 => Just(Op::Slot),
        2 => (any::<usize>(), any::<[u8; 4]>()).prop_map(|(i, bytes)| Op::Fill(i, bytes)),
        1 => (0_usize..3000).prop_map(Op::Reserve),
    ];
    prop::collection::vec(op, 0..60)
}

proptest! {
    /// A frame holds what a `Vec` would, in arenas with every kind of chunk behind them.
    #[test]
    fn frame_like_a_vector(
        first_chunk in 0_usize..600,
        capacity in 0_usize..600,
        before in 0_usize..600,
        ops in ops(),
    ) {
        let mut arena = Arena::builder().first_chunk(first_chunk).build();
        let mut scope = arena.scope();
        let neighbour = scope.alloc_slice_fill_with(before, |i| i as u8);
        let mut frame = scope.frame(capacity);
        let mut model = Vec::new();
        let mut slots = Vec::new();
        for op in ops {
            match op {
                Op::Put(bytes) => {
                    frame.put_slice(&bytes);
                    model.extend(bytes);
                }
                Op::Slot => {
                    slots.push((frame.slot::<4>(), model.len()));
                    model.extend([0; 4]);
                }
                Op::Fill(i, bytes) if !slots.is_empty() => {
                    let (slot, at) = slots.swap_remove(i % slots.len());
                    frame.fill(slot, bytes);
                    model[at..at + 4].copy_from_slice(&bytes);
                }
                Op::Fill(..) => {}
                Op::Reserve(additional) => frame.try_reserve(additional).unwrap(),
            }
            prop_assert_eq!(frame.as_slice(), &model);
        }
        prop_assert_eq!(frame.finish(), &model);
        prop_assert!(neighbour.iter().enumerate().all(|(i, &byte)| byte == i as u8));
    }
}
