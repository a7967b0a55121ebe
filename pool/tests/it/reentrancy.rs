//! A user's code may use the pool that runs it.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use ratoon_pool::{Pool, Pooled, PooledArc, Reset};

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Runs `f` unless it is running already, so that recursion ends.
fn once_inside(f: impl FnOnce()) {
    DEPTH.with(|depth| {
        if depth.get() == 0 {
            depth.set(1);
            f();
            depth.set(0);
        }
    });
}

static FROM_FACTORY: Pool<u64> = Pool::new(|| {
    once_inside(|| drop((FROM_FACTORY.get(), FROM_FACTORY.get())));
    0
});

#[test]
fn get_inside_the_factory() {
    let object = FROM_FACTORY.get();
    assert_eq!(FROM_FACTORY.stats().created, 3);
    assert_eq!(FROM_FACTORY.stats().idle(), 2);
    drop(object);
    assert_eq!(FROM_FACTORY.stats().idle(), 3);
}

#[derive(Default)]
struct Busy(u64);

static FROM_RESET: Pool<Busy> = Pool::builder(Busy::default)
    .trim_window(Duration::ZERO)
    .local_capacity(2)
    .shared_capacity(2)
    .build();

impl Reset for Busy {
    fn reset(&mut self) {
        self.0 = 0;
        once_inside(|| {
            let mut others: Vec<_> = (0..5).map(|_| FROM_RESET.get()).collect();
            others[0].0 = 1;
            FROM_RESET.flush_local();
            drop(others);
            FROM_RESET.trim();
            FROM_RESET.stats();
        });
    }

    fn reusable(&self) -> bool {
        assert_eq!(self.0, 0);
        once_inside(|| drop(FROM_RESET.get()));
        true
    }
}

#[test]
fn get_inside_reset_and_reusable() {
    for _ in 0..20 {
        let held: Vec<_> = (0..4).map(|_| FROM_RESET.get()).collect();
        drop(held);
    }
    let stats = FROM_RESET.stats();
    assert!(stats.idle() <= 4, "{stats:?}");
    assert_eq!(stats.created, stats.idle() as u64 + stats.discarded.total());
}

#[derive(Default)]
struct Parting;

static FROM_DROP: Pool<Parting> = Pool::builder(Parting::default)
    .trim_window(Duration::ZERO)
    .local_capacity(4)
    .shared_capacity(4)
    .build();

impl Reset for Parting {
    fn reset(&mut self) {}
}

impl Drop for Parting {
    fn drop(&mut self) {
        once_inside(|| {
            let held: Vec<_> = (0..10).map(|_| FROM_DROP.get()).collect();
            drop(held);
            FROM_DROP.clear();
        });
    }
}

#[test]
fn get_and_clear_inside_the_drop_of_an_object() {
    for _ in 0..10 {
        let held: Vec<_> = (0..12).map(|_| FROM_DROP.get()).collect();
        drop(held);
        FROM_DROP.get().discard();
        FROM_DROP.flush_local();
        FROM_DROP.trim();
        FROM_DROP.trim();
        FROM_DROP.clear();
    }
    let stats = FROM_DROP.stats();
    assert!(stats.idle() <= 8, "{stats:?}");
    assert_eq!(stats.created, stats.idle() as u64 + stats.discarded.total());
}

/// Makes a new idle object whenever one is dropped.
#[derive(Default)]
struct Phoenix;

static PHOENIXES: Pool<Phoenix> = Pool::builder(Phoenix::default)
    .trim_window(Duration::ZERO)
    .local_capacity(4)
    .shared_capacity(4)
    .build();

impl Reset for Phoenix {
    fn reset(&mut self) {}
}

impl Drop for Phoenix {
    fn drop(&mut self) {
        let (one, two) = (PHOENIXES.get(), PHOENIXES.get());
        drop((one, two));
    }
}

#[test]
fn emptying_a_pool_whose_objects_come_again_ends() {
    PHOENIXES.prefill(8);
    PHOENIXES.clear();
    PHOENIXES.flush_local();
    PHOENIXES.clear();
    PHOENIXES.trim();
    PHOENIXES.trim();
    assert!(PHOENIXES.stats().idle() <= 8);
}

/// A list whose nodes are objects of one pool.
#[derive(Default)]
struct Node {
    value: u64,
    next: Option<Pooled<'static, Node>>,
}

static NODES: Pool<Node> =
    Pool::builder(Node::default).local_capacity(8).shared_capacity(16).build();

impl Reset for Node {
    fn reset(&mut self) {
        self.value = 0;
        self.next = None;
    }
}

#[test]
fn object_that_holds_a_guard_of_its_own_pool() {
    for _ in 0..10 {
        let mut head = NODES.get();
        for value in 1..=20 {
            assert!(head.next.is_none() || value > 1);
            let mut node = NODES.get();
            node.value = value;
            node.next = Some(head);
            head = node;
        }
        assert_eq!(head.next.as_ref().map(|node| node.value), Some(19));
    }
    let stats = NODES.stats();
    assert_eq!(stats.created, 21);
    assert_eq!(stats.idle(), 21);
    for node in [NODES.get(), NODES.get()] {
        assert!(node.next.is_none() && node.value == 0);
    }
}

/// Keeps its own pool alive while it is in use.
#[derive(Default)]
struct Member {
    home: Option<Arc<Pool<Member>>>,
    friend: Option<PooledArc<Member>>,
}

impl Reset for Member {
    fn reset(&mut self) {
        self.home = None;
        self.friend = None;
    }
}

#[test]
fn object_that_holds_its_own_pool() {
    let pool = Arc::new(Pool::<Member>::new(Member::default));
    for _ in 0..10 {
        let (mut one, mut two) = (pool.get_arc(), pool.get_arc());
        one.home = Some(Arc::clone(&pool));
        two.home = Some(Arc::clone(&pool));
        one.friend = Some(two);
    }
    assert_eq!((pool.stats().created, pool.stats().idle()), (2, 2));
    assert_eq!(Arc::strong_count(&pool), 1);

    // The guard is the last to hold the pool, and what it holds is put into it before it goes.
    let seen = Arc::downgrade(&pool);
    let (mut one, two) = (pool.get_arc(), pool.get_arc());
    one.home = Some(pool);
    one.friend = Some(two);
    drop(one);
    assert!(seen.upgrade().is_none());
}

/// Does all that a pool can do, from inside of each of its callbacks.
#[derive(Default)]
struct Meddler {
    dirty: bool,
}

static MEDDLED: Pool<Meddler> = Pool::builder(|| {
    meddle();
    Meddler::default()
})
.local_capacity(3)
.shared_capacity(5)
.trim_window(Duration::ZERO)
.build();

fn meddle() {
    once_inside(|| {
        let local = MEDDLED.local();
        let mut held = vec![MEDDLED.get(), MEDDLED.get(), MEDDLED.get(), MEDDLED.get()];
        let mut close = [local.get(), local.get()];
        assert!(
            held.iter().all(|object| !object.dirty) && close.iter().all(|object| !object.dirty)
        );
        held[1].dirty = true;
        close[0].dirty = true;
        MEDDLED.prefill(2);
        MEDDLED.trim();
        held.pop().expect("four are held").discard();
        drop(held.pop().expect("three are held").detach());
        MEDDLED.flush_local();
        drop(close);
        MEDDLED.clear();
        drop(held);
        drop(local);
        MEDDLED.trim();
        MEDDLED.trim();
    });
}

impl Reset for Meddler {
    fn reset(&mut self) {
        meddle();
        self.dirty = false;
    }

    fn reusable(&self) -> bool {
        meddle();
        true
    }

    fn retained_bytes(&self) -> usize {
        meddle();
        0
    }
}

impl Drop for Meddler {
    fn drop(&mut self) {
        meddle();
    }
}

#[test]
fn every_method_inside_every_callback() {
    for round in 0..30 {
        let local = MEDDLED.local();
        let mut held: Vec<_> = (0..9).map(|_| MEDDLED.get()).collect();
        let mut close: Vec<_> = (0..9).map(|_| local.get()).collect();
        assert!(
            held.iter().all(|object| !object.dirty) && close.iter().all(|object| !object.dirty)
        );
        held.iter_mut().for_each(|object| object.dirty = true);
        close.iter_mut().for_each(|object| object.dirty = true);
        drop(held);
        drop(close);
        match round % 5 {
            0 => MEDDLED.prefill(3),
            1 => MEDDLED.flush_local(),
            2 => MEDDLED.trim(),
            3 => MEDDLED.clear(),
            _ => drop(local),
        }
        let stats = MEDDLED.stats();
        assert!(stats.idle_in_depot <= 5 && stats.idle_in_threads <= 3 * 3, "{stats:?}");
        let gone = stats.detached + stats.discarded.total();
        assert_eq!(stats.created, stats.idle() as u64 + gone, "{stats:?}");
    }
}

/// Opens a `Local` of its pool when it is dropped.
#[derive(Default)]
struct Opener;

static OPENERS: Pool<Opener> =
    Pool::builder(Opener::default).local_capacity(4).shared_capacity(0).build();

impl Reset for Opener {
    fn reset(&mut self) {}
}

impl Drop for Opener {
    fn drop(&mut self) {
        once_inside(|| {
            let local = OPENERS.local();
            drop((local.get(), local.get()));
            assert_eq!(OPENERS.stats().idle_in_threads, 2 + 2, "a slot of its own");
        });
    }
}

#[test]
fn local_is_not_leased_again_while_it_is_being_dropped() {
    let local = OPENERS.local();
    drop([local.get(), local.get(), local.get()]);
    // Two more in the thread's own slot: what the object in its `Drop` sees beside its own.
    drop([OPENERS.get(), OPENERS.get()]);
    drop(local);
    assert_eq!(OPENERS.stats().idle(), 2);
}

/// Looks for its pool, which is a thread's own and is being destroyed.
#[derive(Default)]
struct Orphan;

thread_local! {
    static OWN: Pool<Orphan> = const { Pool::new(Orphan::default) };
}

impl Reset for Orphan {
    fn reset(&mut self) {}
}

impl Drop for Orphan {
    fn drop(&mut self) {
        let found = OWN.try_with(|pool| pool.get().discard());
        assert!(found.is_err(), "its pool is going");
    }
}

#[test]
fn pool_in_a_thread_local_goes_with_its_thread() {
    let thread = std::thread::spawn(|| {
        OWN.with(|pool| drop((pool.get(), pool.get(), pool.local().get())));
        OWN.with(|pool| pool.stats().idle())
    });
    assert_eq!(thread.join().expect("no assertion fails while the thread ends"), 3);
}
