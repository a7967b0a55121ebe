//! What is measured: a workload and the subjects that compete in it.

use std::fmt;
use std::hint::black_box;

use super::{Measured, Ratio, measure};

/// Which side a subject is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// This family of crates. The first such subject of a workload is the one that ratios name.
    Ratoon,
    /// A published crate that does the same job.
    Peer,
    /// A yardstick that nobody publishes: a floor, a hand-written vector, a bare queue.
    Baseline,
    /// Naive allocation.
    Malloc,
}

/// One competitor of a workload.
pub struct Subject {
    /// How tables call it: crate and, where there are several, its mode of use.
    pub name: &'static str,
    /// Which side it is on.
    pub kind: Kind,
    run: Box<dyn FnMut(u64) -> Measured>,
}

impl Subject {
    /// A subject whose `operation(i)` is timed in a loop on the calling thread; the results are summed.
    pub fn new(
        name: &'static str,
        kind: Kind,
        mut operation: impl FnMut(u64) -> u64 + 'static,
    ) -> Subject {
        Subject::timed(name, kind, move |iterations| {
            measure(|| {
                let mut sum = 0_u64;
                for i in 0..iterations {
                    sum = sum.wrapping_add(operation(black_box(i)));
                }
                sum
            })
        })
    }

    /// A subject that times itself: several threads, or work that must not be timed around the loop.
    pub fn timed(
        name: &'static str,
        kind: Kind,
        run: impl FnMut(u64) -> Measured + 'static,
    ) -> Subject {
        Subject { name, kind, run: Box::new(run) }
    }

    /// Does `iterations` operations.
    pub fn run(&mut self, iterations: u64) -> Measured {
        (self.run)(iterations)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("name", &self.name).field("kind", &self.kind).finish()
    }
}

/// Subjects that do the same thing, and what doing it does and does not stand for.
#[derive(Debug, Clone, Copy)]
pub struct Workload {
    /// Section and name, as in `pool/get_put_1t`; ratios are named after it.
    pub key: &'static str,
    /// One line for a table's head.
    pub title: &'static str,
    /// What the workload does not represent.
    pub leaves_out: &'static str,
    /// The ratios that are reported, by the name that follows `key`.
    pub ratios: &'static [Ratio],
    /// Makes the subjects; the argument is the number of threads for those that use several.
    pub subjects: fn(usize) -> Vec<Subject>,
}
