//! The arena that threads share: blocks are disjoint and stay intact, whoever allocates, grows and
//! drops them, and a reset leaves nothing behind.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use allocator_api2::alloc::Allocator;
use allocator_api2::vec::Vec as ArenaVec;
use ratoon_arena::{AllocError, Reset, SyncArena};

mod deferred;
mod growing;
mod leases;

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(128))]
struct Aligned([u8; 3]);

/// Runs `work(i)` on `threads` threads that begin together.
fn on_threads<R: Send>(threads: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let start = Barrier::new(threads);
    thread::scope(|scope| {
        let (work, start) = (&work, &start);
        let handles: Vec<_> = (0..threads)
            .map(|i| {
                scope.spawn(move || {
                    start.wait();
                    work(i)
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    })
}

fn assert_disjoint(mut ranges: Vec<(usize, usize)>) {
    ranges.sort_unstable();
    for pair in ranges.windows(2) {
        assert!(pair[0].1 <= pair[1].0, "{pair:x?} overlap");
    }
}

fn range<T>(slice: &[T]) -> (usize, usize) {
    let range = slice.as_ptr_range();
    (range.start.addr(), range.end.addr())
}

/// xorshift64: the same program on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn values_of_every_shape() {
    let arena = SyncArena::new();
    assert_eq!(*arena.alloc(7_u64), 7);
    assert_eq!(*arena.alloc(Aligned([1, 2, 3])), Aligned([1, 2, 3]));
    assert_eq!((&raw const *arena.alloc(Aligned([0; 3]))).addr() % 128, 0);
    arena.alloc(());
    assert_eq!(arena.alloc([0_u128; 0]).len(), 0);
    assert_eq!(*arena.alloc([3_u8; 1 << 16]), [3_u8; 1 << 16]);
    assert_eq!(arena.alloc_str(""), "");
    assert_eq!(arena.alloc_str("twelve bytes"), "twelve bytes");
    assert_eq!(arena.alloc_slice_copy(&["a", "b"]), ["a", "b"]);
    assert_eq!(arena.alloc_slice_clone(&[Some(1), None]), [Some(1), None]);
    assert_eq!(arena.try_alloc_slice_clone(&[Some(1), None]).unwrap(), [Some(1), None]);
    assert_eq!(arena.try_alloc_slice_copy(&[1, 2]).unwrap(), [1, 2]);
    assert_eq!(arena.alloc_slice_fill_with(3, |i| i * 2), [0, 2, 4]);
    assert_eq!(arena.alloc_concat(&["a", "", "bc"]), "abc");
    assert_eq!(arena.alloc_concat(&[]), "");
    assert_eq!(arena.alloc_fmt(format_args!("{}-{}", 1, "x".repeat(5000))).len(), 5002);
    assert_eq!(arena.alloc_fmt(format_args!("plain")), "plain");
}

#[test]
fn empty_arena_without_memory() {
    let mut arena = SyncArena::default();
    arena.alloc([(); 9]);
    arena.alloc_str("");
    arena.alloc_slice_fill_with(5, |_| ());
    assert_eq!(arena.alloc_slice_copy::<Aligned>(&[]).as_ptr().addr() % 128, 0);
    arena.reset();
    assert_eq!((arena.used(), arena.capacity(), arena.stats().allocator_calls), (0, 0, 0));
}

#[test]
fn blocks_disjoint_and_intact_on_many_threads() {
    // More threads than lanes, and chunks that start small, so that every path is taken.
    for threads in [1, 2, 4, 24] {
        let mut arena = SyncArena::builder().first_chunk(64).build_sync();
        for _ in 0..3 {
            let ranges = on_threads(threads, |i| {
                let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ i as u64);
                let fill = i as u8 + 1;
                let mut blocks: Vec<&mut [u8]> = Vec::new();
                let mut aligned: Vec<&mut Aligned> = Vec::new();
                for step in 0..400 {
                    let len = if step % 97 == 96 { 5000 } else { random.below(300) };
                    blocks.push(arena.alloc_slice_fill_with(len, |_| fill));
                    aligned.push(arena.alloc(Aligned([fill; 3])));
                }
                for block in &blocks {
                    assert!(block.iter().all(|&byte| byte == fill));
                }
                for block in &aligned {
                    assert_eq!(**block, Aligned([fill; 3]));
                    assert_eq!((&raw const **block).addr() % 128, 0);
                }
                let blocks = blocks.iter().map(|block| range(block));
                blocks.chain(aligned.iter().map(|block| range(&block.0))).collect::<Vec<_>>()
            });
            let ranges: Vec<_> = ranges.into_iter().flatten().filter(|(a, b)| a < b).collect();
            let total: usize = ranges.iter().map(|(start, end)| end - start).sum();
            assert_disjoint(ranges);
            let used = arena.used();
            assert!(used >= total && used <= arena.capacity(), "{total} {used}");
            arena.reset();
            assert_eq!(arena.used(), 0);
        }
    }
}

#[test]
fn limit_filled_exactly_by_one_thread() {
    let arena = SyncArena::builder().limit(10_000).build_sync();
    for i in 0..1250_u64 {
        assert!(arena.try_alloc(i).is_ok(), "{i} of 1250");
    }
    assert_eq!(arena.used(), 10_000);
    let rejected = arena.try_alloc(7_u64).unwrap_err();
    assert_eq!(rejected.value, 7);
    assert_eq!(rejected.error, AllocError::Limit { requested: 8, used: 10_000, limit: 10_000 });
    assert!(arena.try_alloc(()).is_ok());
}

#[test]
fn odd_sizes_up_to_the_limit() {
    let arena = SyncArena::builder().limit(1000).build_sync();
    for _ in 0..333 {
        assert_eq!(arena.try_alloc_str("abc"), Ok("abc".to_string().as_mut_str()));
    }
    assert!(arena.try_alloc_str("abc").is_err());
    assert!(arena.try_alloc_str("z").is_ok());
    assert_eq!(arena.used(), 1000);
}

#[test]
fn limit_filled_exactly_by_many_threads() {
    for threads in [2, 8, 24] {
        let mut arena = SyncArena::builder().first_chunk(100).limit(80_000).build_sync();
        for _ in 0..3 {
            let taken = on_threads(threads, |_| (0_u64..).find(|&i| arena.try_alloc(i).is_err()));
            let taken: u64 = taken.into_iter().flatten().sum();
            assert!(taken <= 10_000, "{taken} blocks of 8 bytes in 80,000");
            assert!(taken >= 10_000 - threads as u64, "{taken} blocks of 8 bytes in 80,000");
            assert!(arena.used() <= 80_000);
            arena.reset();
        }
    }
}

#[test]
fn refused_blocks_that_leave_room_for_smaller_ones() {
    let mut arena = SyncArena::builder().limit(1024).build_sync();
    for _ in 0..1000 {
        assert!(arena.try_alloc([0_u8; 1025]).is_err());
    }
    assert!(arena.try_alloc_slice_fill_with(usize::MAX, |_| 0_u64).is_err());
    assert_eq!(arena.try_alloc_slice_fill_with(usize::MAX, |_| 0_u64), Err(AllocError::Overflow));
    arena.alloc([0_u8; 1024]);
    assert!(arena.try_alloc(1_u8).is_err());
    arena.reset();
    arena.alloc([0_u8; 1024]);
    assert_eq!(arena.limit(), 1024, "the limit is kept across a reset");
}

#[test]
fn alloc_past_the_limit_that_panics_and_leaves_the_arena_usable() {
    let arena = SyncArena::builder().limit(16).build_sync();
    let panic = catch_unwind(AssertUnwindSafe(|| arena.alloc_str("seventeen bytes !").len()));
    assert!(panic.is_err());
    assert_eq!(arena.alloc_str("sixteen bytes :)"), "sixteen bytes :)");
}

#[test]
fn steady_load_without_allocator_calls() {
    let mut arena = SyncArena::new();
    let mut warm = 0;
    for request in 0..1000 {
        on_threads_of_a_request(&arena);
        arena.reset();
        if request == 100 {
            warm = arena.stats().allocator_calls;
        }
    }
    assert_eq!(arena.stats().allocator_calls, warm);
    assert_eq!(arena.stats().resets, 1000);
}

/// What one thread does in a request: strings, values, a vector.
fn on_threads_of_a_request(arena: &SyncArena) {
    let mut names = ArenaVec::new_in(arena);
    for i in 0..100_u64 {
        names.push(&*arena.alloc_str("a name of some length"));
        arena.alloc(i);
    }
    assert!(names.iter().all(|name| *name == "a name of some length"));
}

#[test]
fn outlier_request_forgotten() {
    let mut arena = SyncArena::new();
    for _ in 0..100 {
        arena.alloc_slice_fill_with(64, |_| [0_u8; 512]);
        arena.reset();
    }
    let usual = arena.capacity();
    for _ in 0..5 {
        for _ in 0..64 {
            arena.alloc_slice_fill_with(1 << 16, |_| 0_u8);
        }
        arena.reset();
    }
    for _ in 0..64 {
        arena.alloc_slice_fill_with(64, |_| [0_u8; 512]);
        arena.reset();
    }
    assert!(arena.capacity() <= 2 * 64 * 512, "{} then {}", usual, arena.capacity());
    assert_eq!(arena.retained_bytes(), arena.capacity());
}

#[test]
fn capacity_there_from_the_start() {
    let arena = SyncArena::with_capacity(100_000);
    let calls = arena.stats().allocator_calls;
    for _ in 0..90 {
        arena.alloc([0_u8; 1000]);
    }
    assert_eq!(arena.stats().allocator_calls, calls);
    assert!(SyncArena::try_with_capacity(usize::MAX).is_err());
    assert!(SyncArena::try_with_capacity(isize::MAX as usize).is_err());
    assert_eq!(SyncArena::with_capacity(0).capacity(), 0);
}

#[test]
fn formatting_that_allocates_in_the_same_arena() {
    struct Nested<'a>(&'a SyncArena, u32);
    impl fmt::Display for Nested<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Self(arena, depth) = *self;
            arena.alloc_str("noise");
            if depth == 0 {
                return f.write_str(".");
            }
            f.write_str(arena.alloc_fmt(format_args!("({}{})", depth, Nested(arena, depth - 1))))
        }
    }
    let arena = SyncArena::new();
    let text = arena.alloc_fmt(format_args!("<{}|{}>", Nested(&arena, 3), Nested(&arena, 1)));
    assert_eq!(text, "<(3(2(1.)))|(1.)>");
}

#[test]
fn formatting_that_fails() {
    struct Broken;
    impl fmt::Display for Broken {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let arena = SyncArena::builder().limit(64).build_sync();
    assert_eq!(arena.try_alloc_fmt(format_args!("{Broken}")), Err(AllocError::Format));
    let long = arena.try_alloc_fmt(format_args!("{:100}", 1));
    assert!(matches!(long, Err(AllocError::Limit { .. })), "{long:?}");
    assert!(arena.try_alloc_str(&"x".repeat(60)).is_ok(), "what failed was released");
}

#[test]
fn fill_that_panics_half_way() {
    let arena = SyncArena::new();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        arena
            .alloc_slice_fill_with(10, |i| {
                arena.alloc(i);
                assert!(i < 5);
                i
            })
            .len()
    }));
    assert!(panic.is_err());
    assert_eq!(arena.alloc_slice_fill_with(10, |i| i).len(), 10);
}

#[test]
fn lanes_given_to_other_threads_after_a_reset() {
    // Forty short-lived threads, one after the other: without the reset they would use up the lanes,
    // and with it nothing of an earlier one may be handed out twice.
    let mut arena = SyncArena::new();
    for round in 0..40_u64 {
        thread::scope(|scope| {
            let left = scope.spawn(|| arena.alloc_slice_fill_with(100, |_| round));
            let right = scope.spawn(|| arena.alloc_slice_fill_with(100, |_| round + 1));
            let (left, right) = (left.join().unwrap(), right.join().unwrap());
            assert!(left.iter().all(|&n| n == round) && right.iter().all(|&n| n == round + 1));
            assert_disjoint(vec![range(left), range(right)]);
        });
        if round % 3 == 0 {
            arena.reset();
        }
    }
}

#[test]
fn two_arenas_on_the_same_threads() {
    let arenas = [SyncArena::new(), SyncArena::new()];
    let ranges = on_threads(3, |i| {
        let blocks = (0..500).map(|n| arenas[n % 2].alloc_slice_fill_with(n % 50 + 1, |_| i));
        let blocks: Vec<_> = blocks.collect();
        assert!(blocks.iter().all(|block| block.iter().all(|&n| n == i)));
        blocks.iter().map(|block| range(block)).collect::<Vec<_>>()
    });
    assert_disjoint(ranges.into_iter().flatten().collect());
}

#[test]
fn fan_out_over_tasks_of_one_request() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    // The task owns the arena and keeps `&SyncArena` across await: it can be spawned.
    let task = runtime.spawn(async {
        let mut arena = SyncArena::new();
        for request in 0..20 {
            let (left, right) = tokio::join!(part(&arena, request), part(&arena, request + 1));
            assert_eq!(arena.alloc_concat(&[left, right]).len(), left.len() + right.len());
            arena.reset();
        }
    });
    runtime.block_on(task).unwrap();

    // Tasks of their own share it through an `Arc`; when they are done it is alone again.
    let mut arena = Arc::new(SyncArena::new());
    for _ in 0..20 {
        let tasks: Vec<_> = (0..8)
            .map(|i| {
                let arena = Arc::clone(&arena);
                runtime.spawn(async move { part(&arena, i).await.len() })
            })
            .collect();
        for task in tasks {
            assert!(runtime.block_on(task).unwrap() > 100);
        }
        Arc::get_mut(&mut arena).unwrap().reset();
    }
}

/// Part of a request, which is likely to go on in another thread after each await.
async fn part(arena: &SyncArena, seed: usize) -> &str {
    let mut words: ArenaVec<&str, &SyncArena> = ArenaVec::new_in(arena);
    for i in 0..50 {
        words.push(arena.alloc_fmt(format_args!("{seed}:{i},")));
        tokio::task::yield_now().await;
    }
    let text = arena.alloc_concat(&words);
    assert!(text.starts_with(&format!("{seed}:0,{seed}:1,")) && text.ends_with(":49,"));
    text
}

/// However they are aligned: they take no room, and leave the thread's stretch to what has bytes.
#[test]
fn values_of_no_bytes_between_others() {
    #[derive(Clone, Copy)]
    #[repr(align(4096))]
    struct Marker;
    let arena = SyncArena::new();
    for i in 0..100 {
        assert_eq!(*arena.alloc(i), i);
        let marker: *const Marker = arena.alloc(Marker);
        assert!(marker.is_aligned());
        arena.alloc_deferred(Marker);
    }
    assert_eq!(arena.used(), 100 * size_of::<i32>());
}

#[test]
fn reset_by_the_trait_and_shown_in_a_log() {
    let mut arena = SyncArena::new();
    arena.alloc(7_u64);
    let stats = arena.stats();
    assert_eq!(format!("{arena:?}"), format!("SyncArena {{ stats: {stats:?}, .. }}"));
    assert_eq!(arena.retained_bytes(), arena.capacity());
    Reset::reset(&mut arena);
    assert_eq!((arena.used(), arena.stats().resets), (0, 1));
}
