//! Caches that are held in hand.

use std::cell::RefCell;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ratoon_pool::{Local, Pool};

use crate::support::{Ledger, Worker};

#[test]
fn local_serves_its_own_objects_again() {
    let pool = Pool::<String>::new(String::new);
    let local = pool.local();
    let mut text = local.get();
    text.push('x');
    let address = &raw const *text;
    drop(text);
    let text = local.get();
    assert_eq!(&raw const *text, address);
    assert_eq!(*text, "");
}

#[test]
fn two_locals_and_the_thread_itself_keep_apart() {
    let pool = Pool::<u64>::new(|| 0);
    let (one, two) = (pool.local(), pool.local());
    drop((pool.get(), one.get(), two.get()));
    let stats = pool.stats();
    assert_eq!((stats.created, stats.idle_in_threads), (3, 3));
    drop((pool.get(), one.get(), two.get()));
    assert_eq!(pool.stats().created, 3);
}

#[test]
fn dropping_a_local_gives_its_objects_to_all_and_its_slot_to_the_next() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).shared_capacity(3).build();
    let local = pool.local();
    let guards: Vec<_> = (0..5).map(|_| local.get()).collect();
    drop(guards);
    assert_eq!(pool.stats().idle_in_threads, 5);
    drop(local);
    let stats = pool.stats();
    assert_eq!((stats.idle_in_depot, stats.idle_in_threads), (3, 0));
    assert_eq!((stats.discarded.no_room, ledger.alive()), (2, 3));
    let local = pool.local();
    drop(local.get());
    assert_eq!((ledger.made(), pool.stats().reused), (5, 1));
}

#[test]
fn forgotten_local_costs_its_slot_until_clear_all() {
    let ledger = Ledger::default();
    let mut pool = Pool::builder_with(|| ledger.probe()).build();
    let local = pool.local();
    drop(local.get());
    mem::forget(local);
    drop(pool.local().get());
    assert_eq!(ledger.made(), 2, "the forgotten slot is nobody's");
    pool.clear_all();
    assert_eq!(ledger.alive(), 0);
    drop(pool.local().get());
    assert_eq!(pool.stats().idle(), 1);
}

#[test]
fn local_is_bounded_by_local_capacity() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(4).shared_capacity(2).build();
    let local = pool.local();
    let guards: Vec<_> = (0..20).map(|_| local.get()).collect();
    drop(guards);
    let stats = pool.stats();
    assert_eq!((stats.idle_in_threads, stats.idle_in_depot), (4, 2));
}

#[test]
fn local_guard_detaches_and_discards() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let local = pool.local();
    let mut probe = local.get();
    probe.value = 9;
    assert_eq!(probe.detach().value, 9);
    local.get().discard();
    let stats = pool.stats();
    assert_eq!((stats.detached, stats.discarded.requested, ledger.alive()), (1, 1, 0));
}

#[test]
fn local_without_capacity_uses_the_depot() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(0).shared_capacity(2).build();
    let local = pool.local();
    for _ in 0..10 {
        drop(local.get());
    }
    assert_eq!(pool.stats().created, 1);
}

static KEPT: Pool<String> = Pool::new(String::new);
static IN_USE_AT_EXIT: AtomicBool = AtomicBool::new(false);

/// Uses its `Local` while its thread's locals are being destroyed, and beside a thread that has
/// just started, which may have got this thread's index.
struct LastUser(Option<Local<'static, String>>);

impl Drop for LastUser {
    fn drop(&mut self) {
        let local = self.0.take().expect("set in the constructor");
        for round in 0..50 {
            let mut mine = local.get();
            assert_eq!(*mine, "");
            mine.push_str("leaving");
            Worker::spawn().run(move || {
                let mut theirs = KEPT.get();
                assert_eq!(*theirs, "", "round {round}");
                theirs.push_str("arriving");
            });
            assert_eq!(*mine, "leaving");
        }
        IN_USE_AT_EXIT.store(true, Ordering::Relaxed);
    }
}

#[test]
fn local_in_a_thread_local_outlives_the_index_without_sharing_its_slot() {
    thread_local! {
        static LAST: RefCell<Option<LastUser>> = const { RefCell::new(None) };
    }
    thread::spawn(|| {
        // Registered before the pool is used: destroyed after the thread's index is gone.
        LAST.with(|last| *last.borrow_mut() = Some(LastUser(Some(KEPT.local()))));
        drop(KEPT.get());
    })
    .join()
    .expect("no assertion fails while the thread ends");
    assert!(IN_USE_AT_EXIT.load(Ordering::Relaxed));
}
