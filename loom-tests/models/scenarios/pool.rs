//! What threads share in a pool: slots by index, the depot, the index table, leases, figures.

use std::sync::Arc;
use std::time::Duration;

use ratoon_pool::__model::trim_at;
use ratoon_pool::{Pool, PooledArc};

use super::probe::{Log, Probe};
use super::{crowd, crowd_with, join, rounds};
use crate::checker::{self, CROWD, CheckedArc, Mutex, ROUNDS};

pub(crate) type Factory = Box<dyn Fn() -> Probe + Send + Sync>;
pub(crate) type ProbePool = Pool<Probe, Factory>;

/// As long as the window of the pools that a trim frees objects of.
const WINDOW: Duration = Duration::from_secs(30);

/// The holder that is no thread of a [`crowd`].
pub(crate) const MAIN: u32 = 1000;

pub(crate) fn pool(log: &Log, local_capacity: usize, shared_capacity: usize) -> Arc<ProbePool> {
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

/// Threads that work with a pool.
fn crowd_on<R: Send + 'static>(
    pool: &Arc<ProbePool>,
    n: usize,
    body: impl Fn(&Arc<ProbePool>, u32) -> R + Clone + Send + 'static,
) -> Vec<checker::JoinHandle<R>> {
    let pool = Arc::clone(pool);
    crowd(n, move |holder| body(&pool, holder))
}

/// At rest the figures add up, and every object that was made is dropped once.
#[track_caller]
pub(crate) fn finish(pool: Arc<ProbePool>, log: &Log) {
    let stats = pool.stats();
    assert_eq!(stats.created, log.made() as u64);
    assert_eq!(stats.created, stats.idle() as u64 + stats.detached + stats.discarded.total());
    assert_eq!(log.dropped(), log.made() - stats.idle());
    drop(pool);
    assert_eq!(log.dropped(), log.made());
}

/// Full slots hand objects to the depot while an empty one takes them.
pub(super) fn slot_and_depot_exchange() {
    let log = Log::default();
    let pool = pool(&log, 3, 3);
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle_many::<4>(pool, holder)));
    rounds(|| cycle_many::<4>(&pool, MAIN));
    cycle_many::<4>(&pool, MAIN);
    join(others);
    assert!(pool.stats().idle_in_depot <= 3);
    finish(pool, &log);
}

/// Threads without slots share the depot.
pub(super) fn depot_without_slots() {
    let log = Log::default();
    let pool = pool(&log, 0, 1);
    join(crowd_on(&pool, 2, |pool, holder| rounds(|| cycle(pool, holder))));
    assert!(pool.stats().idle_in_depot <= 1);
    finish(pool, &log);
}

/// The depot grows for one thread while another puts.
pub(super) fn depot_grown_by_two() {
    let log = Log::default();
    let pool = pool(&log, 0, usize::MAX);
    join(crowd_on(&pool, 2, |pool, holder| rounds(|| cycle(pool, holder))));
    assert_eq!(pool.stats().discarded.total(), 0);
    finish(pool, &log);
}

/// More threads than indexes: who has none uses the depot.
pub(super) fn threads_beyond_the_index_table() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 2, |pool, holder| rounds(|| cycle(pool, holder)));
    rounds(|| cycle(&pool, MAIN));
    join(others);
    finish(pool, &log);
}

/// An object is written by one thread and put back, reset, by another.
pub(super) fn get_on_a_put_on_b() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let mailbox = Arc::new(Mutex::new(Vec::<(u32, PooledArc<Probe, Factory>)>::new()));
    let others = crowd_on(&pool, 1, {
        let mailbox = Arc::clone(&mailbox);
        move |pool, holder| {
            rounds(|| {
                let object = pool.get_arc();
                object.claim(holder);
                mailbox.lock().unwrap().push((holder, object));
                cycle(pool, holder);
            });
        }
    });
    rounds(|| {
        let received = mailbox.lock().unwrap().pop();
        if let Some((holder, object)) = received {
            object.assert_held(holder);
        }
        cycle(&pool, MAIN);
    });
    join(others);
    drop(mailbox);
    finish(pool, &log);
}

/// A thread ends while another trims: its objects move, or stay, and are never touched by both.
pub(super) fn thread_exit_against_trim() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    rounds(|| pool.trim());
    join(others);
    pool.trim();
    assert_eq!(pool.stats().idle_in_threads, 0, "the slot of an ended thread was not drained");
    finish(pool, &log);
}

/// A pool in whose depot and in whose slot of an ended thread an object rests.
fn pool_with_leftovers(log: &Log) -> Arc<ProbePool> {
    let pool = pool(log, 1, 2);
    join(crowd_on(&pool, 1, |pool, holder| cycle_many::<2>(pool, holder)));
    pool
}

/// Two trims find the same slot of an ended thread, and the same depot.
pub(super) fn trim_against_trim() {
    let log = Log::default();
    let pool = pool_with_leftovers(&log);
    let others = crowd_on(&pool, 1, |pool, _| rounds(|| pool.trim()));
    rounds(|| pool.trim());
    join(others);
    assert_eq!(pool.stats().idle_in_threads, 0);
    finish(pool, &log);
}

/// A trim moves what a clear drops.
pub(super) fn trim_against_clear() {
    let log = Log::default();
    let pool = pool_with_leftovers(&log);
    let others = crowd_on(&pool, 1, |pool, _| rounds(|| pool.trim()));
    rounds(|| pool.clear());
    join(others);
    pool.clear();
    assert_eq!(pool.stats().idle(), 0);
    finish(pool, &log);
}

/// A clear meets a put: the object is kept or dropped, not both.
pub(super) fn clear_against_put() {
    let log = Log::default();
    let pool = pool(&log, 1, 2);
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle_many::<2>(pool, holder)));
    rounds(|| {
        cycle(&pool, MAIN);
        pool.clear();
    });
    join(others);
    pool.clear();
    assert_eq!(pool.stats().idle(), 0);
    finish(pool, &log);
}

/// A thread that is about to sleep hands its objects to one that needs them.
pub(super) fn flush_against_get() {
    let log = Log::default();
    let pool = pool(&log, 2, 2);
    let others = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| {
            cycle(pool, holder);
            pool.flush_local();
        });
    });
    rounds(|| cycle_many::<2>(&pool, MAIN));
    join(others);
    finish(pool, &log);
}

/// Two threads trim, one of them with an older reading of the clock, while a third needs one object of three:
/// two are freed, once, and the third is kept.
pub(super) fn trims_against_load() {
    const NEEDED: usize = 1;
    const MADE: usize = 3;
    let log = Log::default();
    let pool = pool(&log, 0, MADE);
    cycle_many::<MADE>(&pool, MAIN);
    trim_at(&pool, Duration::ZERO);
    cycle(&pool, MAIN);
    let others = crowd_on(&pool, 2, |pool, holder| {
        rounds(|| trim_at(pool, if holder % 2 == 0 { Duration::ZERO } else { WINDOW }));
    });
    cycle(&pool, MAIN);
    join(others);
    assert_eq!(log.made(), MADE, "what is needed was freed");
    assert_eq!(log.dropped(), MADE - NEEDED, "freed too many, or too few");
    finish(pool, &log);
}

/// A trim frees what was not needed in a window while another thread takes what is.
pub(super) fn coldest_freed_against_get() {
    // One more than can be in use at one time.
    const KEPT: usize = CROWD + 2;
    let log = Log::default();
    let pool = pool(&log, 0, KEPT);
    cycle_many::<KEPT>(&pool, MAIN);
    trim_at(&pool, Duration::ZERO);
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    cycle(&pool, MAIN);
    trim_at(&pool, WINDOW);
    join(others);
    assert!(pool.stats().discarded.trimmed > 0, "{:?}", pool.stats());
    finish(pool, &log);
}

/// One thread fills the depot while another takes from it.
pub(super) fn prefill_against_get() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, _| pool.prefill(2));
    rounds(|| cycle(&pool, MAIN));
    join(others);
    finish(pool, &log);
}

/// A thread ends while another comes and takes over its index, and the objects under it.
pub(super) fn index_hand_over() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let first = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    let second = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| cycle(pool, holder));
        cycle(pool, holder);
    });
    join(first);
    join(second);
    finish(pool, &log);
}

/// A trim drains the slot of a thread that has ended while another thread takes its index over.
pub(super) fn index_hand_over_against_trim() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    join(crowd_on(&pool, 1, |pool, holder| cycle(pool, holder)));
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    rounds(|| pool.trim());
    join(others);
    finish(pool, &log);
}

/// A thread takes over an index, but never uses the pool in which its predecessor left an object:
/// the object is found all the same.
pub(super) fn index_hand_over_in_another_pool() {
    let log = Log::default();
    let (left, used) = (pool(&log, 1, 0), pool(&log, 1, 0));
    join(crowd_on(&left, 1, |pool, holder| cycle(pool, holder)));
    let others = crowd_on(&used, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    left.clear();
    assert_eq!(left.stats().idle(), 0, "the slot of an ended thread was not drained");
    join(others);
    drop((left, used));
    assert_eq!(log.dropped(), log.made());
}

/// The far part of the table of slots is made while another thread looks through it.
pub(super) fn far_slot_made_against_trim() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    // Has the near index.
    cycle(&pool, MAIN);
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    rounds(|| {
        pool.trim();
        pool.stats();
    });
    join(others);
    finish(pool, &log);
}

/// What a thread still puts back after it gave its index away goes past its old slot.
pub(super) fn put_after_exit() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| cycle(pool, holder));
        ratoon_pool::__model::leave();
        rounds(|| cycle(pool, holder));
    });
    cycle(&pool, MAIN);
    pool.trim();
    cycle(&pool, MAIN);
    join(others);
    finish(pool, &log);
}

/// A guard is dropped after the thread that made it, while another one has its index.
pub(super) fn guard_outlives_its_thread() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let objects = join(crowd_on(&pool, 1, |pool, holder| {
        let object = pool.get_arc();
        object.claim(holder);
        (holder, object)
    }));
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    for (holder, object) in objects {
        object.assert_held(holder);
    }
    cycle(&pool, MAIN);
    join(others);
    finish(pool, &log);
}

/// A pool whose last holder drops it after the others: the count of std's `Arc`, which guards and
/// scenarios use, is not visible to a checker, that of its own is.
struct Last {
    _pool: Arc<ProbePool>,
}

/// The pool is gone when a thread ends that has used it: giving the index back touches no pool.
pub(super) fn pool_dropped_against_thread_exit() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let last = CheckedArc::new(Last { _pool: Arc::clone(&pool) });
    let handles = (0..CROWD).map(|_| (Arc::clone(&pool), CheckedArc::clone(&last))).collect();
    drop(pool);
    let others = crowd_with(handles, |(pool, last)| {
        cycle(&pool, 1);
        drop(pool);
        drop(last);
        // The thread gives its index back after this.
    });
    drop(last);
    join(others);
    assert_eq!(log.made(), log.dropped());
    // Indexes are free again, though the pool is gone.
    let log = Log::default();
    let pool = self::pool(&log, 1, 0);
    join(crowd_on(&pool, 1, |pool, holder| cycle(pool, holder)));
    assert!(pool.stats().idle_in_threads > 0, "an index did not come back");
    finish(pool, &log);
}

/// What many left, everyone's at once: slots of ended threads, the depot, a lease that was never
/// given back.
pub(super) fn clear_all_after_threads() {
    let log = Log::default();
    let mut pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, holder| {
        cycle_many::<2>(pool, holder);
        let local = pool.local();
        local.get().claim(holder);
        std::mem::forget(local);
    });
    cycle(&pool, MAIN);
    join(others);
    Arc::get_mut(&mut pool).expect("the others have ended").clear_all();
    assert_eq!((pool.stats().idle(), log.dropped()), (0, log.made()));
    let others = crowd_on(&pool, 1, |pool, holder| pool.local().get().claim(holder));
    pool.local().get().claim(MAIN);
    join(others);
    finish(pool, &log);
}

/// Shared guards are dropped by two threads, and whoever is last drops the pool.
pub(super) fn pooled_arc_last_drop() {
    let log = Log::default();
    let pool = pool(&log, 1, 0);
    let objects: Vec<_> = (0..CROWD).map(|_| pool.get_arc()).collect();
    let mine = pool.get_arc();
    let last = CheckedArc::new(Last { _pool: pool });
    let handles = objects.into_iter().map(|object| (object, CheckedArc::clone(&last))).collect();
    let others = crowd_with(handles, |(object, last)| {
        object.claim(1);
        drop(object);
        drop(last);
    });
    mine.claim(MAIN);
    drop(mine);
    drop(last);
    join(others);
    assert_eq!((log.made(), log.dropped()), (CROWD + 1, CROWD + 1));
}

/// A leased slot changes hands while indexes do: neither is taken for the other.
pub(super) fn leased_local_against_index_hand_over() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| {
            let local = pool.local();
            local.get().claim(holder);
            cycle(pool, holder);
        });
    });
    let local = pool.local();
    local.get().claim(MAIN);
    cycle(&pool, MAIN);
    drop(local);
    join(others);
    finish(pool, &log);
}

/// A lease that one thread makes is found by another.
pub(super) fn lease_made_against_lease_found() {
    let log = Log::default();
    let pool = pool(&log, 1, 0);
    let others = crowd_on(&pool, 2, |pool, holder| rounds(|| pool.local().get().claim(holder)));
    pool.stats();
    join(others);
    finish(pool, &log);
}

/// A `Local` hands its objects to the depot while another thread clears it.
pub(super) fn local_dropped_against_clear() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| {
            let local = pool.local();
            local.get().claim(holder);
        });
    });
    rounds(|| pool.clear());
    join(others);
    pool.clear();
    assert_eq!(pool.stats().idle(), 0);
    finish(pool, &log);
}

/// Figures read while others work never exceed what was done, and add up at rest.
pub(super) fn stats_sums() {
    const GETS: usize = 2 * ROUNDS * CROWD;
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let others = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| {
            cycle(pool, holder);
            cycle(pool, holder);
        });
    });
    let during = pool.stats();
    // Each thread makes one object at most, and uses it from then on.
    assert!(during.created <= CROWD as u64 && during.idle() <= CROWD, "{during:?}");
    assert!(during.reused <= (GETS - 1) as u64, "{during:?}");
    join(others);
    let after = pool.stats();
    assert_eq!(after.created + after.reused, GETS as u64, "{after:?}");
    assert_eq!(after.idle() as u64, after.created, "{after:?}");
    finish(pool, &log);
}

/// Figures are read while a slot changes its owner: what the one before did stays counted.
pub(super) fn stats_against_index_hand_over() {
    let log = Log::default();
    let pool = pool(&log, 1, 1);
    let before = crowd_on(&pool, 1, |pool, holder| {
        cycle(pool, holder);
        cycle(pool, holder);
    });
    join(before);
    let reused = pool.stats().reused;
    let others = crowd_on(&pool, 1, |pool, holder| rounds(|| cycle(pool, holder)));
    let during = pool.stats();
    assert!(during.reused >= reused, "{during:?}");
    join(others);
    let after = pool.stats();
    assert_eq!(after.created + after.reused, ((2 + ROUNDS) * CROWD) as u64, "{after:?}");
    finish(pool, &log);
}

/// Figures of the depot are read while it is in use.
pub(super) fn stats_against_depot_exchange() {
    let log = Log::default();
    let pool = pool(&log, 0, 1);
    let others = crowd_on(&pool, 1, |pool, holder| {
        rounds(|| cycle(pool, holder));
        cycle(pool, holder);
    });
    let mut exchanges = 0;
    rounds(|| {
        let during = pool.stats();
        assert!(during.depot_exchanges >= exchanges && during.idle_in_depot <= 1, "{during:?}");
        exchanges = during.depot_exchanges;
    });
    join(others);
    finish(pool, &log);
}
