//! Bounds, the smallest ones above all.

use ratoon_pool::{Pool, PoolBuilder};

use crate::support::{Ledger, Probe};

fn with_capacities<F: Fn() -> Probe>(
    builder: PoolBuilder<Probe, F>,
    local: usize,
    shared: usize,
) -> Pool<Probe, F> {
    builder.local_capacity(local).shared_capacity(shared).build()
}

#[test]
fn every_pair_of_small_capacities_is_filled_and_never_exceeded() {
    for local in [0, 1, 2, 3, 7, 8] {
        for shared in [0, 1, 2, 3, 9] {
            let ledger = Ledger::default();
            let pool = with_capacities(Pool::builder_with(|| ledger.probe()), local, shared);
            for held in [1, 2, local + shared, local + shared + 5] {
                let guards: Vec<_> = (0..held).map(|_| pool.get()).collect();
                drop(guards);
                assert_eq!(pool.stats().idle(), held.min(local + shared), "{local} + {shared}");
                assert_eq!(ledger.alive(), held.min(local + shared));
            }
            assert!(pool.stats().idle_in_threads <= local);
            assert!(pool.stats().idle_in_depot <= shared);
            drop(pool);
            assert_eq!(ledger.alive(), 0);
        }
    }
}

#[test]
fn no_capacity_at_all_makes_and_drops_each_object() {
    let ledger = Ledger::default();
    let pool = with_capacities(Pool::builder_with(|| ledger.probe()), 0, 0);
    for n in 1..=10 {
        drop(pool.get());
        assert_eq!((ledger.made(), ledger.dropped()), (n, n));
    }
    drop(pool.local().get());
    assert_eq!(pool.stats().discarded.no_room, 11);
}

#[test]
fn depot_without_thread_caches_serves_every_get() {
    let ledger = Ledger::default();
    let pool = with_capacities(Pool::builder_with(|| ledger.probe()), 0, 8);
    for _ in 0..100 {
        drop(pool.get());
    }
    let stats = pool.stats();
    assert_eq!((stats.created, stats.reused), (1, 99));
    assert_eq!((stats.idle_in_depot, stats.idle_in_threads), (1, 0));
}

#[test]
fn local_capacity_is_kept_without_a_depot() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(1000).shared_capacity(0).build();
    for _ in 0..3 {
        let held: Vec<_> = (0..1000).map(|_| pool.get()).collect();
        drop(held);
    }
    let stats = pool.stats();
    assert_eq!((stats.created, stats.idle(), stats.depot_exchanges), (1000, 1000, 0));
}

#[test]
fn enormous_capacities_are_limits_and_not_allocations() {
    let pool = Pool::<u64>::builder(|| 0)
        .local_capacity(usize::MAX)
        .shared_capacity(usize::MAX)
        .max_retained_bytes(usize::MAX)
        .build();
    drop(pool.get());
    let held: Vec<_> = (0..70_000).map(|_| pool.get()).collect();
    drop(held);
    assert_eq!(pool.stats().idle(), 70_000);
    assert_eq!(pool.stats().idle_in_threads + pool.stats().idle_in_depot, 70_000);
}

#[test]
fn use_that_alternates_around_a_boundary_rarely_reaches_the_depot() {
    const M: usize = 16;
    let pool = Pool::<u64>::builder(|| 0).local_capacity(2 * M).shared_capacity(1024).build();
    for depth in [M, 2 * M, 3 * M] {
        // Whatever the slot holds in the end, some depth is at its edge: try them all.
        for offset in 0..M {
            let mut held: Vec<_> = (0..depth + offset).map(|_| pool.get()).collect();
            let before = pool.stats().depot_exchanges;
            for _ in 0..1000 {
                held.push(pool.get());
                held.pop();
            }
            assert!(pool.stats().depot_exchanges - before <= 1, "depth {depth} + {offset}");
        }
    }
}

#[test]
fn depot_is_locked_once_per_block() {
    const M: usize = 16;
    let pool = Pool::<u64>::builder(|| 0).local_capacity(2 * M).shared_capacity(1024).build();
    pool.prefill(1000);
    let before = pool.stats().depot_exchanges;
    let held: Vec<_> = (0..800).map(|_| pool.get()).collect();
    drop(held);
    assert_eq!(pool.stats().created, 1000);
    let exchanges = pool.stats().depot_exchanges - before;
    // 800 objects, M at a time: once out, and but for those that the cache holds, once in.
    assert!((2 * 800 / M as u64 - 2..=2 * 800 / M as u64).contains(&exchanges), "{exchanges}");
}

#[test]
fn prefilled_objects_serve_every_thread_and_stop_at_the_bound() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(4).shared_capacity(10).build();
    pool.prefill(3);
    assert_eq!((pool.stats().created, pool.stats().idle_in_depot), (3, 3));
    std::thread::scope(|scope| {
        scope.spawn(|| drop(pool.get()));
    });
    assert_eq!(pool.stats().created, 3);
    pool.prefill(100);
    let stats = pool.stats();
    assert_eq!(stats.idle_in_depot, 10);
    assert_eq!(stats.discarded.total(), 0, "nothing is made to be dropped");
    assert_eq!(stats.created, stats.idle() as u64);
}

#[test]
fn prefilling_goes_on_in_the_depot_when_the_cache_is_full() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(2).shared_capacity(3).build();
    drop([pool.get(), pool.get()]);
    assert_eq!(pool.stats().idle_in_threads, 2);
    pool.prefill(2);
    assert_eq!((pool.stats().idle_in_threads, pool.stats().idle_in_depot), (2, 2));
    pool.prefill(2);
    assert_eq!((pool.stats().created, pool.stats().idle_in_depot), (5, 3));
}

#[test]
fn capturing_factory_can_be_prefilled() {
    let ledger = Ledger::default();
    let pool = with_capacities(Pool::builder_with(|| ledger.probe()), 2, 5);
    pool.prefill(6);
    assert_eq!((ledger.made(), pool.stats().idle()), (6, 6));
}

#[test]
fn prefilling_stops_at_what_a_put_would_not_keep() {
    const LIMIT: usize = 100;
    let pool = Pool::builder_with(|| Vec::<u8>::with_capacity(LIMIT + 1))
        .max_retained_bytes(LIMIT)
        .build();
    pool.prefill(10);
    let stats = pool.stats();
    assert_eq!((stats.idle(), stats.created, stats.discarded.too_large), (0, 1, 1));
    drop(pool.get());
    assert_eq!(pool.stats().discarded.too_large, 2);

    let ledger = Ledger::default();
    let factory = || {
        let mut probe = ledger.probe();
        probe.reusable = probe.id < 3;
        probe
    };
    let pool = Pool::builder_with(factory).build();
    pool.prefill(10);
    let stats = pool.stats();
    assert_eq!((stats.idle(), stats.created, stats.discarded.not_reusable), (3, 4, 1));
    assert_eq!(ledger.alive(), 3);
}

#[test]
fn every_get_and_put_through_the_depot_counts_as_an_exchange() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(0).build();
    drop(pool.get()); // made by the factory: the put alone finds something to exchange
    assert_eq!(pool.stats().depot_exchanges, 1);
    let object = pool.get();
    assert_eq!(pool.stats().depot_exchanges, 2);
    drop(object);
    assert_eq!(pool.stats().depot_exchanges, 3);
    for _ in 0..10 {
        drop(pool.get());
    }
    assert_eq!(pool.stats().depot_exchanges, 23);
}
