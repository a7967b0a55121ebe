//! What trim and clear free, and when.

use std::sync::{Arc, Barrier};
use std::thread;

use ratoon_pool::Pool;

use crate::support::{Ledger, Worker};

/// Gets `n` objects at once and puts them back.
fn burst<T: ratoon_pool::Reset + Send, F: Fn() -> T>(pool: &Pool<T, F>, n: usize) {
    drop((0..n).map(|_| pool.get()).collect::<Vec<_>>());
}

#[test]
fn one_trim_keeps_the_working_set_and_two_in_idleness_give_it_up() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    burst(&pool, 500);
    pool.trim();
    assert_eq!(ledger.alive(), 500);
    burst(&pool, 500);
    assert_eq!(ledger.made(), 500);
    pool.trim();
    assert_eq!(ledger.alive(), 500);
    pool.trim();
    assert_eq!((ledger.alive(), pool.stats().idle()), (0, 0));
    assert_eq!(pool.stats().discarded.trimmed, 500);
}

#[test]
fn flush_and_two_idle_trims_drop_every_object_of_a_live_thread() {
    let ledger = Ledger::default();
    let factory = {
        let ledger = ledger.clone();
        move || ledger.probe()
    };
    let pool = Arc::new(Pool::builder_with(factory).build());
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
fn calling_trim_often_under_load_frees_nothing_that_is_needed() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(16).build();
    for round in 0..3_000 {
        burst(&pool, if round % 10 == 0 { 400 } else { 40 });
        for _ in 0..100 {
            drop(pool.get());
        }
        pool.trim();
        pool.stats();
    }
    assert_eq!(ledger.made(), 400, "made once, never freed");
}

#[test]
fn what_an_epoch_did_not_need_is_freed_under_load() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(16).build();
    burst(&pool, 1000);
    for _ in 0..2_000 {
        burst(&pool, 100);
        pool.trim();
    }
    let kept = ledger.alive();
    assert!((100..=160).contains(&kept), "{kept}");
    let made = ledger.made();
    burst(&pool, 100);
    assert_eq!(ledger.made(), made, "the working set was kept");
}

#[test]
fn load_that_never_reaches_the_depot_ends_epochs_too() {
    let pool = Pool::<u64>::new(|| 0);
    burst(&pool, 1000);
    assert!(pool.stats().idle_in_depot > 900);
    pool.trim();
    for _ in 0..25 {
        for _ in 0..100_000 {
            drop(pool.get());
        }
        pool.trim();
    }
    assert_eq!(pool.stats().idle_in_depot, 0, "not needed for two million gets");
}

#[test]
fn a_trickle_of_gets_counts_as_idleness() {
    let pool = Pool::<u64>::new(|| 0);
    burst(&pool, 1000);
    pool.trim();
    drop(pool.get());
    pool.trim();
    assert_eq!(pool.stats().idle_in_depot, 0);
    pool.trim();
    assert_eq!(pool.stats().idle(), 0);
}

/// A loop of events in one thread: its timer trims between a few requests.
#[test]
fn trickle_does_not_cost_the_calling_thread_what_it_uses() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for gets in (0..64).cycle().take(10_000) {
        (0..gets).for_each(|_| burst(&pool, 1));
        burst(&pool, 1);
        pool.trim();
    }
    assert_eq!(ledger.made(), 1);
}

/// Ten calls between two bursts: each pause looks like the end of the load.
#[test]
fn calling_trim_in_every_pause_stops_freeing_what_is_needed() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(16).build();
    let pauses = |n: usize| {
        for _ in 0..n {
            burst(&pool, 400);
            (0..10).for_each(|_| pool.trim());
        }
    };
    pauses(20);
    let made = ledger.made();
    assert!(made <= 10 * 400, "{made}");
    pauses(1000);
    assert_eq!(ledger.made(), made, "the lesson is learnt");

    // A night: the pool is emptied nevertheless.
    (0..256).for_each(|_| pool.trim());
    assert_eq!(ledger.alive(), 0);
}

/// A thread that works and trims by itself, and never holds so many that the depot has any.
#[test]
fn calling_trim_in_every_pause_stops_freeing_the_cache_of_the_calling_thread() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    let pauses = |n: usize| {
        for _ in 0..n {
            (0..100).for_each(|_| drop(pool.get()));
            (0..10).for_each(|_| pool.trim());
        }
    };
    pauses(20);
    let made = ledger.made();
    assert!(made <= 10, "{made}");
    pauses(1000);
    assert_eq!(ledger.made(), made, "the lesson is learnt");
    (0..256).for_each(|_| pool.trim());
    assert_eq!(ledger.alive(), 0);
}

#[test]
fn long_rests_are_no_mistake() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..20 {
        burst(&pool, 400);
        (0..300).for_each(|_| pool.trim());
        assert_eq!(ledger.alive(), 0);
    }
    burst(&pool, 400);
    pool.trim();
    pool.trim();
    assert_eq!(ledger.alive(), 0, "still the second call");
}

#[test]
fn patience_shrinks_again_with_long_rests() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..100 {
        burst(&pool, 400);
        (0..10).for_each(|_| pool.trim());
    }
    pool.trim();
    assert_eq!(ledger.alive(), 400, "patient");
    for _ in 0..20 {
        burst(&pool, 400);
        (0..2000).for_each(|_| pool.trim());
    }
    burst(&pool, 400);
    pool.trim();
    pool.trim();
    assert_eq!(ledger.alive(), 0, "no longer");
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

/// A monitor calls every millisecond; the system runs something else for some of them.
#[test]
fn short_stall_after_long_work_is_no_rest() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).local_capacity(16).build();
    let work = |calls: usize| {
        for _ in 0..calls {
            burst(&pool, 200);
            pool.trim();
        }
    };
    work(320);
    for _ in 0..100 {
        (0..19).for_each(|_| pool.trim());
        work(1);
    }
    assert_eq!(ledger.made(), 200);
    // A sixteenth of 420 calls, and the pool is empty.
    (0..26).for_each(|_| pool.trim());
    assert_eq!(ledger.alive(), 0);
}

#[test]
fn flush_says_that_the_load_has_ended() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..5_000 {
        burst(&pool, 200);
        pool.trim();
    }
    pool.trim();
    assert_eq!(ledger.alive(), 200);
    pool.flush_local();
    pool.trim();
    pool.trim();
    assert_eq!(ledger.alive(), 0);
}

#[test]
fn however_long_the_work_a_rest_of_256_calls_empties_the_pool() {
    let ledger = Ledger::default();
    let pool = Pool::builder_with(|| ledger.probe()).build();
    for _ in 0..5_000 {
        burst(&pool, 200);
        pool.trim();
    }
    (0..255).for_each(|_| pool.trim());
    assert_eq!(ledger.alive(), 200);
    pool.trim();
    assert_eq!(ledger.alive(), 0);
}
