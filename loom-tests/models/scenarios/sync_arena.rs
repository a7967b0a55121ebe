//! What threads share in a `SyncArena`: who owns which lane, the region behind the lock, the list of
//! deferred drops.

use std::sync::Arc;

use allocator_api2::vec::Vec as ArenaVec;
use ratoon_arena::{AllocError, Stats, SyncArena};

use super::probe::{Log, Probe};
use super::{crowd, crowd_with, join, rounds};
use crate::checker::{self, CROWD, Memory, ROUNDS};

const WORD: usize = size_of::<u64>();

/// Threads of a scenario that names one beside the main one.
const THREADS: usize = CROWD + 1;

/// An arena, and what is known of its memory.
pub(crate) struct Shared {
    pub(crate) arena: SyncArena,
    memory: Memory,
}

/// Where a block lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    start: usize,
    len: usize,
}

impl Shared {
    pub(crate) fn new(arena: SyncArena) -> Self {
        Self { arena, memory: Memory::new() }
    }

    /// An arena that may hand out so many words, and so lends no thread more than it asks for.
    fn exact(words: usize) -> Self {
        let bytes = words * WORD;
        Self::new(SyncArena::builder().first_chunk(bytes).limit(bytes).build_sync())
    }

    /// Whoever gets memory writes to it.
    pub(crate) fn touch<T>(&self, block: &[T]) -> Block {
        let (start, len) = (block.as_ptr().addr(), size_of_val(block));
        for address in (start..start + len).step_by(WORD) {
            self.memory.write(address);
        }
        Block { start, len }
    }

    pub(crate) fn alloc(&self, value: u64) -> Block {
        let block = self.arena.alloc(value);
        self.touch(std::slice::from_ref(block))
    }

    /// The same `N` times; each value still stands there when the last is written.
    fn alloc_many<const N: usize>(&self, owner: u32) -> [Block; N] {
        let values: [u64; N] = std::array::from_fn(|i| u64::from(owner) * 100 + i as u64);
        let words = values.map(|value| self.arena.alloc(value));
        let blocks = words.each_ref().map(|word| self.touch(std::slice::from_ref(&**word)));
        assert_eq!(words.map(|word| *word), values, "a block was written by another");
        blocks
    }

    /// A block of so many bytes with the owner's name in all of them.
    fn alloc_bytes(&self, owner: u32, len: usize) -> Block {
        let bytes = vec![owner as u8; len];
        let block = self.arena.alloc_slice_copy(&bytes);
        let touched = self.touch(block);
        assert!(*block == *bytes, "a block was written by another");
        touched
    }

    /// A text that is a word at first and grows by another.
    fn write_in_two(&self) -> Block {
        // Literals in the format would be joined by the compiler.
        let (first, second) = ("12345678", "abcdefgh");
        let text = self.arena.alloc_fmt(format_args!("{first}{second}"));
        let touched = self.touch(text.as_bytes());
        assert_eq!(text, "12345678abcdefgh", "another thread's block lies in the text");
        touched
    }
}

/// Threads that allocate from an arena.
fn crowd_on<R: Send + 'static>(
    shared: &Arc<Shared>,
    n: usize,
    body: impl Fn(&Shared, u32) -> R + Clone + Send + 'static,
) -> Vec<checker::JoinHandle<R>> {
    let shared = Arc::clone(shared);
    crowd(n, move |owner| body(&shared, owner))
}

/// No two blocks share a byte.
#[track_caller]
pub(crate) fn assert_disjoint<'a>(blocks: impl IntoIterator<Item = &'a Block>) {
    let mut blocks: Vec<Block> = blocks.into_iter().copied().collect();
    blocks.sort_unstable_by_key(|block| block.start);
    for pair in blocks.windows(2) {
        assert!(pair[0].start + pair[0].len <= pair[1].start, "blocks overlap: {pair:x?}");
    }
}

/// Two threads take all of a chunk and not a byte more.
pub(super) fn disjoint_ranges_at_exact_fill() {
    let shared = Arc::new(Shared::exact(2 * THREADS));
    let others = crowd_on(&shared, 1, Shared::alloc_many::<2>);
    let mine = shared.alloc_many::<2>(0);
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks), (2 * THREADS * WORD, 1));
}

/// Two threads take more than a chunk has.
pub(super) fn disjoint_ranges_at_overshoot() {
    let shared = Arc::new(Shared::new(SyncArena::with_capacity(4 * WORD)));
    let others = crowd_on(&shared, 1, Shared::alloc_many::<3>);
    let mine = shared.alloc_many::<3>(0);
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks), (3 * THREADS * WORD, 2));
}

/// More threads than lanes: each lane has one owner, and who has none goes to the region.
pub(super) fn lanes_claimed_by_more_threads_than_there_are() {
    let shared = Arc::new(Shared::new(SyncArena::with_capacity(4096)));
    let others = crowd_on(&shared, 2, Shared::alloc_many::<2>);
    let mine = shared.alloc_many::<2>(0);
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks), (2 * (2 * CROWD + 1) * WORD, 1));
}

/// Threads that find a chunk exhausted may all have one made; one of them is put in, for all.
pub(super) fn one_installer_per_exhaustion() {
    let shared = Arc::new(Shared::new(SyncArena::with_capacity(4 * WORD)));
    let full = shared.alloc_many::<4>(0);
    let blocks = join(crowd_on(&shared, 2, |shared, owner| shared.alloc(owner.into())));
    assert_disjoint(full.iter().chain(&blocks));
    let stats = shared.arena.stats();
    assert_eq!(stats.chunks, 2);
    assert_needless_chunks_freed(&stats, 2, 2 * CROWD);
}

/// Beside the calls that were needed there are two for each chunk that another thread was faster to
/// bring.
fn assert_needless_chunks_freed(stats: &Stats, needed: u64, threads: usize) {
    let needless = stats.allocator_calls - needed;
    assert!(needless % 2 == 0 && needless / 2 < threads as u64, "{stats:?}");
}

/// A thread that finds a chunk which another has just installed finds it whole.
pub(super) fn late_reader_of_a_new_chunk() {
    let shared = Arc::new(Shared::new(SyncArena::new()));
    let others = crowd_on(&shared, 1, Shared::alloc_many::<2>);
    let mine = shared.alloc_many::<2>(0);
    assert!((2..=2 * THREADS).contains(&(shared.arena.used() / WORD)));
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks), (2 * THREADS * WORD, 1));
    assert_needless_chunks_freed(&stats, 1, THREADS);
}

/// Blocks too large for lanes come from where leases come from.
pub(super) fn large_blocks_against_lanes() {
    const LARGE: usize = 4096;
    let shared = Arc::new(Shared::new(SyncArena::with_capacity(64 * 1024)));
    let others =
        crowd_on(&shared, 1, |shared, owner| [shared.alloc_bytes(owner, LARGE), shared.alloc(7)]);
    let mine = [shared.alloc(8), shared.alloc_bytes(0, LARGE)];
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks, stats.oversized), (THREADS * (LARGE + WORD), 1, 0));
}

/// A block that no chunk holds gets one of its own, while others exhaust a chunk.
pub(super) fn oversized_against_exhaustion() {
    const OVERSIZED: usize = 16 * 1024;
    let shared = Arc::new(Shared::new(SyncArena::with_capacity(4 * WORD)));
    let full = shared.alloc_many::<4>(0);
    let others = crowd_on(&shared, 1, |shared, owner| shared.alloc(owner.into()));
    let mine = shared.alloc_bytes(0, OVERSIZED);
    let theirs = join(others);
    assert_disjoint(theirs.iter().chain(&full).chain([&mine]));
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks, stats.oversized), (OVERSIZED + (4 + CROWD) * WORD, 2, 1));
}

/// The limit is exact, whoever takes the last bytes.
pub(super) fn limit_reached_by_two() {
    fn try_three(shared: &Shared, _: u32) -> usize {
        let tried = [1_u64, 2, 3].map(|value| shared.arena.try_alloc(value));
        for rejected in tried.iter().filter_map(|tried| tried.as_ref().err()) {
            assert!(matches!(rejected.error, AllocError::Limit { .. }), "{:?}", rejected.error);
        }
        tried.iter().filter(|tried| tried.is_ok()).count()
    }
    let shared = Arc::new(Shared::exact(4));
    let others = crowd_on(&shared, 1, try_three);
    let mine = try_three(&shared, 0);
    assert_eq!(mine + join(others).iter().sum::<usize>(), 4);
    assert_eq!(shared.arena.used(), 4 * WORD);
}

/// Threads have chunks made for large blocks, and the limit has room for one of them.
pub(super) fn limit_used_up_while_a_chunk_is_made() {
    const OVERSIZED: usize = 8 * 1024;
    fn try_one(shared: &Shared, owner: u32) -> Option<Block> {
        let block = shared.arena.try_alloc_slice_fill_with(OVERSIZED, |_| owner as u8);
        block.ok().map(|block| shared.touch(block))
    }
    let limited = SyncArena::builder().limit(OVERSIZED + WORD).build_sync();
    let shared = Arc::new(Shared::new(limited));
    let others = crowd_on(&shared, 1, try_one);
    let mine = try_one(&shared, 0);
    assert_eq!(join(others).into_iter().chain([mine]).flatten().count(), 1);
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.chunks, stats.oversized), (OVERSIZED, 0, 1));
    assert_needless_chunks_freed(&stats, 1, THREADS);
    assert_eq!(shared.alloc(7).len, WORD);
}

/// Figures read while others allocate are within the bounds, and exact at rest.
pub(super) fn figures_while_others_allocate() {
    const WORDS: usize = 2 * CROWD * ROUNDS;
    let shared = Arc::new(Shared::exact(WORDS));
    let others = crowd_on(&shared, 1, |shared, owner| {
        rounds(|| assert_disjoint(&shared.alloc_many::<2>(owner)));
    });
    rounds(|| {
        let (used, capacity) = (shared.arena.used(), shared.arena.capacity());
        assert!(used <= WORDS * WORD && used <= capacity, "{used} of {capacity}");
        let stats = shared.arena.stats();
        assert!(stats.used <= WORDS * WORD && stats.high_water <= WORDS * WORD, "{stats:?}");
        assert!(stats.chunks <= 1 && stats.capacity >= stats.used, "{stats:?}");
    });
    join(others);
    let stats = shared.arena.stats();
    assert_eq!((stats.used, stats.high_water), (WORDS * WORD, WORDS * WORD));
}

/// A text grows in place only while nothing was taken behind it.
pub(super) fn growth_in_place_against_allocation() {
    let shared = Arc::new(Shared::exact(3 + CROWD));
    let others = crowd_on(&shared, 1, |shared, owner| shared.alloc(owner.into()));
    let text = shared.write_in_two();
    let taken = join(others);
    assert_disjoint(taken.iter().chain([&text]));
}

/// The same with fewer lanes than threads: who has none grows in the region itself, where leases
/// begin.
pub(super) fn growth_without_a_lane() {
    let shared = Arc::new(Shared::new(SyncArena::with_capacity(64 * 1024)));
    let others = crowd_on(&shared, 2, |shared, _| shared.write_in_two());
    let mine = [shared.alloc(7), shared.write_in_two()];
    let texts = join(others);
    assert_disjoint(texts.iter().chain(&mine));
}

/// Threads of a model outlive no borrow, so vectors that go from one to another need an arena for
/// ever: that of each execution is leaked.
fn leaked() -> &'static Shared {
    Box::leak(Box::new(Shared::exact(8 * THREADS)))
}

/// A vector grows on another thread than its own, while its own allocates.
pub(super) fn vector_grown_by_another() {
    let shared = leaked();
    let vectors = (0..CROWD).map(|_| {
        let mut numbers = ArenaVec::with_capacity_in(1, &shared.arena);
        numbers.push(1_u64);
        numbers
    });
    let others = crowd_with(vectors.collect(), move |mut numbers| {
        numbers.extend([2, 3]);
        let vector = shared.touch(&numbers);
        let other = shared.alloc(7);
        assert_eq!(*numbers, [1, 2, 3], "a block was written by another");
        // The memory stays the vector's: nothing is freed before all is compared.
        std::mem::forget(numbers);
        [vector, other]
    });
    let mine = shared.alloc_many::<3>(5);
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
}

/// A vector is freed on another thread than its own: its memory goes to neither before the reset.
pub(super) fn vector_freed_by_another() {
    let shared = leaked();
    let vectors = (0..CROWD).map(|_| {
        let mut numbers = ArenaVec::with_capacity_in(1, &shared.arena);
        numbers.push(1_u64);
        shared.touch(&numbers);
        numbers
    });
    let others = crowd_with(vectors.collect(), move |numbers| {
        let before = shared.alloc(6);
        shared.touch(&numbers);
        drop(numbers);
        let [first, second] = shared.alloc_many::<2>(7);
        [before, first, second]
    });
    let mine = shared.alloc_many::<2>(5);
    let theirs = join(others);
    assert_disjoint(theirs.iter().flatten().chain(&mine));
}

/// Drops deferred by several threads all run at the reset, once; the same when the arena is dropped.
pub(super) fn deferred_drops_all_present_at_reset() {
    let log = Log::default();
    let mut arena = Arc::new(SyncArena::new());
    for request in 1..=2 {
        let others = crowd(2, {
            let (arena, log) = (Arc::clone(&arena), log.clone());
            move |owner| arena.alloc_deferred(Probe::new(&log)).claim(owner)
        });
        join(others);
        assert_eq!((log.made(), log.dropped()), (2 * CROWD * request, 2 * CROWD * (request - 1)));
        if request == 1 {
            Arc::get_mut(&mut arena).expect("the others have ended").reset();
        } else {
            drop(Arc::into_inner(std::mem::take(&mut arena)));
        }
        assert_eq!(log.made(), log.dropped());
    }
}

/// Two requests one after the other, each shared by two threads: lanes change owners, and the second
/// request gets the chunk of the first.
pub(super) fn reset_between_shared_requests() {
    let mut shared = Arc::new(Shared::new(SyncArena::with_capacity(4096)));
    for request in 1..=2 {
        let others = crowd_on(&shared, 1, move |shared, owner| {
            shared.alloc_many::<2>(request * 100 + owner)
        });
        let mine = shared.alloc_many::<2>(request);
        let theirs = join(others);
        assert_disjoint(theirs.iter().flatten().chain(&mine));
        let arena = &mut Arc::get_mut(&mut shared).expect("the others have ended").arena;
        assert_eq!(arena.used(), 2 * THREADS * WORD);
        arena.reset();
        assert_eq!(arena.used(), 0);
    }
    assert_eq!(shared.arena.stats().allocator_calls, 1);
}

/// Threads are told apart for all arenas at once, lanes are each arena's own.
pub(super) fn arenas_shared_by_the_same_threads() {
    let (first, second) = (Arc::new(Shared::exact(4 * THREADS)), Arc::new(Shared::exact(THREADS)));
    let others = crowd(1, {
        let (first, second) = (Arc::clone(&first), Arc::clone(&second));
        move |owner| (first.alloc(owner.into()), second.alloc(owner.into()))
    });
    let mine = (second.alloc(0), first.alloc(0));
    let theirs = join(others);
    assert_disjoint(theirs.iter().map(|blocks| &blocks.0).chain([&mine.1]));
    assert_disjoint(theirs.iter().map(|blocks| &blocks.1).chain([&mine.0]));
    assert_eq!((first.arena.used(), second.arena.used()), (THREADS * WORD, THREADS * WORD));
}
