//! What was measured, and how sittings are put together.

use serde::{Deserialize, Serialize};

use super::{Contention, Figure, Figures, Kind, Ratio, Summary, Workload};

/// What a subject did in all rounds of its workload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SubjectResult {
    /// The subject's name.
    pub name: String,
    /// Its side.
    pub kind: Kind,
    /// Nanoseconds per operation.
    pub ns: Summary,
    /// The same, round by round, one sitting after the other.
    pub rounds_ns: Vec<f64>,
    /// How many times longer than Ratoon it takes, pair by pair of rounds; `None` without Ratoon.
    pub times_ratoon: Option<Figure>,
    /// Allocator calls per operation, from rounds of their own; the most of all sittings.
    pub allocations_per_op: f64,
    /// Bytes asked of the allocator per operation, from the same rounds.
    pub bytes_per_op: f64,
}

/// A workload with the results of all its subjects.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WorkloadResult {
    /// The workload's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it does not represent.
    pub leaves_out: String,
    /// The malloc under all subjects.
    pub malloc: String,
    /// Processes that measured it.
    pub sittings: usize,
    /// How long the threads of its timed rounds waited for a processor.
    #[serde(default)]
    pub contention: Contention,
    /// In the order of the workload.
    pub subjects: Vec<SubjectResult>,
    /// The figures that the workload reports, by full key.
    pub figures: Figures,
}

impl WorkloadResult {
    /// The result of one sitting.
    pub fn new(
        workload: &Workload,
        malloc: &str,
        contention: Contention,
        subjects: Vec<SubjectResult>,
    ) -> WorkloadResult {
        let mut result = WorkloadResult {
            key: workload.key.into(),
            title: workload.title.into(),
            leaves_out: workload.leaves_out.into(),
            malloc: malloc.into(),
            sittings: 1,
            contention,
            subjects,
            figures: Figures::new(),
        };
        result.conclude(workload.ratios);
        result
    }

    /// Adds a sitting of the same workload with the same subjects.
    ///
    /// # Panics
    /// If the subjects are not the same, in the same order.
    pub fn add(&mut self, workload: &Workload, sitting: WorkloadResult) {
        assert_eq!(self.subjects.len(), sitting.subjects.len(), "the same subjects");
        self.sittings += sitting.sittings;
        self.contention += sitting.contention;
        for (ours, more) in self.subjects.iter_mut().zip(sitting.subjects) {
            assert_eq!(ours.name, more.name, "the same subjects");
            ours.rounds_ns.extend(more.rounds_ns);
            ours.ns = Summary::of(&ours.rounds_ns);
            if more.allocations_per_op > ours.allocations_per_op {
                ours.allocations_per_op = more.allocations_per_op;
                ours.bytes_per_op = more.bytes_per_op;
            }
        }
        self.conclude(workload.ratios);
    }

    fn conclude(&mut self, ratios: &[Ratio]) {
        let times =
            |subject| Some(self.paired(self.ratoon()?, subject, |ours, other| other / ours));
        let times: Vec<Option<Figure>> = self.subjects.iter().map(times).collect();
        for (subject, times) in self.subjects.iter_mut().zip(times) {
            subject.times_ratoon = times;
        }
        self.figures = ratios
            .iter()
            .filter_map(|ratio| Some((ratio.key(&self.key), ratio.of(self)?)))
            .collect();
    }

    /// The Ratoon subject that figures are about.
    pub fn ratoon(&self) -> Option<&SubjectResult> {
        self.subjects.iter().find(|subject| subject.kind == Kind::Ratoon)
    }

    /// The fastest peer of this run.
    pub fn best_peer(&self) -> Option<&SubjectResult> {
        self.fastest(|subject| subject.kind == Kind::Peer)
    }

    /// The fastest of the subjects that `among` accepts.
    pub fn fastest(&self, among: impl Fn(&SubjectResult) -> bool) -> Option<&SubjectResult> {
        self.subjects
            .iter()
            .filter(|subject| among(subject))
            .min_by(|a, b| self.shown_ns(a).total_cmp(&self.shown_ns(b)))
    }

    /// Nanoseconds per operation to show beside others: Ratoon's median times the paired ratio, so that
    /// the order of times and the ratios beside them cannot disagree. Without Ratoon it is the median.
    pub fn shown_ns(&self, subject: &SubjectResult) -> f64 {
        match (self.ratoon(), subject.times_ratoon) {
            (Some(ours), Some(times)) => ours.ns.median * times.value,
            _ => subject.ns.median,
        }
    }

    /// A figure of pairs of rounds: the median of all, and the least and greatest median of a sitting.
    pub(super) fn paired(
        &self,
        ours: &SubjectResult,
        other: &SubjectResult,
        figure: impl Fn(f64, f64) -> f64,
    ) -> Figure {
        let pairs: Vec<f64> =
            ours.rounds_ns.iter().zip(&other.rounds_ns).map(|(&a, &b)| figure(a, b)).collect();
        Figure::of_sittings(&pairs, self.sittings)
    }
}
