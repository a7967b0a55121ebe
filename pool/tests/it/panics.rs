//! A panic wherever the pool runs a user's code: the pool stays usable, and nothing is dropped twice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ratoon_pool::{Pool, Reset};

use crate::support::Ledger;

/// Panics when told to, once; says where it lives in `alive`.
struct Fragile {
    panics_in: Option<Place>,
    alive: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Place {
    Reset,
    Reusable,
    RetainedBytes,
    Drop,
}

impl Fragile {
    fn new(alive: &Arc<AtomicUsize>) -> Self {
        alive.fetch_add(1, Ordering::Relaxed);
        Self { panics_in: None, alive: Arc::clone(alive) }
    }

    fn pass(&self, place: Place) {
        assert_ne!(self.panics_in, Some(place), "told to panic");
    }
}

impl Reset for Fragile {
    fn reset(&mut self) {
        self.pass(Place::Reset);
    }

    fn reusable(&self) -> bool {
        self.pass(Place::Reusable);
        true
    }

    fn retained_bytes(&self) -> usize {
        self.pass(Place::RetainedBytes);
        0
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        let before = self.alive.fetch_sub(1, Ordering::Relaxed);
        assert_ne!(before, 0, "dropped twice");
        self.pass(Place::Drop);
    }
}

fn panics<R>(f: impl FnOnce() -> R) -> bool {
    catch_unwind(AssertUnwindSafe(f)).is_err()
}

#[test]
fn panic_in_the_factory_leaves_the_pool_usable() {
    let calls = AtomicUsize::new(0);
    let pool = Pool::builder_with(|| {
        assert_ne!(calls.fetch_add(1, Ordering::Relaxed), 0, "the first call fails");
        7_u64
    })
    .build();
    assert!(panics(|| pool.get()));
    assert_eq!(pool.stats().created, 0);
    drop(pool.get());
    assert_eq!((pool.stats().created, pool.stats().idle()), (1, 1));
}

#[test]
fn panic_in_prefill_keeps_what_was_made() {
    let calls = AtomicUsize::new(0);
    let pool = Pool::builder_with(|| {
        assert_ne!(calls.fetch_add(1, Ordering::Relaxed), 3, "the fourth call fails");
        7_u64
    })
    .build();
    assert!(panics(|| pool.prefill(10)));
    assert_eq!((pool.stats().created, pool.stats().idle()), (3, 3));
}

#[test]
fn panic_in_the_reset_of_a_new_object_drops_it() {
    let alive = Arc::new(AtomicUsize::new(0));
    let sound = Arc::new(AtomicUsize::new(0));
    let pool = Pool::builder_with(|| {
        let mut object = Fragile::new(&alive);
        if sound.fetch_add(1, Ordering::Relaxed) == 0 {
            object.panics_in = Some(Place::Reset);
        }
        object
    })
    .build();
    assert!(panics(|| pool.get()));
    assert_eq!((alive.load(Ordering::Relaxed), pool.stats().created), (0, 0));
    drop(pool.get());
    assert_eq!(alive.load(Ordering::Relaxed), 1);
}

#[test]
fn panic_during_put_drops_the_object_once_and_keeps_the_others() {
    for place in [Place::Reset, Place::Reusable, Place::RetainedBytes] {
        let alive = Arc::new(AtomicUsize::new(0));
        let pool = Pool::builder_with(|| Fragile::new(&alive)).build();
        let arc = Arc::new(Pool::builder_with(|| Fragile::new(&alive)).build());
        let local = pool.local();
        drop((pool.get(), local.get(), arc.get_arc()));
        assert_eq!(alive.load(Ordering::Relaxed), 3);

        let (mut one, mut two, mut three) = (pool.get(), local.get(), arc.get_arc());
        let others = (pool.get(), local.get(), arc.get_arc());
        one.panics_in = Some(place);
        two.panics_in = Some(place);
        three.panics_in = Some(place);
        assert!(panics(|| drop(one)), "{place:?}");
        assert!(panics(|| drop(two)), "{place:?}");
        assert!(panics(|| drop(three)), "{place:?}");
        assert_eq!(alive.load(Ordering::Relaxed), 3);
        drop(others);
        assert_eq!((pool.stats().discarded.panicked, arc.stats().discarded.panicked), (2, 1));
        assert_eq!(pool.stats().idle() + arc.stats().idle(), 3);
        drop((pool.get(), local.get(), arc.get_arc()));
        assert_eq!(alive.load(Ordering::Relaxed), 3);
    }
}

/// A pool of `kept` idle objects, of which the one in the middle panics when dropped.
fn with_a_bomb(
    alive: &Arc<AtomicUsize>,
    local: usize,
    shared: usize,
) -> Pool<Fragile, impl Fn() -> Fragile> {
    let pool = Pool::builder_with(|| Fragile::new(alive))
        .local_capacity(local)
        .shared_capacity(shared)
        .trim_window(Duration::ZERO)
        .build();
    let mut held: Vec<_> = (0..local + shared).map(|_| pool.get()).collect();
    held[(local + shared) / 2].panics_in = Some(Place::Drop);
    drop(held);
    assert_eq!(pool.stats().idle(), local + shared);
    pool
}

#[test]
fn panic_in_drop_at_overflow_loses_that_object_only() {
    let alive = Arc::new(AtomicUsize::new(0));
    let pool = with_a_bomb(&alive, 2, 2);
    let mut held: Vec<_> = (0..5).map(|_| pool.get()).collect();
    for object in &mut held {
        object.panics_in = Some(Place::Drop);
    }
    let last = held.pop().expect("five are held");
    drop(held);
    assert!(panics(|| drop(last)));
    assert_eq!((pool.stats().idle(), pool.stats().discarded.no_room), (4, 1));
    assert_eq!(alive.load(Ordering::Relaxed), 4);
    assert!(panics(|| pool.get().discard()));
    for object in [pool.get(), pool.get(), pool.get()] {
        let mut object = object;
        object.panics_in = None;
    }
    drop(pool);
    assert_eq!(alive.load(Ordering::Relaxed), 0);
}

#[test]
fn panic_in_drop_at_trim_and_clear_leaves_a_pool_that_can_be_emptied() {
    for (local, shared) in [(0, 200), (200, 0), (64, 300)] {
        // A trim frees what is in the depot.
        for trim in [true, false].into_iter().filter(|trim| !trim || shared > 0) {
            let alive = Arc::new(AtomicUsize::new(0));
            let pool = with_a_bomb(&alive, local, shared);
            let empty = || if trim { pool.trim() } else { pool.clear() };
            pool.trim();
            assert!(panics(empty));
            // What was not reached yet is idle still, and the figures say so.
            assert_eq!(alive.load(Ordering::Relaxed), pool.stats().idle());
            empty();
            empty();
            assert_eq!(pool.stats().idle_in_depot, 0);
            pool.clear();
            assert_eq!(alive.load(Ordering::Relaxed), 0);
            drop(pool.get());
            assert_eq!(pool.stats().idle(), 1);
        }
    }
}

#[test]
fn panic_in_drop_at_flush_keeps_the_figures_right() {
    let alive = Arc::new(AtomicUsize::new(0));
    let pool = with_a_bomb(&alive, 100, 0);
    assert!(panics(|| pool.flush_local()));
    assert_eq!(alive.load(Ordering::Relaxed), pool.stats().idle());
    pool.flush_local();
    assert_eq!((alive.load(Ordering::Relaxed), pool.stats().idle()), (0, 0));
}

#[test]
fn panic_in_drop_at_the_end_of_a_local_gives_the_lease_back() {
    let alive = Arc::new(AtomicUsize::new(0));
    let pool = Pool::builder_with(|| Fragile::new(&alive)).shared_capacity(0).build();
    let local = pool.local();
    let mut held: Vec<_> = (0..10).map(|_| local.get()).collect();
    held[3].panics_in = Some(Place::Drop);
    drop(held);
    assert!(panics(|| drop(local)));
    assert_eq!(alive.load(Ordering::Relaxed), pool.stats().idle());
    drop(pool.local().get());
    drop(pool);
    assert_eq!(alive.load(Ordering::Relaxed), 0);
}

#[test]
fn panic_in_drop_at_clear_all_and_at_the_end_of_the_pool_drops_the_others() {
    for clear in [true, false] {
        let alive = Arc::new(AtomicUsize::new(0));
        let mut pool = with_a_bomb(&alive, 10, 10);
        std::thread::scope(|scope| {
            scope.spawn(|| drop((pool.get(), pool.get())));
        });
        let local = pool.local();
        drop(local.get());
        drop(local);
        if clear {
            assert!(panics(|| pool.clear_all()));
            assert_eq!((alive.load(Ordering::Relaxed), pool.stats().idle()), (0, 0));
            drop(pool.get());
            drop(pool);
        } else {
            assert!(panics(|| drop(pool)));
        }
        assert_eq!(alive.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn panic_of_the_judgement_in_prefill_drops_the_object() {
    for place in [Place::Reusable, Place::RetainedBytes] {
        let alive = Arc::new(AtomicUsize::new(0));
        let pool = Pool::builder_with(|| {
            let mut object = Fragile::new(&alive);
            if alive.load(Ordering::Relaxed) == 3 {
                object.panics_in = Some(place);
            }
            object
        })
        .build();
        assert!(panics(|| pool.prefill(10)), "{place:?}");
        let stats = pool.stats();
        assert_eq!((stats.created, stats.idle(), stats.discarded.panicked), (3, 2, 1));
        assert_eq!(alive.load(Ordering::Relaxed), 2);
    }
}

#[test]
fn panic_during_the_put_of_the_last_shared_guard_drops_the_pool() {
    for place in [Place::Reset, Place::Reusable, Place::RetainedBytes, Place::Drop] {
        let alive = Arc::new(AtomicUsize::new(0));
        let factory = {
            let alive = Arc::clone(&alive);
            move || Fragile::new(&alive)
        };
        let pool = Arc::new(Pool::builder_with(factory).build());
        drop((0..100).map(|_| pool.get_arc()).collect::<Vec<_>>());
        let mut last = pool.get_arc();
        last.panics_in = Some(place);
        let seen = Arc::downgrade(&pool);
        drop(pool);
        assert!(panics(|| if place == Place::Drop { last.discard() } else { drop(last) }));
        assert!(seen.upgrade().is_none(), "{place:?}");
        assert_eq!(alive.load(Ordering::Relaxed), 0, "{place:?}");
    }
}

#[test]
fn panic_in_drop_where_a_thread_has_ended_loses_that_batch_only() {
    let alive = Arc::new(AtomicUsize::new(0));
    let pool =
        Pool::builder_with(|| Fragile::new(&alive)).local_capacity(200).shared_capacity(0).build();
    std::thread::scope(|scope| {
        let ended = scope.spawn(|| {
            let mut held: Vec<_> = (0..200).map(|_| pool.get()).collect();
            held[100].panics_in = Some(Place::Drop);
            drop(held);
        });
        ended.join().expect("nothing is dropped");
    });
    assert!(panics(|| pool.trim()));
    assert_eq!(alive.load(Ordering::Relaxed), pool.stats().idle());
    pool.clear();
    assert_eq!((alive.load(Ordering::Relaxed), pool.stats().idle()), (0, 0));
}

#[test]
fn reset_is_not_run_while_the_thread_unwinds() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let arc = Arc::new(Pool::builder_with(|| ledger.probe()).build());
    let local = pool.local();
    let (one, two, three) = (pool.get(), local.get(), arc.get_arc());
    let resets = ledger.resets();
    assert!(panics(move || {
        let _in_use = (one, two, three);
        panic!("a handler fails");
    }));
    assert_eq!(ledger.resets(), resets, "a half-written object must not run its `reset`");
    assert_eq!((ledger.alive(), pool.stats().idle() + arc.stats().idle()), (0, 0));
    assert_eq!((pool.stats().discarded.panicked, arc.stats().discarded.panicked), (2, 1));
}

#[test]
fn object_whose_guard_outlives_a_caught_panic_is_reset_and_kept() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let object = pool.get();
    let resets = ledger.resets();
    assert!(panics(|| {
        let _in_use = &object;
        panic!("a handler fails");
    }));
    drop(object);
    assert_eq!((ledger.resets(), pool.stats().idle()), (resets + 1, 1));
    assert_eq!(pool.stats().discarded.panicked, 0);
}
