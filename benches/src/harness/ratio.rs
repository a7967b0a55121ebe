//! From the rounds of a workload to the figures that targets are set on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Kind, WorkloadResult, median};

/// Ratios and counts of a run by full key.
pub type Ratios = BTreeMap<String, f64>;

/// The same with the range in which sittings found them.
pub type Figures = BTreeMap<String, Figure>;

/// A ratio or a count, and what it was from sitting to sitting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The median of all rounds.
    pub value: f64,
    /// The least median of a sitting.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Figure {
    /// A count, which does not vary.
    pub const fn exact(value: f64) -> Figure {
        Figure { value, low: value, high: value }
    }

    /// The median of values that were found in `sittings` equal parts.
    ///
    /// # Panics
    /// If there are no values, or no sittings, or fewer values than sittings.
    pub fn of_sittings(values: &[f64], sittings: usize) -> Figure {
        let medians = values.chunks(values.len() / sittings).map(median);
        let (low, high) = medians.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        Figure { value: median(values), low, high }
    }
}

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
    pub fn of(self, result: &WorkloadResult) -> Option<Figure> {
        let ours = result.ratoon()?;
        let times = |other| Some(result.paired(ours, other, |ours, other| other / ours));
        match self {
            Ratio::VsBestPeer => times(result.best_peer()?),
            Ratio::VsMalloc => times(result.fastest(|subject| subject.kind == Kind::Malloc)?),
            Ratio::Vs(_, prefix) => {
                times(result.fastest(|subject| subject.name.starts_with(prefix))?)
            }
            Ratio::OverNs(_, floor) => {
                let floor = result.fastest(|subject| subject.name == floor)?;
                Some(result.paired(ours, floor, |ours, floor| ours - floor))
            }
            Ratio::Allocations(_) => Some(Figure::exact(ours.allocations_per_op)),
            Ratio::AllocationsOf(_, name) => {
                let subject = result.fastest(|subject| subject.name == name)?;
                Some(Figure::exact(subject.allocations_per_op))
            }
        }
    }
}
