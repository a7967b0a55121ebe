//! Threads that come, go, and outnumber the index table; and what they run while they end.

use std::cell::RefCell;
use std::sync::{Arc, Barrier, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use ratoon_pool::{Pool, Pooled};

use crate::support::{Ledger, Worker};

/// For tests that fill the table of threads, or count on room in it.
static TABLE: Mutex<()> = Mutex::new(());

fn table() -> MutexGuard<'static, ()> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn short_lived_threads_reuse_slots() {
    let _alone = table();
    static POOL: Pool<String> = Pool::builder(String::new).local_capacity(4).build();
    const THREADS: usize = 100_000;
    for _ in 0..THREADS / 4 {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| drop((POOL.get(), POOL.get())));
            }
        });
    }
    let stats = POOL.stats();
    assert_eq!(stats.created + stats.reused, 2 * THREADS as u64);
    // Other tests have threads, too, and some of these may end late: hence the slack.
    assert!(stats.created <= 2 * 100, "{stats:?}");
    assert!(stats.idle() <= 2 * 100, "{stats:?}");
}

#[test]
fn threads_beyond_the_near_indexes_have_caches_that_are_dropped_with_the_pool() {
    const THREADS: usize = 300;
    let _alone = table();
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(4).shared_capacity(0).build();
    let all_here = &Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                drop(pool.get());
                all_here.wait();
                let three = || [pool.get(), pool.get(), pool.get()];
                let mut mine = three().map(|object| object.id);
                let mut again = three().map(|object| object.id);
                mine.sort();
                again.sort();
                pool.flush_local();
                let new = three().map(|object| object.id);
                // Nobody waits for one that has failed.
                all_here.wait();
                assert_eq!(again, mine, "a cache of one's own");
                assert!(new.iter().all(|id| !mine.contains(id)), "which a flush finds");
            });
        }
    });
    let stats = pool.stats();
    assert_eq!((stats.idle_in_threads, ledger.alive()), (3 * THREADS, 3 * THREADS));
    assert_eq!(stats.depot_exchanges, 0);
    drop(pool);
    assert_eq!(ledger.alive(), 0);
}

/// Uses a pool to the end, and puts one object into the hands of whoever is last.
#[test]
fn last_shared_guard_drops_the_pool_wherever_it_is() {
    let ledger = Ledger::default();
    let factory = {
        let ledger = ledger.clone();
        move || ledger.probe()
    };
    let pool = Arc::new(Pool::builder_with(factory).build());
    drop((0..100).map(|_| pool.get_arc()).collect::<Vec<_>>());
    let last = pool.get_arc();
    let seen = Arc::downgrade(&pool);
    drop(pool);
    assert_eq!(ledger.alive(), 100);
    thread::spawn(move || drop(last)).join().expect("does not panic");
    assert_eq!((ledger.alive(), ledger.made()), (0, 100));
    assert!(seen.upgrade().is_none());
}

#[test]
fn pool_that_moved_still_finds_what_its_threads_keep() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let id = pool.get().id;
    let mut moved = Box::new(pool);
    assert_eq!(moved.get().id, id);
    thread::scope(|scope| {
        scope.spawn(|| drop((moved.get(), moved.get())));
    });
    let mut again = *moved;
    assert_eq!(again.stats().idle(), 3);
    again.clear_all();
    moved = Box::new(again);
    drop(moved.get());
    drop(moved);
    assert_eq!(ledger.alive(), 0);
}

#[test]
fn objects_of_ended_threads_are_reached_by_trim() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(100).build();
    thread::scope(|scope| {
        let ended = scope.spawn(|| {
            let held: Vec<_> = (0..90).map(|_| pool.get()).collect();
            drop(held);
        });
        ended.join().expect("does not panic");
    });
    assert_eq!(pool.stats().idle_in_threads, 90);
    pool.trim();
    assert_eq!((pool.stats().idle_in_threads, pool.stats().idle_in_depot), (0, 90));
    drop(pool.get());
    assert_eq!(ledger.made(), 90);
}

/// The newcomer has the index of the one that ended, and never uses the pool.
#[test]
fn objects_of_an_ended_thread_are_reached_though_another_has_its_index() {
    static OTHER: Pool<u64> = Pool::new(|| 0);
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..50 {
        thread::scope(|scope| {
            let ended = scope.spawn(|| drop(pool.get()));
            ended.join().expect("does not panic");
        });
        let newcomer = Worker::spawn();
        newcomer.run(|| drop(OTHER.get()));
        pool.trim();
        assert_eq!(pool.stats().idle_in_threads, 0);
    }
    assert_eq!(ledger.made(), 1);
}

#[test]
fn objects_of_ended_threads_beyond_the_depot_are_dropped_by_trim() {
    let ledger = Ledger::default();
    let pool =
        Pool::builder_with(|| ledger.probe()).local_capacity(100).shared_capacity(10).build();
    thread::scope(|scope| {
        let ended = scope.spawn(|| drop((0..90).map(|_| pool.get()).collect::<Vec<_>>()));
        ended.join().expect("does not panic");
    });
    pool.trim();
    assert_eq!((pool.stats().idle(), ledger.alive()), (10, 10));
    assert_eq!(pool.stats().discarded.trimmed, 80);
}

#[test]
fn objects_of_live_threads_are_left_alone_by_trim_and_clear() {
    static POOL: Pool<String> = Pool::builder(String::new).trim_window(Duration::ZERO).build();
    let worker = Worker::spawn();
    let address = worker.run(|| (&raw const *POOL.get()).addr());
    POOL.trim();
    POOL.trim();
    POOL.clear();
    assert_eq!(POOL.stats().idle_in_threads, 1);
    assert_eq!(worker.run(|| (&raw const *POOL.get()).addr()), address);
    worker.run(|| POOL.flush_local());
    POOL.trim();
    POOL.trim();
    assert_eq!(POOL.stats().idle(), 0);
}

#[test]
fn guard_outlives_the_thread_that_made_it() {
    static POOL: Pool<String> = Pool::new(String::new);
    let mut text = thread::spawn(|| {
        let mut text = POOL.get();
        text.push_str("made elsewhere");
        text
    })
    .join()
    .expect("does not panic");
    assert_eq!(*text, "made elsewhere");
    text.push('!');
    drop(text);
    assert_eq!(*POOL.get(), "");
    assert_eq!(POOL.stats().created, 1);
}

#[test]
fn more_threads_than_the_index_table_holds_are_served_by_the_depot() {
    const THREADS: usize = 4_096 + 50;
    static POOL: Pool<u64> = Pool::builder(|| 0).local_capacity(1).shared_capacity(THREADS).build();
    let _alone = table();
    let (all_here, all_done) = (&Barrier::new(THREADS), &Barrier::new(THREADS));
    thread::scope(|scope| {
        for n in 0..THREADS {
            let builder = thread::Builder::new().stack_size(64 * 1024);
            let spawned = builder.spawn_scoped(scope, move || {
                let mut object = POOL.get();
                assert_eq!(*object, 0);
                *object = n as u64;
                all_here.wait();
                drop(object);
                all_done.wait();
                drop(POOL.get());
                all_done.wait();
            });
            spawned.expect("the system allows as many threads");
        }
    });
    let stats = POOL.stats();
    assert_eq!(stats.created, THREADS as u64);
    assert!(stats.idle_in_depot >= 50, "{stats:?}");
    assert_eq!(stats.idle(), THREADS);
}

/// Gets and puts when its thread's locals are destroyed.
struct AtExit(mpsc::Sender<(usize, String)>);

static AT_EXIT: Pool<String> = Pool::builder(String::new).trim_window(Duration::ZERO).build();

impl Drop for AtExit {
    fn drop(&mut self) {
        for round in 0..100 {
            let mut text = AT_EXIT.get();
            self.0.send((round, text.clone())).expect("the receiver lives");
            text.push_str("dirty");
        }
        AT_EXIT.flush_local();
        AT_EXIT.trim();
    }
}

thread_local! {
    static GUARDED: RefCell<Option<Pooled<'static, String>>> = const { RefCell::new(None) };
    static LAST: RefCell<Option<AtExit>> = const { RefCell::new(None) };
}

/// Runs one thread that sets `LAST` before or after it first uses the pool, or without using it.
fn use_at_exit(before: bool, after: bool) {
    let (sender, results) = mpsc::channel();
    let worker = Worker::spawn();
    worker.run(move || {
        if before {
            drop(AT_EXIT.get());
        }
        LAST.with(|last| *last.borrow_mut() = Some(AtExit(sender)));
        if after {
            drop(AT_EXIT.get());
        }
    });
    drop(worker);
    let results: Vec<_> = results.into_iter().collect();
    assert_eq!(results.len(), 100);
    assert!(results.iter().all(|(_, text)| text.is_empty()));
}

#[test]
fn thread_local_destructors_use_the_pool_in_either_order_of_initialisation() {
    for _ in 0..50 {
        use_at_exit(true, false);
        use_at_exit(false, true);
        use_at_exit(false, false);
    }
    // Whatever was left in slots belongs to threads that have ended.
    AT_EXIT.trim();
    AT_EXIT.trim();
    assert_eq!(AT_EXIT.stats().idle(), 0);
}

#[test]
fn guard_in_a_thread_local_is_put_back_when_its_thread_ends() {
    static POOL: Pool<String> = Pool::new(String::new);
    for use_first in [true, false] {
        thread::spawn(move || {
            if use_first {
                drop(POOL.get());
            }
            GUARDED.with(|guarded| {
                let mut text = POOL.get();
                text.push_str("until the end");
                *guarded.borrow_mut() = Some(text);
            });
        })
        .join()
        .expect("does not panic");
    }
    let stats = POOL.stats();
    assert_eq!(stats.created, stats.idle() as u64, "put back, not lost");
    POOL.trim();
    assert_eq!(POOL.stats().idle_in_threads, 0);
    assert_eq!(*POOL.get(), "");
}

/// One thread at a time uses the pool; its index goes to one that uses another pool and stays.
#[test]
fn caches_of_ended_threads_stay_under_indexes_that_others_took_over_until_a_trim() {
    const CAPACITY: usize = 8;
    const ROUNDS: usize = 50;
    let _alone = table();
    static OTHER: Pool<u64> = Pool::new(|| 0);
    let pool = Pool::<u64>::builder(|| 0).local_capacity(CAPACITY).shared_capacity(0).build();
    let staying: Vec<_> = (0..ROUNDS)
        .map(|_| {
            thread::scope(|scope| {
                let pool = &pool;
                let user = scope.spawn(move || {
                    drop((0..CAPACITY).map(|_| pool.get()).collect::<Vec<_>>());
                });
                // Joined: the index is free.
                user.join().expect("the pool does not panic");
            });
            let staying = Worker::spawn();
            staying.run(|| drop(OTHER.get()));
            staying
        })
        .collect();
    // Tests beside this one take indexes, too, so the number is not exact.
    let idle = pool.stats().idle();
    assert!(idle > CAPACITY && idle <= CAPACITY * (staying.len() + 1), "{idle}");
    pool.trim();
    assert_eq!(pool.stats().idle(), 0, "the indexes belong to live threads, the caches do not");
}
