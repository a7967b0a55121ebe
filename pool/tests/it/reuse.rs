//! Put, then get: the same object, and nothing of its last use.

use std::mem::{self, ManuallyDrop};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ratoon_pool::Pool;

use crate::support::Ledger;

#[test]
fn put_then_get_is_the_same_object_reset_with_its_capacity() {
    let pool = Pool::<String>::new(String::new);
    let mut text = pool.get();
    text.push_str("a secret of one request");
    let (address, capacity) = (&raw const *text, text.capacity());
    drop(text);

    let text = pool.get();
    assert_eq!(&raw const *text, address);
    assert_eq!(text.capacity(), capacity);
    assert!(text.is_empty());
}

#[test]
fn last_in_first_out() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let (a, b, c) = (pool.get(), pool.get(), pool.get());
    let ids = [b.id, c.id, a.id];
    drop((b, c, a));
    assert_eq!(
        [pool.get(), pool.get(), pool.get()].map(|probe| probe.id),
        [ids[2], ids[1], ids[0]]
    );
}

#[test]
fn two_live_guards_are_distinct() {
    let pool = Pool::<u64>::new(|| 0);
    let (mut a, mut b) = (pool.get(), pool.get());
    *a = 1;
    *b = 2;
    assert_ne!(&raw const *a, &raw const *b);
    assert_eq!((*a, *b), (1, 2));
}

#[test]
fn factory_runs_once_per_miss_and_never_on_a_hit() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..100 {
        drop((pool.get(), pool.get()));
    }
    assert_eq!(ledger.made(), 2);
    let stats = pool.stats();
    assert_eq!((stats.created, stats.reused), (2, 198));
}

#[test]
fn new_object_is_reset_before_its_first_use() {
    let pool = Pool::<String>::new(|| "not what reset leaves".to_owned());
    assert_eq!(*pool.get(), "");
    pool.prefill(1);
    assert_eq!(*pool.get(), "");
    assert_eq!(*pool.local().get(), "");
}

#[test]
fn reset_runs_once_per_put_and_never_on_detach_or_discard() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let probe = pool.get();
    assert_eq!(ledger.resets(), 1, "a new object is reset");
    drop(probe);
    assert_eq!(ledger.resets(), 2);
    let mut probe = pool.get();
    probe.value = 7;
    assert_eq!(probe.detach().value, 7);
    assert_eq!((ledger.resets(), ledger.dropped()), (2, 1));
    pool.get().discard();
    assert_eq!((ledger.resets(), ledger.dropped()), (3, 2));
    let stats = pool.stats();
    assert_eq!((stats.created, stats.detached, stats.discarded.requested), (2, 1, 1));
    assert_eq!(stats.idle(), 0);
}

#[test]
fn guard_dropped_while_unwinding_discards_its_object() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let arc = Arc::new(Pool::builder_with(|| ledger.probe()).build());
    let local = pool.local();
    let unwound = catch_unwind(AssertUnwindSafe(|| {
        let _guards = (pool.get(), arc.get_arc(), local.get());
        panic!("half way through a request");
    }));
    assert!(unwound.is_err());
    assert_eq!((ledger.made(), ledger.dropped()), (3, 3));
    assert_eq!(pool.stats().discarded.panicked, 2);
    assert_eq!(arc.stats().discarded.panicked, 1);
    assert_eq!(pool.stats().idle() + arc.stats().idle(), 0);
    assert_eq!(pool.get().value, 0);
}

#[test]
fn object_that_is_not_reusable_is_dropped_and_the_next_is_fresh() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let mut probe = pool.get();
    probe.reusable = false;
    let id = probe.id;
    drop(probe);
    assert_eq!(ledger.dropped(), 1);
    assert_ne!(pool.get().id, id);
    assert_eq!(pool.stats().discarded.not_reusable, 1);
}

#[test]
fn one_huge_request_in_a_hundred_does_not_fill_the_pool_with_huge_buffers() {
    const LIMIT: usize = 4096;
    let pool = Pool::<Vec<u8>>::builder(Vec::new).max_retained_bytes(LIMIT).build();
    let mut held = Vec::new();
    for n in 0..10_000_usize {
        let mut buffer = pool.get();
        buffer.resize(if n % 100 == 0 { 1 << 20 } else { 100 + n % 1000 }, 1);
        held.push(buffer);
        if held.len() == 10 {
            held.clear();
        }
    }
    drop(held);
    assert_eq!(pool.stats().discarded.too_large, 100);
    while pool.stats().idle() > 0 {
        assert!(pool.get().detach().capacity() <= LIMIT);
    }
}

#[test]
fn retained_bytes_at_the_limit_are_kept_and_one_more_is_not() {
    let pool = Pool::<Vec<u8>>::builder(Vec::new).max_retained_bytes(64).build();
    pool.get().reserve_exact(64);
    assert_eq!(pool.stats().idle(), 1);
    pool.get().reserve_exact(65);
    assert_eq!((pool.stats().idle(), pool.stats().discarded.too_large), (0, 1));
}

#[test]
fn default_limit_drops_what_retains_more_than_a_mebibyte() {
    let pool = Pool::<Vec<u8>>::new(Vec::new);
    pool.get().reserve_exact(1 << 20);
    assert_eq!(pool.stats().idle(), 1);
    pool.get().reserve_exact((1 << 20) + 1);
    assert_eq!(pool.stats().idle(), 0);
}

#[test]
fn objects_moved_between_guards_and_pools_are_reset_and_dropped_once() {
    let ledger = Ledger::default();
    {
        let one = Pool::builder_with(|| ledger.probe()).build();
        let two = Pool::builder_with(|| ledger.probe()).build();
        let (mut a, mut b, mut c) = (one.get(), one.get(), two.get());
        (a.value, b.value, c.value) = (1, 2, 3);
        mem::swap(&mut *a, &mut *b);
        mem::swap(&mut *b, &mut *c);
        assert_eq!((a.value, b.value, c.value), (2, 3, 1));
        let taken = mem::replace(&mut *a, ledger.probe());
        assert_eq!(taken.value, 2);
        drop((a, b, c));
        drop(taken);
        assert_eq!((one.get().value, one.get().value, two.get().value), (0, 0, 0));
        assert_eq!((one.stats().idle(), two.stats().idle()), (2, 1));
    }
    assert_eq!(ledger.alive(), 0);
    assert_eq!(ledger.made(), ledger.dropped());
}

#[test]
fn swapped_guards_of_two_pools_each_go_home() {
    let ledger = Ledger::default();
    let one = Pool::builder_with(|| ledger.probe()).build();
    let two = Pool::builder_with(|| ledger.probe()).build();
    let (mut a, mut b) = (one.get(), two.get());
    let (of_one, of_two) = (a.id, b.id);
    mem::swap(&mut a, &mut b);
    drop(a);
    assert_eq!((one.stats().idle(), two.stats().idle()), (0, 1));
    drop(b);
    assert_eq!((one.get().id, two.get().id), (of_one, of_two));
    assert_eq!((ledger.made(), ledger.dropped()), (2, 0));
}

#[test]
fn object_taken_out_of_its_guard_leaves_a_fresh_one_behind() {
    let pool = Pool::<String>::new(String::new);
    let mut text = pool.get();
    text.push_str("taken");
    assert_eq!(mem::take(&mut *text), "taken");
    drop(text);
    assert_eq!(*pool.get(), "");
    assert_eq!((pool.stats().created, pool.stats().idle()), (1, 1));
}

#[test]
fn forgotten_guard_costs_its_object_only() {
    let pool = Pool::<String>::new(String::new);
    // What `mem::forget` does, but kept for the leak checkers.
    let forgotten: Vec<_> = (0..10).map(|_| ManuallyDrop::new(pool.get())).collect();
    drop(pool.get());
    for _ in 0..100 {
        drop(pool.get());
    }
    assert_eq!(pool.stats().created, 11);
    assert_eq!(pool.stats().depot_exchanges, 0, "later gets are hits of the thread's own cache");
    forgotten.into_iter().map(ManuallyDrop::into_inner).for_each(drop);
}

#[test]
fn figures_add_up() {
    let pool = Pool::<Vec<u8>>::builder(Vec::new)
        .local_capacity(4)
        .shared_capacity(4)
        .max_retained_bytes(100)
        .build();
    let held: Vec<_> = (0..20).map(|_| pool.get()).collect();
    drop(held);
    pool.get().reserve(1000);
    pool.get().discard();
    drop(pool.get().detach());
    let in_use = pool.get();
    let stats = pool.stats();
    assert_eq!(stats.created, 1 + stats.idle() as u64 + stats.detached + stats.discarded.total());
    assert_eq!(stats.discarded.no_room, 12);
    drop(in_use);
}
