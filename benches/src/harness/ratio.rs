//! From the rounds of a workload to the figures that targets are set on.

use std::collections::BTreeMap;

use super::{Kind, SubjectResult, WorkloadResult, paired_ratio};

/// Ratios and counts of a run by full key.
pub type Ratios = BTreeMap<String, f64>;

/// A figure that a workload reports about its first Ratoon subject. Larger is better for those that
/// are ratios of times: how many times longer the other side takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ratio {
    /// `vs_best_peer`: against the fastest peer of this run.
    VsBestPeer,
    /// `vs_malloc`: against naive allocation.
    VsMalloc,
    /// `vs_<name>`: against the fastest of the subjects whose name begins with the second string.
    Vs(&'static str, &'static str),
    /// The named figure: nanoseconds above the subject that is named second.
    OverNs(&'static str, &'static str),
    /// Allocator calls per operation, under a full key of its own.
    Allocations(&'static str),
    /// The same of the subject that is named second.
    AllocationsOf(&'static str, &'static str),
}

impl Ratio {
    /// The full key of the figure in the workload `workload`.
    pub fn key(self, workload: &str) -> String {
        match self {
            Ratio::VsBestPeer => format!("{workload}/vs_best_peer"),
            Ratio::VsMalloc => format!("{workload}/vs_malloc"),
            Ratio::Vs(name, _) => format!("{workload}/vs_{name}"),
            Ratio::OverNs(name, _) => format!("{workload}/{name}"),
            Ratio::Allocations(key) | Ratio::AllocationsOf(key, _) => key.into(),
        }
    }

    /// The figure, if the workload has the subjects for it.
    pub fn of(self, result: &WorkloadResult) -> Option<f64> {
        let ours = result.ratoon()?;
        match self {
            Ratio::VsBestPeer => Some(against(ours, result.best_peer()?)),
            Ratio::VsMalloc => {
                Some(against(ours, result.fastest(|subject| subject.kind == Kind::Malloc)?))
            }
            Ratio::Vs(_, prefix) => {
                Some(against(ours, result.fastest(|subject| subject.name.starts_with(prefix))?))
            }
            Ratio::OverNs(_, floor) => {
                let floor = result.fastest(|subject| subject.name == floor)?;
                let over: Vec<f64> =
                    ours.rounds_ns.iter().zip(&floor.rounds_ns).map(|(a, b)| a - b).collect();
                Some(super::median(&over))
            }
            Ratio::Allocations(_) => Some(ours.allocations_per_op),
            Ratio::AllocationsOf(_, name) => {
                Some(result.fastest(|subject| subject.name == name)?.allocations_per_op)
            }
        }
    }
}

/// How many times longer `other` takes than `ours`.
fn against(ours: &SubjectResult, other: &SubjectResult) -> f64 {
    paired_ratio(&other.rounds_ns, &ours.rounds_ns)
}
