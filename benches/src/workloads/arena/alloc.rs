//! Single values, strings, growing vectors and strings.

use std::cell::Cell;
use std::hint::black_box;

use super::adapter::{AnyArena, CAPACITY, Visitor};
use super::peers;
use super::texts::Texts;
use crate::harness::{Kind, Subject, measure};

/// Operations between two resets; what they leave fits the first chunk.
const BATCH: u64 = 1024;

/// `WORDS` words at a time.
pub(super) fn values<const WORDS: usize>() -> Vec<Subject> {
    let mut subjects = Values::<WORDS>(Vec::new());
    peers::visit(&mut subjects);
    subjects.0.push(typed_arena::<WORDS>());
    subjects.0
}

/// Strings of `texts`, as `pick` picks them for an operation, copied.
pub(super) fn strings(
    texts: fn() -> Texts,
    pick: impl Fn(&Texts, u64) -> &'static str + Copy + 'static,
) -> Vec<Subject> {
    let mut subjects = Strings { texts, pick, subjects: Vec::new() };
    peers::visit(&mut subjects);
    subjects.subjects
}

/// 64 words pushed to an empty vector.
pub(super) fn growing_vec() -> Vec<Subject> {
    let mut subjects = GrowingVec(Vec::new());
    peers::visit(&mut subjects);
    subjects.0
}

/// 16 short strings pushed to an empty string.
pub(super) fn growing_string() -> Vec<Subject> {
    let mut subjects = GrowingString(Vec::new());
    peers::visit(&mut subjects);
    subjects.0
}

/// Runs `operation` with a reset after each `batch`.
fn in_batches<A: AnyArena>(batch: u64, operation: impl Fn(&A, u64) -> u64 + 'static) -> Subject {
    let mut arena = A::with_capacity(CAPACITY);
    Subject::timed(A::NAME, A::KIND, move |iterations| {
        measure(|| {
            let mut sum = 0_u64;
            let mut done = 0;
            while done < iterations {
                let end = iterations.min(done + batch);
                for i in done..end {
                    sum = sum.wrapping_add(operation(&arena, black_box(i)));
                }
                arena.reset();
                done = end;
            }
            sum
        })
    })
}

struct Values<const WORDS: usize>(Vec<Subject>);

impl<const WORDS: usize> Visitor for Values<WORDS> {
    fn visit<A: AnyArena>(&mut self) {
        self.0.push(in_batches::<A>(BATCH, |arena, i| {
            let mut value = arena.alloc([i; WORDS]);
            black_box(&mut *value)[WORDS - 1]
        }));
    }
}

/// typed-arena cannot be reset: each batch gets an arena of its own, with room for all of it.
fn typed_arena<const WORDS: usize>() -> Subject {
    Subject::timed("typed-arena (new per batch)", Kind::Peer, |iterations| {
        measure(|| {
            let mut sum = 0_u64;
            let mut done = 0;
            while done < iterations {
                let end = iterations.min(done + BATCH);
                let arena = typed_arena::Arena::with_capacity(BATCH as usize);
                for i in done..end {
                    let value: &mut [u64; WORDS] = arena.alloc([black_box(i); WORDS]);
                    sum = sum.wrapping_add(black_box(value)[WORDS - 1]);
                }
                done = end;
            }
            sum
        })
    })
}

struct Strings<P> {
    texts: fn() -> Texts,
    pick: P,
    subjects: Vec<Subject>,
}

impl<P: Fn(&Texts, u64) -> &'static str + Copy + 'static> Visitor for Strings<P> {
    fn visit<A: AnyArena>(&mut self) {
        let (texts, pick) = ((self.texts)(), self.pick);
        self.subjects.push(in_batches::<A>(BATCH, move |arena, i| {
            let mut copy = arena.alloc_str(pick(&texts, i));
            let copy = black_box(&mut *copy);
            copy.len() as u64 + u64::from(copy.as_bytes()[0])
        }));
    }
}

struct GrowingVec(Vec<Subject>);

impl Visitor for GrowingVec {
    fn visit<A: AnyArena>(&mut self) {
        self.0.push(in_batches::<A>(64, |arena, i| {
            let step = Cell::new(i);
            let mut vec = arena.grow_vec((0..64).map(|_| {
                step.set(step.get() + 1);
                step.get()
            }));
            let vec = black_box(&mut *vec);
            vec.len() as u64 + vec[0] + vec[63]
        }));
    }
}

struct GrowingString(Vec<Subject>);

impl Visitor for GrowingString {
    fn visit<A: AnyArena>(&mut self) {
        let texts = Texts::short();
        self.0.push(in_batches::<A>(64, move |arena, i| {
            let mut text = arena.grow_string((i..i + 16).map(|at| texts.at(at)));
            let text = black_box(&mut *text);
            text.len() as u64 + u64::from(text.as_bytes()[text.len() - 1])
        }));
    }
}
