//! What an arena still holds long after one giant request.

use super::adapter::{AnyArena, Visitor};
use super::peers;
use super::request::request;
use super::texts::Texts;
use crate::alloc::{Counts, counting};
use crate::harness::{Figure, Kind};
use crate::workloads::{Experiment, Table};

/// Heap bytes before, during and after a giant request.
pub(super) const EXPERIMENT: Experiment = Experiment {
    key: "arena/giant",
    title: "heap bytes held after one 64 MiB request and 64 ordinary ones",
    note: "Working set: what the arena holds after 256 ordinary requests. The ratio is what it holds \
           64 resets after the giant, over that.",
    weight: 1,
    run: |_| {
        let mut giants = Giants(Table::new(&[
            "arena",
            "working set",
            "peak",
            "64 resets later",
            "ratio",
            "allocator calls",
        ]));
        peers::visit(&mut giants);
        Ok(giants.0)
    },
};

const GIANT: usize = 64 * 1024 * 1024;

struct Giants(Table);

impl Visitor for Giants {
    fn visit<A: AnyArena>(&mut self) {
        let texts = Texts::short();
        let giant = vec![1_u8; GIANT];
        counting(true);
        let start = Counts::of_this_thread();
        let held = || (Counts::of_this_thread() - start).live_bytes();
        let mut arena = A::with_capacity(2048);
        ordinary(&mut arena, &texts, 256);
        let working_set = held();
        let calls = Counts::of_this_thread().allocations;
        let copy = arena.alloc_bytes(&giant);
        let peak = held();
        drop(copy);
        arena.reset();
        ordinary(&mut arena, &texts, 63);
        let settled = held();
        let calls = Counts::of_this_thread().allocations - calls;
        counting(false);
        let ratio = settled as f64 / working_set.max(1) as f64;
        if A::KIND == Kind::Ratoon {
            self.0.figure("arena/giant/retained_ratio", Figure::exact(ratio));
        }
        let naive = A::KIND == Kind::Malloc;
        self.0.row([
            A::NAME.into(),
            working_set.to_string(),
            peak.to_string(),
            settled.to_string(),
            if naive { "-".into() } else { format!("{ratio:.2}") },
            calls.to_string(),
        ]);
    }
}

fn ordinary<A: AnyArena>(arena: &mut A, texts: &Texts, requests: u64) {
    for i in 0..requests {
        std::hint::black_box(request(arena, texts, i));
        arena.reset();
    }
}
