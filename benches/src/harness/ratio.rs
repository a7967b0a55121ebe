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
    /// The named figure: allocator calls per operation.
    Allocations(&'static str),
    /// The named figure: allocator calls per operation of the subject that is named second.
    AllocationsOf(&'static str, &'static str),
}

impl Ratio {
    /// The name that follows the workload's key.
    pub fn name(self) -> String {
        match self {
            Ratio::VsBestPeer => "vs_best_peer".into(),
            Ratio::VsMalloc => "vs_malloc".into(),
            Ratio::Vs(name, _) => format!("vs_{name}"),
            Ratio::OverNs(name, _)
            | Ratio::Allocations(name)
            | Ratio::AllocationsOf(name, _) => name.into(),
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
