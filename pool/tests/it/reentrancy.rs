//! A user's code may use the pool that runs it.

use std::cell::Cell;
use std::sync::Arc;

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

static FROM_RESET: Pool<Busy> =
    Pool::builder(Busy::default).local_capacity(2).shared_capacity(2).build();

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

static FROM_DROP: Pool<Parting> =
    Pool::builder(Parting::default).local_capacity(4).shared_capacity(4).build();

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

static PHOENIXES: Pool<Phoenix> =
    Pool::builder(Phoenix::default).local_capacity(4).shared_capacity(4).build();

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
