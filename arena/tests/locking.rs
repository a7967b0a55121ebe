//! Arenas on a global allocator that allocates in the same arena, waits for other threads, or
//! refuses: a binary of its own, because a process has one global allocator. Each test but the last would
//! hang if a lock were held while the allocator runs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;
use std::sync::{Barrier, OnceLock};
use std::thread;

use ratoon_arena::{AllocError, Arena, SyncArena};

/// What the allocator does in the calls of one thread.
#[derive(Clone, Copy)]
enum Hook {
    Idle,
    /// Allocates in this arena, in each call.
    Reenter(&'static SyncArena),
    /// Allocates in this arena of the thread, in each call.
    ReenterOwn(&'static Arena),
    /// Allocates in this arena and then refuses, in each call.
    ReenterAndRefuse(&'static SyncArena),
    /// Waits here, twice, in the next call.
    Meet(&'static Barrier),
}

thread_local! {
    static HOOK: Cell<Hook> = const { Cell::new(Hook::Idle) };
    static REENTRANT_BYTES: Cell<usize> = const { Cell::new(0) };
}

struct Intruder;

impl Intruder {
    /// Counts a block of its own, and looks whether it is whole.
    fn note(block: &[u8]) {
        assert!(block.iter().all(|byte| *byte == 0xA5));
        REENTRANT_BYTES.set(REENTRANT_BYTES.get() + block.len());
    }

    /// Says whether memory is to be had.
    fn act() -> bool {
        // Idle while it acts, so that it does not recurse without end.
        match HOOK.replace(Hook::Idle) {
            Hook::Idle => true,
            hook @ (Hook::Reenter(arena) | Hook::ReenterAndRefuse(arena)) => {
                // Too large for a lane, so that both ways to the region are gone.
                for len in [24, 3000] {
                    Self::note(arena.alloc_slice_fill_with(len, |_| 0xA5));
                }
                HOOK.set(hook);
                matches!(hook, Hook::Reenter(_))
            }
            hook @ Hook::ReenterOwn(arena) => {
                for len in [24, 3000, 30_000] {
                    Self::note(arena.alloc_slice_fill_with(len, |_| 0xA5));
                }
                HOOK.set(hook);
                true
            }
            Hook::Meet(barrier) => {
                barrier.wait();
                barrier.wait();
                true
            }
        }
    }
}

// SAFETY: hands everything to the system's allocator, or returns null, which any allocation may.
unsafe impl GlobalAlloc for Intruder {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !Self::act() {
            return ptr::null_mut();
        }
        // SAFETY: the caller's promise is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        Self::act();
        // SAFETY: the caller's promise is the same.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !Self::act() {
            return ptr::null_mut();
        }
        // SAFETY: the caller's promise is the same.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Intruder = Intruder;

/// Runs `body` with the allocator of this thread doing what `hook` says.
fn with_hook<R>(hook: Hook, body: impl FnOnce() -> R) -> R {
    HOOK.set(hook);
    let result = body();
    HOOK.set(Hook::Idle);
    result
}

/// Blocks of all sizes, filled; returns their number of bytes after a look at all of them.
fn fill(arena: &SyncArena, byte: u8) -> usize {
    let sizes = [1, 8, 100, 700, 2048, 2049, 5000, 100_000];
    let blocks = (0..5).flat_map(|_| sizes).map(|len| arena.alloc_slice_fill_with(len, |_| byte));
    let mut blocks: [&mut [u8]; 40] = {
        let mut blocks = blocks;
        std::array::from_fn(|_| blocks.next().unwrap())
    };
    assert!(blocks.iter_mut().all(|block| block.iter().all(|found| *found == byte)));
    blocks.iter().map(|block| block.len()).sum()
}

#[test]
fn allocator_that_allocates_in_the_arena_it_serves() {
    static ARENA: OnceLock<SyncArena> = OnceLock::new();
    let arena = ARENA.get_or_init(SyncArena::new);
    let fill = || {
        let bytes = with_hook(Hook::Reenter(arena), || fill(arena, 1));
        (bytes, REENTRANT_BYTES.get())
    };
    let sums = [thread::spawn(fill), thread::spawn(fill)].map(|thread| thread.join().unwrap());
    for (bytes, reentrant) in sums {
        assert!(bytes > 500_000 && reentrant > 3000, "{bytes} and {reentrant}");
    }
    let all: usize = sums.iter().map(|(bytes, reentrant)| bytes + reentrant).sum();
    assert!(arena.used() >= all && arena.capacity() >= arena.used());
}

#[test]
fn allocator_that_allocates_in_the_arena_and_refuses() {
    static ARENA: OnceLock<SyncArena> = OnceLock::new();
    let arena = ARENA.get_or_init(SyncArena::new);
    arena.alloc(1_u8);
    let error = with_hook(Hook::ReenterAndRefuse(arena), || {
        (0..).find_map(|_| arena.try_alloc([7_u8; 700]).err()).unwrap().error
    });
    let AllocError::Memory { layout } = error else { panic!("{error:?}") };
    assert!(layout.size() > 3000, "{layout:?} is what the allocator was asked for");
    // It was asked for the chunk wished for, and then for a smaller one.
    assert_eq!(REENTRANT_BYTES.get(), 2 * 3024);
    assert_eq!(arena.alloc_str("usable"), "usable");
}

#[test]
fn allocator_that_allocates_in_the_arena_whose_large_blocks_shrink_and_go() {
    let owner = Box::into_raw(Box::new(Arena::builder().limit(1 << 20).build()));
    // SAFETY: it lives until the end of this test, and nothing of it is used after that.
    let arena: &'static Arena = unsafe { &*owner };
    let (kept, dropped) = with_hook(Hook::ReenterOwn(arena), || {
        let mut kept = arena.vec(20_000);
        // Larger than both chunks before it, or it would get a regular one.
        let mut dropped = allocator_api2::vec::Vec::with_capacity_in(60_000, arena);
        dropped.extend(0..1_000_u32);
        kept.extend(0..1_000);
        (kept.into_slice(), dropped.iter().sum::<u32>())
    });
    assert!(kept.iter().copied().eq(0..1_000) && dropped == kept.iter().sum::<u32>());
    let own = REENTRANT_BYTES.get();
    let used = arena.used();
    // One is gone. The other was no longer the last one made when it could have shrunk.
    assert!(used >= own + 4_000 && used <= own + 80_000 + 16, "{used}, {own} of the allocator's");
    let before = arena.used();
    let slice = with_hook(Hook::ReenterOwn(arena), || {
        let mut vec = arena.vec::<u8>(90_000);
        vec.push(1);
        vec.into_slice()
    });
    let own = REENTRANT_BYTES.get() - own;
    assert_eq!((slice.len(), arena.used() - before - own), (1, 1));
    // A block that shares a chunk makes that chunk as large as those before it together.
    let (capacity, high_water) = (arena.capacity(), arena.stats().high_water);
    assert!(arena.used() <= capacity && capacity < 2 * high_water, "{capacity}, {high_water}");
    assert!(arena.try_alloc_slice_fill_with((1 << 20) - arena.used() + 1, |_| 0_u8).is_err());
    arena.alloc_slice_fill_with((1 << 20) - arena.used(), |_| 0_u8);
    // SAFETY: made by `Box::into_raw`, and used for the last time above.
    drop(unsafe { Box::from_raw(owner) });
}

#[test]
fn slow_allocator_keeps_nobody_else_waiting() {
    static ARENA: OnceLock<SyncArena> = OnceLock::new();
    static GATE: OnceLock<Barrier> = OnceLock::new();
    let arena = ARENA.get_or_init(|| SyncArena::with_capacity(10_000));
    let gate = GATE.get_or_init(|| Barrier::new(2));
    let waiting = thread::spawn(move || {
        with_hook(Hook::Meet(gate), || arena.alloc_slice_fill_with(50_000, |_| 7_u8))
    });
    gate.wait();
    // The other one is in the allocator.
    let values: Vec<&mut u64> = (0..100).map(|i| arena.alloc(i)).collect();
    assert_eq!(arena.alloc_slice_fill_with(4000, |_| 9_u8).len(), 4000);
    arena.alloc_deferred(String::from("dropped by nobody: a static arena is not reset"));
    assert!((4800..10_000).contains(&arena.used()));
    assert_eq!(arena.stats().chunks, 1);
    gate.wait();
    assert!(waiting.join().unwrap().iter().all(|byte| *byte == 7));
    assert!(values.iter().enumerate().all(|(i, value)| **value == i as u64));
    assert_eq!(arena.stats().oversized, 1);
}

/// Runs `ask` on two threads, neither of which gets its chunk before both have ordered one.
fn both_order<R: Send + 'static>(
    gate: &'static Barrier,
    ask: impl Fn() -> R + Copy + Send + 'static,
) -> [R; 2] {
    let ask = move || with_hook(Hook::Meet(gate), ask);
    [thread::spawn(ask), thread::spawn(ask)].map(|thread| thread.join().unwrap())
}

#[test]
fn of_two_chunks_ordered_at_once_one_is_kept() {
    static ARENA: OnceLock<SyncArena> = OnceLock::new();
    static GATE: OnceLock<Barrier> = OnceLock::new();
    let arena = ARENA.get_or_init(SyncArena::new);
    let gate = GATE.get_or_init(|| Barrier::new(2));
    let [a, b] = both_order(gate, move || arena.alloc([1_u64; 8]));
    a.fill(2);
    b.fill(3);
    assert_eq!((*a, *b), ([2; 8], [3; 8]));
    let stats = arena.stats();
    assert_eq!((stats.chunks, stats.allocator_calls), (1, 3), "{stats:?}");
    assert_eq!(stats.used, 128);
    assert!(stats.capacity < 5000);
}

#[test]
fn both_chunks_are_kept_if_one_is_not_enough() {
    static ARENA: OnceLock<SyncArena> = OnceLock::new();
    static GATE: OnceLock<Barrier> = OnceLock::new();
    let arena = ARENA.get_or_init(SyncArena::new);
    let gate = GATE.get_or_init(|| Barrier::new(2));
    let [a, b] = both_order(gate, move || arena.alloc([1_u8; 3000]));
    a.fill(2);
    b.fill(3);
    assert_eq!((*a, *b), ([2; 3000], [3; 3000]));
    let stats = arena.stats();
    assert_eq!((stats.chunks, stats.allocator_calls, stats.used), (2, 2, 6000), "{stats:?}");
}

#[test]
fn limit_used_up_while_the_chunk_was_made() {
    static ARENAS: [OnceLock<SyncArena>; 3] = [const { OnceLock::new() }; 3];
    static GATES: [OnceLock<Barrier>; 3] = [const { OnceLock::new() }; 3];
    // For a lane, for the region, for a chunk of its own; the limit has room for one block of the two.
    for (i, (size, limit)) in [(600, 1000), (2500, 4000), (6000, 10_000)].into_iter().enumerate() {
        let arena = ARENAS[i].get_or_init(|| SyncArena::builder().limit(limit).build_sync());
        let gate = GATES[i].get_or_init(|| Barrier::new(2));
        let results = both_order(gate, move || {
            arena.try_alloc_slice_fill_with(size, |_| 7_u8).map(|block| block.len())
        });
        let (taken, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!(taken, [Ok(size)]);
        let [Err(AllocError::Limit { requested, used, limit: named })] = refused[..] else {
            panic!("{refused:?}")
        };
        assert_eq!((requested, named), (size, limit));
        assert!(used >= size && used + size > limit, "{used} in use");
        // What was made for the other one is released, and what the limit still allows is there.
        let stats = arena.stats();
        assert_eq!((stats.chunks + stats.oversized, stats.allocator_calls), (1, 3), "{stats:?}");
        assert_eq!(stats.used, size);
    }
}
