//! Get and put on one thread, on several, and with many objects held.

use std::hint::black_box;

use opool::LocalPool;
use ratoon_pool::Reset;

use super::adapter::{AnyPool, Visitor};
use super::objects::{Boxed, CAPACITY, Context, Object};
use super::peers::Factory;
use super::{baselines, peers};
use crate::harness::threads::Team;
use crate::harness::{Kind, Subject, measure};

/// The yardstick of `over_floor_ns`.
pub(super) const FLOOR: &str = "floor: one object reset in place";

/// Every pool, one object at a time.
pub(super) fn on_one_thread<T: Object>() -> Vec<Subject> {
    let mut subjects = OneThread(vec![floor::<T>()]);
    baselines::visit::<T>(&mut subjects);
    peers::visit::<T>(&mut subjects);
    subjects.0
}

/// Every pool, shared by `threads` threads. An operation is one get and put on each of them, so the
/// figure is the time per operation and thread.
pub(super) fn on_threads<T: Object>(threads: usize) -> Vec<Subject> {
    let mut subjects = OnThreads { threads, subjects: Vec::new() };
    baselines::visit::<T>(&mut subjects);
    peers::visit::<T>(&mut subjects);
    subjects.subjects
}

/// Every pool with `depth` objects held at once. An operation is one get and put.
pub(super) fn held<T: Object>(depth: usize) -> Vec<Subject> {
    let mut subjects = Held { depth, subjects: Vec::new() };
    baselines::visit::<T>(&mut subjects);
    peers::visit::<T>(&mut subjects);
    subjects.subjects
}

/// Handles that cannot leave their thread.
pub(super) fn through_a_local_handle() -> Vec<Subject> {
    let local = Context::ratoon().local();
    let opool: LocalPool<Factory, Boxed<Context>> = LocalPool::new(CAPACITY, Factory);
    vec![
        floor::<Context>(),
        Subject::new("ratoon (Local)", Kind::Ratoon, move |i| local.get().work(i)),
        Subject::new("opool (LocalPool)", Kind::Peer, move |i| opool.get().work(i)),
    ]
}

fn floor<T: Object>() -> Subject {
    let mut object = black_box(Box::new(T::default()));
    Subject::new(FLOOR, Kind::Baseline, move |i| {
        let result = object.work(i);
        Reset::reset(&mut *object);
        result
    })
}

fn leak<P>(pool: P) -> &'static P {
    Box::leak(Box::new(pool))
}

struct OneThread(Vec<Subject>);

impl<T: Object> Visitor<T> for OneThread {
    fn visit<P: AnyPool<T>>(&mut self, name: &'static str, kind: Kind, pool: P) {
        let pool = leak(pool);
        self.0.push(Subject::new(name, kind, move |i| pool.get().work(i)));
    }
}

struct OnThreads {
    threads: usize,
    subjects: Vec<Subject>,
}

impl<T: Object> Visitor<T> for OnThreads {
    fn visit<P: AnyPool<T>>(&mut self, name: &'static str, kind: Kind, pool: P) {
        let pool = leak(pool);
        let team = Team::new(self.threads, move |_, iterations| {
            (0..iterations).fold(0, |sum: u64, i| sum.wrapping_add(pool.get().work(black_box(i))))
        });
        self.subjects.push(Subject::timed(name, kind, move |iterations| team.run(iterations)));
    }
}

struct Held {
    depth: usize,
    subjects: Vec<Subject>,
}

impl<T: Object> Visitor<T> for Held {
    fn visit<P: AnyPool<T>>(&mut self, name: &'static str, kind: Kind, pool: P) {
        let pool = leak(pool);
        let depth = self.depth;
        let mut held = Vec::with_capacity(depth);
        self.subjects.push(Subject::timed(name, kind, move |iterations| {
            measure(|| {
                let mut sum = 0_u64;
                let mut left = iterations as usize;
                while left > 0 {
                    let now = left.min(depth);
                    for i in 0..now {
                        let mut object = pool.get();
                        sum = sum.wrapping_add(object.work(black_box(i as u64)));
                        held.push(object);
                    }
                    held.clear();
                    left -= now;
                }
                sum
            })
        }));
    }
}
