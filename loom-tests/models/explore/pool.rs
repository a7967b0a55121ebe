//! What threads share in a pool: slots by index, the depot, the index table, leases, figures.

use std::sync::Arc;

use loom::sync::Mutex;
use ratoon_pool::{Pool, PooledArc};

use super::probe::{Log, Probe};
use super::thread::{leave, spawn};

type Factory = Box<dyn Fn() -> Probe + Send + Sync>;
type ProbePool = Pool<Probe, Factory>;

/// Names of holders; never that of a fresh probe.
const A: u32 = 1;
const B: u32 = 2;
const MAIN: u32 = 3;

fn pool(log: &Log, local_capacity: usize, shared_capacity: usize) -> Arc<ProbePool> {
    let log = log.clone();
    let factory: Factory = Box::new(move || Probe::new(&log));
    let builder = Pool::builder_with(factory);
    Arc::new(builder.local_capacity(local_capacity).shared_capacity(shared_capacity).build())
}

/// Gets an object, which must be fresh, and puts it back while nobody else has had it.
fn cycle(pool: &ProbePool, holder: u32) {
    let object = pool.get();
    object.claim(holder);
    object.assert_held(holder);
}

/// Several objects at a time, more than a slot keeps, so that it exchanges with the depot.
fn cycle_many<const N: usize>(pool: &ProbePool, holder: u32) {
    let held: [_; N] = std::array::from_fn(|_| pool.get());
    held.iter().for_each(|object| object.claim(holder));
    held.iter().for_each(|object| object.assert_held(holder));
}

/// At rest the figures add up, and every object that was made is dropped once.
fn finish(pool: Arc<ProbePool>, log: &Log) {
    let stats = pool.stats();
    assert_eq!(stats.created, log.made() as u64);
    assert_eq!(stats.created, stats.idle() as u64 + stats.detached + stats.discarded.total());
    assert_eq!(log.dropped(), log.made() - stats.idle());
    drop(pool);
    assert_eq!(log.dropped(), log.made());
}

/// Full slots hand objects to the depot while an empty one takes them.
pub(crate) fn slot_and_depot_exchange() {
    let log = Log::default();
    let pool = pool(&log, 3, 3);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || cycle_many::<4>(&pool, A)
    });
    cycle_many::<4>(&pool, MAIN);
    cycle_many::<4>(&pool, MAIN);
    a.join().unwrap();
    finish(pool, &log);
}

/// Threads beyond the index table share the depot without a slot.
pub(crate) fn depot_without_slots() {
    let log = Log::default();
    let pool = pool(&log, 0, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, A)
    });
    let b = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, B)
    });
    a.join().unwrap();
    b.join().unwrap();
    assert!(pool.stats().idle_in_depot <= 1);
    finish(pool, &log);
}

/// An object is written by one thread and put back, reset, by another.
pub(crate) fn get_on_a_put_on_b() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let mailbox = Arc::new(Mutex::new(None::<PooledArc<Probe, Factory>>));
    let a = spawn({
        let (pool, mailbox) = (Arc::clone(&pool), Arc::clone(&mailbox));
        move || {
            let object = pool.get_arc();
            object.claim(A);
            *mailbox.lock().unwrap() = Some(object);
            cycle(&pool, A);
        }
    });
    let received = mailbox.lock().unwrap().take();
    if let Some(object) = received {
        object.assert_held(A);
    }
    cycle(&pool, MAIN);
    a.join().unwrap();
    drop(mailbox);
    finish(pool, &log);
}

/// A thread ends while another trims: its objects move, or stay, and are never touched by both.
pub(crate) fn thread_exit_against_trim() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, A)
    });
    pool.trim();
    a.join().unwrap();
    pool.trim();
    assert_eq!(pool.stats().idle_in_threads, 0, "the slot of an ended thread was not drained");
    finish(pool, &log);
}

/// A thread ends while another comes and takes over its index, and the objects under it.
pub(crate) fn index_hand_over() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, A)
    });
    let b = spawn({
        let pool = Arc::clone(&pool);
        move || {
            cycle(&pool, B);
            cycle(&pool, B);
        }
    });
    a.join().unwrap();
    b.join().unwrap();
    finish(pool, &log);
}

/// A trim drains the slot of a thread that has ended while another thread takes its index over.
pub(crate) fn index_hand_over_against_trim() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, A)
    });
    a.join().unwrap();
    let b = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, B)
    });
    pool.trim();
    b.join().unwrap();
    finish(pool, &log);
}

/// What a thread still puts back after it gave its index away goes past its old slot.
pub(crate) fn put_after_exit() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = loom::thread::spawn({
        let pool = Arc::clone(&pool);
        move || {
            cycle(&pool, A);
            leave();
            cycle(&pool, A);
        }
    });
    cycle(&pool, MAIN);
    pool.trim();
    cycle(&pool, MAIN);
    a.join().unwrap();
    finish(pool, &log);
}

/// A clear meets a put: the object is kept or dropped, not both.
pub(crate) fn clear_against_put() {
    let log = Log::default();
    let pool = pool(&log, 1, 2);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || cycle_many::<2>(&pool, A)
    });
    cycle(&pool, MAIN);
    pool.clear();
    a.join().unwrap();
    pool.clear();
    assert_eq!(pool.stats().idle(), 0);
    finish(pool, &log);
}

/// Figures read while others work never exceed what was done, and add up at rest.
pub(crate) fn stats_sums() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || {
            cycle(&pool, A);
            cycle(&pool, A);
        }
    });
    let during = pool.stats();
    assert!(during.created <= 1 && during.reused <= 1 && during.idle() <= 1, "{during:?}");
    a.join().unwrap();
    let after = pool.stats();
    assert_eq!((after.created, after.reused, after.idle()), (1, 1, 1));
    finish(pool, &log);
}

/// A guard is dropped after the thread that made it, while another one has its index.
pub(crate) fn guard_outlives_its_thread() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || {
            let object = pool.get_arc();
            object.claim(A);
            object
        }
    });
    let object = a.join().unwrap();
    let b = spawn({
        let pool = Arc::clone(&pool);
        move || cycle(&pool, B)
    });
    object.assert_held(A);
    drop(object);
    cycle(&pool, MAIN);
    b.join().unwrap();
    finish(pool, &log);
}

/// Shared guards are dropped by two threads, and whoever is last drops the pool.
pub(crate) fn pooled_arc_last_drop() {
    /// Loom does not see the counter of a std `Arc`. Whoever drops this one last has been ordered
    /// after the others by loom's counter, as by the real one.
    struct Last {
        _pool: Arc<ProbePool>,
    }
    let log = Log::default();
    let pool = pool(&log, 1, 0);
    let (first, second) = (pool.get_arc(), pool.get_arc());
    let last = loom::sync::Arc::new(Last { _pool: pool });
    let a = spawn({
        let last = loom::sync::Arc::clone(&last);
        move || {
            first.claim(A);
            drop(first);
            drop(last);
        }
    });
    second.claim(MAIN);
    drop(second);
    drop(last);
    a.join().unwrap();
    assert_eq!((log.made(), log.dropped()), (2, 2));
}

/// A leased slot changes hands while indexes do: neither is taken for the other.
pub(crate) fn leased_local_against_index_hand_over() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || {
            let local = pool.local();
            local.get().claim(A);
            cycle(&pool, A);
        }
    });
    let local = pool.local();
    local.get().claim(MAIN);
    cycle(&pool, MAIN);
    drop(local);
    a.join().unwrap();
    finish(pool, &log);
}

/// A lease that one thread makes is found by another.
pub(crate) fn lease_made_against_lease_found() {
    let log = Log::default();
    let pool = pool(&log, 1, 0);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || pool.local().get().claim(A)
    });
    let b = spawn({
        let pool = Arc::clone(&pool);
        move || pool.local().get().claim(B)
    });
    pool.stats();
    a.join().unwrap();
    b.join().unwrap();
    finish(pool, &log);
}
