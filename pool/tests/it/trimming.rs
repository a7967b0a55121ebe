//! What trim and clear free, and when.

use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use ratoon_pool::Pool;

use crate::support::{Ledger, Worker};

/// Gets `n` objects at once and puts them back.
fn burst<T: ratoon_pool::Reset + Send, F: Fn() -> T>(pool: &Pool<T, F>, n: usize) {
    drop((0..n).map(|_| pool.get()).collect::<Vec<_>>());
}

#[test]
fn clear_drops_at_once_what_it_reaches_and_clear_all_the_rest() {
    let ledger = Ledger::default();
    let mut pool = Pool::builder_with(|| ledger.probe()).local_capacity(10).build();
    let (told, tell) = (&Barrier::new(2), &Barrier::new(2));
    thread::scope(|scope| {
        let pool = &pool;
        scope.spawn(move || {
            burst(pool, 7);
            told.wait();
            tell.wait();
        });
        told.wait();
        burst(pool, 100);
        pool.clear();
        assert_eq!(pool.stats().idle(), 7, "those of the live thread");
        tell.wait();
    });
    burst(&pool, 5);
    let local = pool.local();
    drop(local.get());
    std::mem::forget(local);
    pool.clear_all();
    assert_eq!((ledger.alive(), pool.stats().idle()), (0, 0));
    burst(&pool, 5);
    assert_eq!(ledger.alive(), 5);
}

#[test]
fn stats_have_no_side_effect() {
    let pool = Pool::<u64>::new(|| 0);
    burst(&pool, 500);
    pool.trim();
    let before = pool.stats();
    for _ in 0..1000 {
        assert_eq!(pool.stats(), before);
    }
    burst(&pool, 500);
    pool.trim();
    assert_eq!(pool.stats().idle(), 500);
    assert!(format!("{pool:?}").contains("created: 500"));
}

#[test]
fn two_trims_in_idleness_empty_the_depot_and_leave_the_caches_of_live_threads() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).trim_window(Duration::ZERO).build();
    burst(&pool, 500);
    pool.trim();
    assert_eq!(ledger.alive(), 500);
    burst(&pool, 500);
    assert_eq!(ledger.made(), 500);
    pool.trim();
    pool.trim();
    let stats = pool.stats();
    assert_eq!((stats.idle_in_depot, stats.idle_in_threads), (0, ledger.alive()));
    assert!((1..=64).contains(&ledger.alive()), "{}", ledger.alive());
    assert_eq!(stats.discarded.trimmed, 500 - ledger.alive() as u64);
}

#[test]
fn flush_and_two_trims_in_idleness_drop_every_object_of_a_live_thread() {
    let ledger = Ledger::default();
    let factory = {
        let ledger = ledger.clone();
        move || ledger.probe()
    };
    let pool = Arc::new(Pool::builder_with(factory).trim_window(Duration::ZERO).build());
    let worker = Worker::spawn();
    let works = Arc::clone(&pool);
    worker.run(move || burst(&works, 300));
    assert!(pool.stats().idle_in_threads > 0);
    let flushes = Arc::clone(&pool);
    worker.run(move || flushes.flush_local());
    assert_eq!(pool.stats().idle_in_threads, 0);
    pool.trim();
    assert_eq!(ledger.alive(), 300);
    pool.trim();
    assert_eq!(ledger.alive(), 0);
}

/// Bursts of all sizes, and pauses of thousands of calls: the default window is longer than the test.
#[test]
fn calling_trim_often_within_a_window_frees_nothing() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(16).build();
    for round in 0..100 {
        burst(&pool, if round % 10 == 0 { 400 } else { 40 });
        (0..1_000).for_each(|_| pool.trim());
    }
    assert_eq!((ledger.made(), ledger.alive()), (400, 400));
}

#[test]
fn what_each_window_needs_is_kept_and_the_rest_freed() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe())
        .local_capacity(16)
        .trim_window(Duration::ZERO)
        .build();
    burst(&pool, 1000);
    for _ in 0..100 {
        burst(&pool, 100);
        pool.trim();
    }
    let kept = ledger.alive();
    assert!((100..=116).contains(&kept), "{kept}");
    assert_eq!(ledger.made(), 1000, "what is needed was never freed");
}

#[test]
fn load_that_never_reaches_the_depot_does_not_keep_it() {
    let pool = Pool::<u64>::builder(|| 0).trim_window(Duration::ZERO).build();
    burst(&pool, 1000);
    assert!(pool.stats().idle_in_depot > 900);
    pool.trim();
    for _ in 0..1000 {
        drop(pool.get());
    }
    pool.trim();
    assert_eq!(pool.stats().idle_in_depot, 0);
}

#[test]
fn window_without_end_frees_nothing() {
    let pool = Pool::<u64>::builder(|| 0).trim_window(Duration::MAX).build();
    pool.prefill(100);
    (0..10).for_each(|_| pool.trim());
    assert_eq!(pool.stats().idle(), 100);
}

#[test]
fn window_ends_with_the_time_it_was_given() {
    const WINDOW: Duration = Duration::from_millis(1);
    let pool = Pool::<u64>::builder(|| 0).trim_window(WINDOW).build();
    pool.prefill(100);
    pool.trim();
    thread::sleep(WINDOW);
    pool.trim();
    assert_eq!(pool.stats().idle(), 0);
}

/// Those that were pushed first are the coldest.
#[test]
fn coldest_objects_are_freed() {
    let pool = Pool::<[u8; 100]>::builder(|| [0; 100])
        .local_capacity(0)
        .trim_window(Duration::ZERO)
        .build();
    let address = |object: &[u8; 100]| (&raw const *object).addr();
    let objects: Vec<_> = (0..1000).map(|_| pool.get()).collect();
    let hottest: Vec<_> = objects[900..].iter().rev().map(|object| address(object)).collect();
    objects.into_iter().for_each(drop);
    pool.trim();
    drop((0..100).map(|_| pool.get()).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>());
    pool.trim();
    let kept: Vec<_> = (0..100).map(|_| pool.get()).collect();
    assert!(kept.iter().map(|object| address(object)).eq(hottest));
    assert_eq!(pool.stats().created, 1000);
}

/// What was in the depot before says nothing about what is needed of the objects that come afterwards.
#[test]
fn clear_all_leaves_nothing_for_the_next_trim_to_free() {
    let mut pool = Pool::<u64>::builder(|| 0).trim_window(Duration::ZERO).build();
    pool.prefill(100);
    pool.trim();
    pool.clear_all();
    pool.prefill(100);
    pool.trim();
    assert_eq!(pool.stats().idle(), 100);
    pool.trim();
    assert_eq!(pool.stats().idle(), 0);
}

#[test]
fn clear_drops_the_caches_of_ended_threads() {
    let pool = Arc::new(Pool::<u64>::new(|| 0));
    let worker = Worker::spawn();
    let works = Arc::clone(&pool);
    worker.run(move || burst(&works, 7));
    drop(worker);
    assert_eq!(pool.stats().idle(), 7);
    pool.clear();
    assert_eq!(pool.stats().idle(), 0);
}
