//! In steady state the pool does not call the allocator, whatever a monitor does meanwhile.
//!
//! A binary of its own, because it replaces the global allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Duration;

use ratoon_pool::{Pool, Pooled, Reset};

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread's calls count: the test harness has threads, too.
    static COUNTED: Cell<bool> = const { Cell::new(false) };
    /// Bytes that this thread has allocated and not given back, which may be less than none.
    static BYTES: Cell<isize> = const { Cell::new(0) };
}

fn balance(bytes: usize, sign: isize) {
    BYTES.set(BYTES.get() + sign * bytes as isize);
}

fn count() {
    if COUNTED.get() {
        CALLS.fetch_add(1, Ordering::Relaxed);
    }
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        balance(layout.size(), 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count();
        balance(layout.size(), -1);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        balance(size, 1);
        balance(layout.size(), -1);
        // SAFETY: as the caller promises.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Allocator calls of this thread while `f` runs, and of others that count meanwhile.
fn calls_during(f: impl FnOnce()) -> usize {
    let before = CALLS.load(Ordering::Relaxed);
    COUNTED.set(true);
    f();
    COUNTED.set(false);
    CALLS.load(Ordering::Relaxed) - before
}

/// For the counter.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[derive(Default)]
struct Context {
    user: u64,
    name: String,
    body: Vec<u8>,
}

impl Reset for Context {
    fn reset(&mut self) {
        self.user.reset();
        self.name.reset();
        self.body.reset();
    }

    fn retained_bytes(&self) -> usize {
        self.name.capacity() + self.body.capacity()
    }
}

impl Context {
    fn fill(&mut self, user: u64) {
        assert!(self.user == 0 && self.name.is_empty() && self.body.is_empty());
        self.user = user;
        self.name.push_str("a name of ordinary length");
        self.body.extend_from_slice(&[7; 300]);
    }
}

#[test]
fn a_million_cycles_make_no_allocator_call() {
    static POOL: Pool<Context> = Pool::new(Context::default);
    let _alone = ONE_AT_A_TIME.lock();
    POOL.get().fill(1);
    let calls = calls_during(|| {
        for user in 1..=1_000_000 {
            POOL.get().fill(user);
        }
    });
    assert_eq!(calls, 0);
}

#[test]
fn deep_use_through_the_depot_makes_no_allocator_call() {
    static POOL: Pool<Context> = Pool::new(Context::default);
    let _alone = ONE_AT_A_TIME.lock();
    let mut held: Vec<Pooled<'static, Context>> = Vec::with_capacity(700);
    let mut cycle = |depth: usize| {
        for user in 1..=depth {
            let mut context = POOL.get();
            context.fill(user as u64);
            held.push(context);
        }
        held.clear();
    };
    cycle(700);
    let calls = calls_during(|| (1..=700).chain((1..700).rev()).for_each(&mut cycle));
    assert_eq!(calls, 0);
}

#[test]
fn local_makes_no_allocator_call_when_it_is_taken_again() {
    static POOL: Pool<Context> = Pool::new(Context::default);
    let _alone = ONE_AT_A_TIME.lock();
    POOL.local().get().fill(1);
    let calls = calls_during(|| {
        for user in 1..=10_000 {
            POOL.local().get().fill(user);
        }
    });
    assert_eq!(calls, 0);
}

/// Panics when it is dropped, if told to.
#[derive(Default)]
struct Bomb {
    armed: bool,
}

impl Reset for Bomb {
    fn reset(&mut self) {}
}

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(!self.armed, "told to panic");
    }
}

#[test]
fn local_whose_objects_panic_when_dropped_gives_its_slot_to_the_next() {
    // No depot: what a `Local` keeps is dropped with it.
    static POOL: Pool<Bomb> = Pool::builder(Bomb::default).shared_capacity(0).build();
    let _alone = ONE_AT_A_TIME.lock();
    let local = POOL.local();
    local.get().armed = true;
    assert!(catch_unwind(AssertUnwindSafe(|| drop(local))).is_err());
    assert_eq!(calls_during(|| drop(POOL.local())), 0, "the slot of the first one is free");
}

#[test]
fn clear_all_frees_the_slots_of_forgotten_locals() {
    let _alone = ONE_AT_A_TIME.lock();
    let mut pool = Pool::<Context>::new(Context::default);
    for _ in 0..3 {
        std::mem::forget(pool.local());
    }
    pool.clear_all();
    let slots = || drop([pool.local(), pool.local(), pool.local()]);
    assert_eq!(calls_during(slots), 0, "all three slots are free");
}

#[test]
fn a_dropped_pool_gives_all_its_memory_back() {
    let use_one = || {
        let pool = Pool::<Context>::new(Context::default);
        let mut locals: Vec<_> = (0..3).map(|_| pool.local()).collect();
        for local in &mut locals {
            local.get().fill(1);
        }
        std::mem::forget(locals.pop());
        drop(locals);
        drop((0..200).map(|_| pool.get()).collect::<Vec<_>>());
        assert!(pool.stats().idle_in_threads > 3 && pool.stats().idle_in_depot > 0);
    };
    // The thread's own registration stays.
    use_one();
    let before = BYTES.get();
    use_one();
    assert_eq!(BYTES.get(), before);
}

#[cfg(feature = "bytes")]
#[test]
fn freezing_makes_one_allocation() {
    use std::io::Write;

    static BUFFERS: Pool<Vec<u8>> = Pool::new(Vec::new);
    let _alone = ONE_AT_A_TIME.lock();
    let cycle = || {
        let mut buffer = BUFFERS.get();
        buffer.write_all(b"some content").expect("memory does not fail");
        let bytes = buffer.freeze();
        drop((bytes.clone(), bytes.slice(..4), bytes));
    };
    cycle();
    let calls = calls_during(|| (0..1000).for_each(|_| cycle()));
    assert_eq!(calls, 2 * 1000, "one, and its deallocation");
    assert_eq!(calls_during(|| (0..1000).for_each(|_| drop(BUFFERS.get().freeze()))), 0);
}

/// Allocator calls of threads that work, after a first time that does not count, and of another
/// that trims and asks for figures every millisecond meanwhile.
///
/// `work` is called with a number that it advances. Where the machine is busy with other things and gives the
/// workers no time, the monitor waits for them: a pool that nobody comes to use is at rest.
fn calls_beside_a_monitor<const WORKERS: usize>(
    pool: &'static Pool<Context>,
    work: fn(&AtomicUsize),
) -> usize {
    let (start, end) = (&Barrier::new(WORKERS + 1), &Barrier::new(WORKERS + 1));
    let progress = &[const { AtomicUsize::new(0) }; WORKERS];
    let working = &AtomicUsize::new(WORKERS);
    let before = CALLS.load(Ordering::Relaxed);
    thread::scope(|scope| {
        for progress in progress {
            scope.spawn(move || {
                work(progress);
                start.wait();
                calls_during(|| work(progress));
                working.fetch_sub(1, Ordering::Relaxed);
                // A thread that ends leaves its objects to the monitor.
                end.wait();
            });
        }
        start.wait();
        calls_during(|| {
            while working.load(Ordering::Relaxed) == WORKERS {
                pool.trim();
                assert!(pool.stats().idle() <= WORKERS * 64 + 1024);
                let seen = progress.each_ref().map(|n| n.load(Ordering::Relaxed));
                thread::sleep(Duration::from_millis(1));
                while working.load(Ordering::Relaxed) == WORKERS
                    && progress.iter().zip(seen).any(|(n, seen)| n.load(Ordering::Relaxed) == seen)
                {
                    thread::yield_now();
                }
            }
        });
        end.wait();
    });
    CALLS.load(Ordering::Relaxed) - before
}

#[test]
fn monitor_causes_no_allocator_call_under_steady_load() {
    static POOL: Pool<Context> = Pool::new(Context::default);
    let _alone = ONE_AT_A_TIME.lock();
    let calls = calls_beside_a_monitor::<2>(&POOL, |progress| {
        for user in 1..=200_000 {
            POOL.get().fill(user);
            if user % 100 == 0 {
                progress.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    assert_eq!(calls, 0);
}

#[test]
fn monitor_causes_no_allocator_call_under_bursty_load() {
    static POOL: Pool<Context> = Pool::new(Context::default);
    let _alone = ONE_AT_A_TIME.lock();
    for context in &mut (0..1024).map(|_| POOL.get()).collect::<Vec<_>>() {
        context.fill(1);
    }
    let calls = calls_beside_a_monitor::<2>(&POOL, |progress| {
        // On the stack: the load itself does not allocate.
        let mut held: [Option<Pooled<'static, Context>>; 300] = [const { None }; 300];
        for round in 0..500_u64 {
            let depth = if round % 10 == 0 { 300 } else { 5 };
            for held in &mut held[..depth] {
                held.insert(POOL.get()).fill(round + 1);
            }
            held.fill_with(|| None);
            for user in 1..=100 {
                POOL.get().fill(user);
            }
            progress.fetch_add(1, Ordering::Relaxed);
        }
    });
    assert_eq!(calls, 0);
}
