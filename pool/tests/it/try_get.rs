//! Gets that take only what is idle.

use std::sync::Arc;
use std::thread;

use ratoon_pool::Pool;

use crate::support::{Ledger, Worker};

#[test]
fn try_get_takes_what_is_idle_and_makes_nothing() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    assert!(pool.try_get().is_none());
    assert_eq!((ledger.made(), pool.stats().created, pool.stats().reused), (0, 0, 0));
    let held: Vec<_> = (0..3).map(|_| pool.get()).collect();
    assert!(pool.try_get().is_none(), "those in use are not idle");
    drop(held);
    let again: Vec<_> = std::iter::from_fn(|| pool.try_get()).collect();
    assert_eq!((again.len(), ledger.made(), pool.stats().reused), (3, 3, 3));
    drop(again);
    assert_eq!((pool.stats().idle(), pool.stats().in_use()), (3, 0));
}

#[test]
fn try_get_finds_the_depot_and_not_the_caches_of_others() {
    static POOL: Pool<String> = Pool::new(String::new);
    let worker = Worker::spawn();
    worker.run(|| drop((POOL.get(), POOL.get())));
    assert!(POOL.try_get().is_none());
    assert_eq!(POOL.stats().idle(), 2);
    worker.run(|| POOL.flush_local());
    let one = POOL.try_get();
    let two = POOL.try_get();
    assert!(one.is_some() && two.is_some() && POOL.try_get().is_none());
    assert_eq!((POOL.stats().created, POOL.stats().reused), (2, 2));
}

#[test]
fn try_get_without_thread_caches_takes_from_the_depot() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(0).build();
    assert!(pool.try_get().is_none() && pool.local().try_get().is_none());
    pool.prefill(2);
    let local = pool.local();
    let (one, two) = (pool.try_get(), local.try_get());
    assert!(one.is_some() && two.is_some() && pool.try_get().is_none());
    assert_eq!((pool.stats().created, pool.stats().in_use()), (2, 2));
}

#[test]
fn try_get_of_a_local_and_of_a_shared_pool() {
    let pool = Arc::new(Pool::<String>::new(String::new));
    assert!(pool.try_get_arc().is_none());
    assert_eq!(Arc::strong_count(&pool), 1, "a failed get holds no reference");
    drop(pool.get_arc());
    let mut text = pool.try_get_arc().expect("one is idle");
    text.push_str("dirty");
    let moved = thread::spawn(move || drop(text));
    moved.join().expect("does not panic");
    pool.trim(); // what the ended thread left moves to the depot

    let local = pool.local();
    let mut text = local.try_get().expect("the depot has one");
    assert_eq!(*text, "");
    text.push_str("dirty");
    assert!(local.try_get().is_none());
    drop(text);
    assert_eq!(*local.try_get().expect("the cache has one"), "");
    assert!(pool.try_get().is_none(), "the cache of a `Local` is its own");
    assert_eq!(pool.stats().created, 1);
}

#[test]
fn objects_in_use_are_those_that_guards_hold() {
    let pool = Arc::new(Pool::<Vec<u8>>::builder(Vec::new).max_retained_bytes(100).build());
    let in_use = || pool.stats().in_use();
    let local = pool.local();
    assert_eq!(in_use(), 0);
    let (one, two, three) = (pool.get(), local.get(), pool.get_arc());
    assert_eq!(in_use(), 3);
    drop(one);
    assert_eq!(in_use(), 2);
    two.discard();
    let mine = three.detach();
    assert_eq!(in_use(), 0);
    drop(mine);
    let mut large = pool.get();
    large.reserve(1000);
    assert_eq!(in_use(), 1);
    drop(large); // discarded
    drop(local);
    assert_eq!(in_use(), 0);
    pool.prefill(10);
    pool.clear();
    assert_eq!((in_use(), pool.stats().idle()), (0, 0));
}
