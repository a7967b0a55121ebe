//! The whole cycle of a message, and its phases one by one.

use std::hint::black_box;

use super::adapter::{AnyMap, NAMES, Visitor};
use super::peers;
use super::ratoon::{Bulk, Each};
use super::sets::Set;
use crate::harness::Subject;
use crate::harness::threads::Team;

/// How Ratoon's map is filled; the others have one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// `extend_from_httparse`.
    Bulk,
    /// `append`.
    Each,
}

/// Fill, twelve look-ups, iterate, serialise, clear.
pub(super) fn cycle(set: fn() -> Set, fill: Fill) -> Vec<Subject> {
    subjects(set, fill, Phase::Cycle)
}

/// Fill and clear.
pub(super) fn fill(set: fn() -> Set, fill: Fill) -> Vec<Subject> {
    subjects(set, fill, Phase::Fill)
}

/// Twelve look-ups by constant.
pub(super) fn get_known(set: fn() -> Set) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::GetKnown)
}

/// Twelve look-ups by string.
pub(super) fn get_str(set: fn() -> Set) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::GetStr)
}

/// All names and values.
pub(super) fn iterate(set: fn() -> Set) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::Iterate)
}

/// All lines into a reused buffer.
pub(super) fn serialise(set: fn() -> Set) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::Serialise)
}

/// A map without capacity for each message: fill, twelve look-ups, drop.
pub(super) fn cold(set: fn() -> Set) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::Cold)
}

/// The cycle on maps that have left the cache since their last use.
pub(super) fn round_robin(set: fn() -> Set) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::RoundRobin)
}

/// The cycle on several threads, a map for each.
pub(super) fn on_threads(set: fn() -> Set, threads: usize) -> Vec<Subject> {
    subjects(set, Fill::Bulk, Phase::Threads(threads))
}

fn subjects(set: fn() -> Set, fill: Fill, phase: Phase) -> Vec<Subject> {
    let mut visitor = Phases { set, phase, subjects: Vec::new() };
    match fill {
        Fill::Bulk => visitor.visit::<Bulk>(),
        Fill::Each => visitor.visit::<Each>(),
    }
    peers::visit(&mut visitor);
    visitor.subjects
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    Cycle,
    Fill,
    GetKnown,
    GetStr,
    Iterate,
    Serialise,
    Cold,
    RoundRobin,
    Threads(usize),
}

/// Maps in turn; with their headers they take more than the second-level cache.
const ROUND_ROBIN: usize = 2048;

struct Phases {
    set: fn() -> Set,
    phase: Phase,
    subjects: Vec<Subject>,
}

impl Visitor for Phases {
    fn visit<M: AnyMap>(&mut self) {
        let set = (self.set)();
        let mut map = M::with_room_for(&set);
        let mut out = Vec::with_capacity(set.line_bytes());
        self.subjects.push(match self.phase {
            Phase::Cycle => {
                Subject::new(M::NAME, M::KIND, move |_| whole(&mut map, &set, &mut out))
            }
            Phase::Fill => Subject::new(M::NAME, M::KIND, move |_| {
                map.fill(black_box(&set));
                let first = black_box(&map).get_str("content-type").map_or(0, <[u8]>::len);
                map.clear();
                first as u64
            }),
            Phase::GetKnown => {
                map.fill(&set);
                Subject::new(M::NAME, M::KIND, move |_| black_box(&map).get_known() as u64)
            }
            Phase::GetStr => {
                map.fill(&set);
                Subject::new(M::NAME, M::KIND, move |_| by_string(black_box(&map)))
            }
            Phase::Iterate => {
                map.fill(&set);
                Subject::new(M::NAME, M::KIND, move |_| black_box(&map).iterate() as u64)
            }
            Phase::Serialise => {
                map.fill(&set);
                Subject::new(M::NAME, M::KIND, move |_| {
                    out.clear();
                    black_box(&map).serialise(&mut out);
                    black_box(&out).len() as u64
                })
            }
            Phase::Cold => Subject::new(M::NAME, M::KIND, move |_| {
                let mut map = M::cold();
                map.fill(black_box(&set));
                black_box(&map).get_known() as u64
            }),
            Phase::RoundRobin => {
                let mut maps: Vec<M> = (0..ROUND_ROBIN).map(|_| M::with_room_for(&set)).collect();
                let mut at = 0;
                Subject::new(M::NAME, M::KIND, move |_| {
                    at = (at + 1) % ROUND_ROBIN;
                    whole(&mut maps[at], &set, &mut out)
                })
            }
            Phase::Threads(threads) => {
                let team = Team::new(threads, move |_, iterations| {
                    let mut map = M::with_room_for(&set);
                    let mut out = Vec::with_capacity(set.line_bytes());
                    (0..iterations).fold(0, |sum: u64, _| {
                        sum.wrapping_add(whole(&mut map, black_box(&set), &mut out))
                    })
                });
                Subject::timed(M::NAME, M::KIND, move |iterations| team.run(iterations))
            }
        });
    }
}

#[inline]
fn whole<M: AnyMap>(map: &mut M, set: &Set, out: &mut Vec<u8>) -> u64 {
    map.fill(black_box(set));
    let found = black_box(&*map).get_known();
    let all = black_box(&*map).iterate();
    out.clear();
    black_box(&*map).serialise(out);
    map.clear();
    (found + all + black_box(out).len()) as u64
}

#[inline]
fn by_string<M: AnyMap>(map: &M) -> u64 {
    let found = |name: &&str| map.get_str(black_box(name)).map_or(0, <[u8]>::len) as u64;
    NAMES.iter().map(found).sum()
}
