//! Cold start: what the first objects of a new pool cost.

use std::array;

use dynamic_pool::DynamicPool;
use lockfree_object_pool::LinearObjectPool;
use ratoon_pool::{Pool, Reset};
use regex_automata::util::pool::Pool as RegexPool;

use super::objects::{Boxed, CAPACITY, Context, Object};
use super::peers::Factory;
use crate::harness::{Kind, Subject};

/// Objects that are taken from each new pool.
const FIRST: usize = 8;

/// A new pool per operation, for the pools that can be a value.
pub(super) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("ratoon", Kind::Ratoon, |i| {
            let pool = Pool::builder(Context::default).shared_capacity(CAPACITY).build();
            first_objects(|| pool.get(), |object| object.work(i))
        }),
        Subject::new("object-pool", Kind::Peer, |i| {
            let pool = object_pool::Pool::from_vec(Vec::<Boxed<Context>>::with_capacity(FIRST));
            first_objects(|| pool.pull(Boxed::default), |object| object.work(i))
        }),
        Subject::new("opool (boxes)", Kind::Peer, |i| {
            let pool: opool::Pool<Factory, Boxed<Context>> = opool::Pool::new(FIRST, Factory);
            first_objects(|| pool.get(), |object| object.work(i))
        }),
        Subject::new("lockfree-object-pool", Kind::Peer, |i| {
            let pool = LinearObjectPool::new(Context::default, Reset::reset);
            first_objects(|| pool.pull(), |object| object.work(i))
        }),
        Subject::new("regex-automata", Kind::Peer, |i| {
            let pool: RegexPool<Context> = RegexPool::new(Context::default);
            first_objects(|| pool.get(), |object| object.work(i))
        }),
        Subject::new("sharded-slab", Kind::Peer, |i| {
            let pool = sharded_slab::Pool::<Context>::new();
            first_objects(|| pool.create().expect("room for a few"), |object| object.work(i))
        }),
        Subject::new("dynamic-pool", Kind::Peer, |i| {
            let pool = DynamicPool::new(0, CAPACITY, Boxed::<Context>::default);
            first_objects(|| pool.take(), |object| object.work(i))
        }),
        Subject::new("malloc", Kind::Malloc, |i| {
            first_objects(Box::<Context>::default, |object| object.work(i))
        }),
    ]
}

fn first_objects<G>(get: impl Fn() -> G, work: impl Fn(&mut G) -> u64) -> u64 {
    let mut held: [G; FIRST] = array::from_fn(|_| get());
    held.iter_mut().map(work).sum()
}
