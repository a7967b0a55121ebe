//! What threads share in a `SyncArena`: who owns which lane, the region behind the lock, the list of
//! deferred drops.

use std::sync::Arc;

use allocator_api2::vec::Vec;
use ratoon_arena::{AllocError, SyncArena};

use super::probe::{Log, Probe};
use super::thread::spawn;

/// A chunk or limit that two threads exhaust with few blocks.
const SMALL: usize = 4 * WORD;

const WORD: usize = size_of::<u64>();

/// Where a block lies, and what its owner wrote into it.
type Block = (usize, u64);

fn alloc(arena: &SyncArena, value: u64) -> Block {
    let block = arena.alloc(value);
    (std::ptr::from_ref(block).addr(), value)
}

/// The same `count` times; each value still stands there when the last is written.
fn alloc_many<const N: usize>(arena: &SyncArena, owner: u64) -> [Block; N] {
    let values: [u64; N] = std::array::from_fn(|i| owner * 100 + i as u64);
    let blocks = values.map(|value| arena.alloc(value));
    assert_eq!(blocks.each_ref().map(|block| **block), values, "a block was written by another");
    std::array::from_fn(|i| (std::ptr::from_ref(&*blocks[i]).addr(), values[i]))
}

/// An arena that may hand out four words, and so lends no thread more than it asks for.
fn exact() -> SyncArena {
    SyncArena::builder().first_chunk(SMALL).limit(SMALL).build_sync()
}

/// A text that is a word at first and grows by another.
fn write_in_two(arena: &SyncArena) -> &str {
    // Literals in the format would be joined by the compiler.
    let (first, second) = ("12345678", "abcdefgh");
    arena.alloc_fmt(format_args!("{first}{second}"))
}

/// No two blocks share a byte.
#[track_caller]
fn assert_disjoint<'a>(blocks: impl IntoIterator<Item = &'a Block>) {
    let mut addresses: std::vec::Vec<usize> = blocks.into_iter().map(|block| block.0).collect();
    addresses.sort_unstable();
    for pair in addresses.windows(2) {
        assert!(pair[1] - pair[0] >= WORD, "blocks overlap: {addresses:x?}");
    }
}

/// Two threads take all of a chunk and not a byte more.
pub(crate) fn disjoint_ranges_at_exact_fill() {
    let arena = Arc::new(exact());
    let a = spawn({
        let arena = Arc::clone(&arena);
        move || alloc_many::<2>(&arena, 1)
    });
    let mine = alloc_many::<2>(&arena, 2);
    let theirs = a.join().unwrap();
    assert_disjoint(mine.iter().chain(&theirs));
    let stats = arena.stats();
    assert_eq!((stats.used, stats.chunks), (SMALL, 1));
}

/// Two threads take more than a chunk has.
pub(crate) fn disjoint_ranges_at_overshoot() {
    let arena = Arc::new(SyncArena::with_capacity(SMALL));
    let a = spawn({
        let arena = Arc::clone(&arena);
        move || alloc_many::<3>(&arena, 1)
    });
    let mine = alloc_many::<3>(&arena, 2);
    let theirs = a.join().unwrap();
    assert_disjoint(mine.iter().chain(&theirs));
    let stats = arena.stats();
    assert_eq!((stats.used, stats.chunks), (6 * WORD, 2));
}

/// More threads than lanes: each lane has one owner, and who has none goes to the region.
pub(crate) fn lanes_claimed_by_more_threads_than_there_are() {
    let arena = Arc::new(SyncArena::with_capacity(4096));
    let threads = [1, 2].map(|owner| {
        let arena = Arc::clone(&arena);
        spawn(move || alloc_many::<2>(&arena, owner))
    });
    let mine = alloc_many::<2>(&arena, 3);
    let theirs = threads.map(|thread| thread.join().unwrap());
    assert_disjoint(theirs.iter().flatten().chain(&mine));
    let stats = arena.stats();
    assert_eq!((stats.used, stats.chunks), (6 * WORD, 1));
}

/// Of the threads that find a chunk exhausted one installs the next, and the others use it.
pub(crate) fn one_installer_per_exhaustion() {
    let arena = Arc::new(SyncArena::with_capacity(SMALL));
    alloc_many::<4>(&arena, 9);
    let threads = [1, 2].map(|owner| {
        let arena = Arc::clone(&arena);
        spawn(move || alloc(&arena, owner))
    });
    let blocks = threads.map(|thread| thread.join().unwrap());
    assert_disjoint(&blocks);
    let stats = arena.stats();
    assert_eq!((stats.chunks, stats.allocator_calls), (2, 2));
}

/// A thread that finds a chunk which another has just installed finds it whole.
pub(crate) fn late_reader_of_a_new_chunk() {
    let arena = Arc::new(SyncArena::new());
    let a = spawn({
        let arena = Arc::clone(&arena);
        move || alloc_many::<2>(&arena, 1)
    });
    let mine = alloc_many::<2>(&arena, 2);
    assert!((2..=4).contains(&(arena.used() / WORD)));
    let theirs = a.join().unwrap();
    assert_disjoint(mine.iter().chain(&theirs));
    let stats = arena.stats();
    assert_eq!((stats.used, stats.chunks, stats.allocator_calls), (4 * WORD, 1, 1));
}

/// The limit is exact, whoever takes the last bytes.
pub(crate) fn limit_reached_by_two() {
    fn try_three(arena: &SyncArena) -> usize {
        let tried = [1_u64, 2, 3].map(|value| arena.try_alloc(value));
        for rejected in tried.iter().filter_map(|tried| tried.as_ref().err()) {
            assert!(matches!(rejected.error, AllocError::Limit { .. }), "{:?}", rejected.error);
        }
        tried.iter().filter(|tried| tried.is_ok()).count()
    }
    let arena = Arc::new(exact());
    let a = spawn({
        let arena = Arc::clone(&arena);
        move || try_three(&arena)
    });
    let mine = try_three(&arena);
    assert_eq!(mine + a.join().unwrap(), 4);
    assert_eq!(arena.used(), SMALL);
}

/// A text grows in place only while nothing was taken behind it.
pub(crate) fn growth_in_place_against_allocation() {
    let arena = Arc::new(exact());
    let a = spawn({
        let arena = Arc::clone(&arena);
        move || alloc(&arena, u64::MAX)
    });
    let text = write_in_two(&arena);
    let taken = a.join().unwrap();
    assert_eq!(text, "12345678abcdefgh", "another thread's block lies in the text");
    let inside = (text.as_ptr().addr()..text.as_ptr().addr() + text.len()).contains(&taken.0);
    assert!(!inside, "another thread's block lies in the text");
}

/// Threads of a model outlive no borrow, so vectors that go from one to another need an arena for
/// ever: that of each execution is leaked.
fn leaked() -> &'static SyncArena {
    Box::leak(Box::new(SyncArena::builder().first_chunk(16 * WORD).limit(16 * WORD).build_sync()))
}

/// A vector grows on another thread than its own, while its own allocates.
pub(crate) fn vector_grown_by_another() {
    let arena = leaked();
    let mut numbers = Vec::with_capacity_in(1, arena);
    numbers.push(1_u64);
    let a = spawn(move || {
        numbers.extend([2, 3]);
        let other = alloc(arena, 7);
        assert_eq!(*numbers, [1, 2, 3], "a block was written by another");
        (numbers.as_ptr().addr(), other)
    });
    let mine = alloc_many::<3>(arena, 5);
    let (start, theirs) = a.join().unwrap();
    assert_disjoint(mine.iter().chain([&theirs]));
    let inside = mine.iter().any(|block| (start..start + 3 * WORD).contains(&block.0));
    assert!(!inside, "another thread's block lies in the vector");
}

/// A vector is freed on another thread than its own: its memory goes to neither before the reset.
pub(crate) fn vector_freed_by_another() {
    let arena = leaked();
    let numbers: Vec<u64, _> = Vec::with_capacity_in(1, arena);
    let a = spawn(move || {
        let before = alloc(arena, 6);
        drop(numbers);
        let [first, second] = alloc_many::<2>(arena, 7);
        [before, first, second]
    });
    let mine = alloc_many::<2>(arena, 5);
    let theirs = a.join().unwrap();
    assert_disjoint(mine.iter().chain(&theirs));
}

/// Drops deferred by several threads all run at the reset, once.
pub(crate) fn deferred_drops_all_present_at_reset() {
    let log = Log::default();
    let mut arena = Arc::new(SyncArena::new());
    let threads = [1, 2].map(|owner| {
        let (arena, log) = (Arc::clone(&arena), log.clone());
        spawn(move || arena.alloc_deferred(Probe::new(&log)).claim(owner))
    });
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!((log.made(), log.dropped()), (2, 0));
    Arc::get_mut(&mut arena).unwrap().reset();
    assert_eq!((log.made(), log.dropped()), (2, 2));
}

/// Two requests one after the other, each shared by two threads: lanes change owners, and the second
/// request gets the chunk of the first.
pub(crate) fn reset_between_shared_requests() {
    let mut arena = Arc::new(SyncArena::with_capacity(4096));
    for request in 0..2 {
        let a = spawn({
            let arena = Arc::clone(&arena);
            move || alloc_many::<2>(&arena, request)
        });
        let mine = alloc_many::<2>(&arena, 10 + request);
        let theirs = a.join().unwrap();
        assert_disjoint(mine.iter().chain(&theirs));
        assert_eq!(arena.used(), SMALL);
        Arc::get_mut(&mut arena).unwrap().reset();
        assert_eq!(arena.used(), 0);
    }
    assert_eq!(arena.stats().allocator_calls, 1);
}
