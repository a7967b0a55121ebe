//! The cycle of a request: nodes, strings, a growing vector, reset.

use std::array;
use std::hint::black_box;

use super::adapter::{AnyArena, CAPACITY, Visitor};
use super::peers;
use super::texts::{Random, Texts};
use crate::harness::Subject;

/// How much a request allocates.
#[derive(Debug, Clone, Copy)]
pub(super) enum Load {
    /// 16 nodes, 16 strings, a vector of 32.
    Fixed,
    /// Half to twice of that, at random.
    Jitter,
    /// Fixed, and one request in ten thousand copies 1 MiB besides.
    Giants,
}

/// The request cycle under `load`.
pub(super) fn cycle(load: Load) -> Vec<Subject> {
    let mut subjects = Cycle { load, subjects: Vec::new() };
    peers::visit(&mut subjects);
    subjects.subjects
}

/// A new arena for each request.
pub(super) fn cold() -> Vec<Subject> {
    let mut subjects = Cold(Vec::new());
    peers::visit(&mut subjects);
    subjects.0
}

struct Cycle {
    load: Load,
    subjects: Vec<Subject>,
}

impl Visitor for Cycle {
    fn visit<A: AnyArena>(&mut self) {
        let texts = Texts::short();
        let giant = vec![7_u8; GIANT];
        let load = self.load;
        let mut arena = A::with_capacity(CAPACITY);
        self.subjects.push(Subject::new(A::NAME, A::KIND, move |i| {
            let mut result = match load {
                Load::Fixed | Load::Giants => request(&arena, &texts, i),
                Load::Jitter => {
                    let quarters = 2 + Random(i).next() % 7;
                    (0..quarters).map(|part| quarter(&arena, &texts, i + part)).sum()
                }
            };
            if matches!(load, Load::Giants) && i % 10_000 == 9_999 {
                let mut copy = arena.alloc_bytes(&giant);
                result += u64::from(black_box(&mut *copy)[GIANT - 1]);
            }
            arena.reset();
            result
        }));
    }
}

const GIANT: usize = 1024 * 1024;

struct Cold(Vec<Subject>);

impl Visitor for Cold {
    fn visit<A: AnyArena>(&mut self) {
        let texts = Texts::short();
        self.0.push(Subject::new(A::NAME, A::KIND, move |i| {
            request(&A::with_capacity(2048), &texts, i)
        }));
    }
}

/// 16 nodes and 16 strings that are alive together, and a vector of 32.
#[inline]
pub(super) fn request<A: AnyArena>(arena: &A, texts: &Texts, i: u64) -> u64 {
    let mut nodes: [_; 16] = array::from_fn(|at| arena.alloc([i, at as u64, 7]));
    let mut strings: [_; 16] = array::from_fn(|at| arena.alloc_str(texts.at(i + at as u64)));
    let mut vec = arena.grow_vec((0..32).map(|at| black_box(at) + i));
    let nodes: u64 = nodes.iter_mut().map(|node| black_box(&mut **node)[0]).sum();
    let strings: usize = strings.iter_mut().map(|text| black_box(&mut **text).len()).sum();
    nodes + strings as u64 + black_box(&mut *vec)[31]
}

/// A quarter of the same.
#[inline]
fn quarter<A: AnyArena>(arena: &A, texts: &Texts, i: u64) -> u64 {
    let mut nodes: [_; 4] = array::from_fn(|at| arena.alloc([i, at as u64, 7]));
    let mut strings: [_; 4] = array::from_fn(|at| arena.alloc_str(texts.at(i + at as u64)));
    let mut vec = arena.grow_vec((0..8).map(|at| black_box(at) + i));
    let nodes: u64 = nodes.iter_mut().map(|node| black_box(&mut **node)[0]).sum();
    let strings: usize = strings.iter_mut().map(|text| black_box(&mut **text).len()).sum();
    nodes + strings as u64 + black_box(&mut *vec)[7]
}
