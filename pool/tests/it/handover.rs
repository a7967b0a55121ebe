//! Objects that are got on one thread and dropped on another.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ratoon_pool::{Pool, Pooled, Reset};

#[test]
fn getting_here_and_dropping_there_reaches_a_plateau() {
    // Ten million objects; unoptimised a fifth of that.
    const ROUNDS: usize = if cfg!(debug_assertions) { 4_000 } else { 20_000 };
    const BATCH: usize = 500;
    let pool = Pool::<u64>::builder(|| 0).local_capacity(64).shared_capacity(2048).build();
    let most_idle = AtomicUsize::new(0);
    let mut made_early = 0;
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel::<Vec<_>>(2);
        let most_idle = &most_idle;
        let pool = &pool;
        scope.spawn(move || {
            for batch in receiver {
                drop(batch);
                most_idle.fetch_max(pool.stats().idle(), Ordering::Relaxed);
            }
        });
        for round in 0..ROUNDS {
            sender.send((0..BATCH).map(|_| pool.get()).collect()).expect("the receiver lives");
            if round == ROUNDS / 10 {
                made_early = pool.stats().created;
            }
        }
    });
    let stats = pool.stats();
    assert!(stats.created <= 5 * BATCH as u64 + 2 * 64, "in flight at most: {stats:?}");
    assert!(stats.created <= made_early * 2, "{made_early} early, {stats:?}");
    assert!(most_idle.into_inner() <= 2 * 64 + 2048);
}

#[test]
fn nothing_is_kept_beyond_the_bound_when_one_side_only_drops() {
    let pool = Pool::<u64>::builder(|| 0).local_capacity(8).shared_capacity(16).build();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let producer = scope.spawn(|| {
            for _ in 0..10_000 {
                sender.send(pool.get()).expect("the receiver lives");
            }
            drop(sender);
        });
        producer.join().expect("does not panic");
        drop(receiver.into_iter().collect::<Vec<_>>());
    });
    let stats = pool.stats();
    assert!(stats.idle() <= 2 * 8 + 16, "{stats:?}");
    assert_eq!(stats.created, stats.idle() as u64 + stats.discarded.no_room);
}

/// Remembers who holds it.
#[derive(Default)]
struct Stamped {
    owner: AtomicU64,
    note: u64,
}

impl Reset for Stamped {
    fn reset(&mut self) {
        assert_eq!(*self.owner.get_mut(), 0, "reset while somebody holds it");
        self.note = 0;
    }
}

#[test]
fn no_object_has_two_holders_and_none_is_dirty() {
    const THREADS: u64 = 4;
    let pool = Pool::<Stamped>::builder(Stamped::default)
        .local_capacity(4)
        .shared_capacity(8)
        .trim_window(Duration::ZERO)
        .build();
    let (start, pool) = (&Barrier::new(THREADS as usize), &pool);
    thread::scope(|scope| {
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..THREADS).map(|_| mpsc::channel()).unzip();
        for (n, receiver) in (0..THREADS).zip(receivers) {
            let next = senders[(n as usize + 1) % senders.len()].clone();
            scope.spawn(move || {
                start.wait();
                for round in 0..5_000 {
                    let mut held: Vec<_> = (0..round % 7).map(|_| pool.get()).collect();
                    for object in &mut held {
                        assert_eq!(object.note, 0, "dirty");
                        let before = object.owner.swap(n + 1, Ordering::Relaxed);
                        assert_eq!(before, 0, "two holders");
                        object.note = round;
                    }
                    for object in held {
                        let before = object.owner.swap(0, Ordering::Relaxed);
                        assert_eq!(before, n + 1, "two holders");
                        if round % 2 == 0 {
                            // To be dropped by another thread; who has gone does not matter.
                            let _ = next.send(object);
                        }
                    }
                    drop(receiver.try_iter().take(3).collect::<Vec<_>>());
                    if round % 97 == 0 {
                        pool.trim();
                    }
                    if round % 193 == 0 {
                        pool.flush_local();
                    }
                }
            });
        }
        drop(senders);
    });
    let stats = pool.stats();
    assert_eq!(stats.created, stats.idle() as u64 + stats.discarded.total());
}

/// The hottest first, also where they went through the depot in blocks, and while that grew.
#[test]
fn objects_are_got_in_the_reverse_of_the_order_in_which_they_were_put() {
    let pool = Pool::<[u8; 100]>::builder(|| [0; 100]).local_capacity(8).build();
    let addresses = |objects: &[Pooled<'_, [u8; 100]>]| -> Vec<usize> {
        objects.iter().map(|object| (&raw const **object).addr()).collect()
    };
    let objects: Vec<_> = (0..1000).map(|_| pool.get()).collect();
    let mut put = addresses(&objects);
    objects.into_iter().for_each(drop);
    put.reverse();
    let objects: Vec<_> = (0..1000).map(|_| pool.get()).collect();
    assert_eq!(addresses(&objects), put);
}
