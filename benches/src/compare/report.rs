//! Everything a run found out, as it is printed, drawn and written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::machine::Machine;
use crate::harness::{Kind, Ratios, WorkloadResult};
use crate::workloads::Table;

/// A whole run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// Where, when and with what it ran.
    pub machine: Machine,
    /// Every figure.
    pub results: Vec<SectionResult>,
    /// The figures that targets are set on, flat.
    pub ratios: Ratios,
    /// For each of them the least and the greatest of a sitting (of the server: the middle half of its
    /// rounds).
    pub ranges: BTreeMap<String, (f64, f64)>,
}

/// One section.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SectionResult {
    /// The name that `--section` takes.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// Workloads under the malloc of the main process.
    pub workloads: Vec<WorkloadResult>,
    /// Ratoon and naive allocation again, under another malloc, from a child process.
    pub other_mallocs: Vec<WorkloadResult>,
    /// Experiments.
    pub tables: Vec<TableResult>,
}

/// One experiment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableResult {
    /// Section and name.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// What it does and does not show.
    pub note: String,
    /// What it found.
    pub table: Table,
}

/// A subject that beats Ratoon.
#[derive(Debug)]
pub(super) struct Loss<'a> {
    pub(super) workload: &'a WorkloadResult,
    pub(super) subject: &'a str,
    pub(super) kind: Kind,
    /// How many times longer Ratoon takes.
    pub(super) factor: f64,
}

impl Report {
    /// Gathers the figures of all sections.
    pub fn new(machine: Machine, results: Vec<SectionResult>) -> Report {
        let mut report =
            Report { machine, results: Vec::new(), ratios: Ratios::new(), ranges: BTreeMap::new() };
        for section in &results {
            let workloads = section.workloads.iter().chain(&section.other_mallocs);
            let workloads = workloads.map(|workload| &workload.figures);
            let tables = section.tables.iter().map(|table| &table.table.figures);
            for (key, figure) in workloads.chain(tables).flatten() {
                report.ratios.insert(key.clone(), figure.value);
                report.ranges.insert(key.clone(), (figure.low, figure.high));
            }
        }
        Report { results, ..report }
    }

    /// What remains without single rounds, charts and the tables of experiments: all figures, in a tenth of
    /// the size.
    pub(super) fn without_rounds(&self) -> Report {
        let mut report = self.clone();
        for section in &mut report.results {
            let workloads = section.workloads.iter_mut().chain(&mut section.other_mallocs);
            for subject in workloads.flat_map(|workload| &mut workload.subjects) {
                subject.rounds_ns.clear();
            }
            section.tables.clear();
        }
        report
    }

    /// Whether other programs took so much processor time that a comparison says nothing.
    pub(super) fn busy(&self) -> bool {
        let taken = [self.machine.others_percent, self.machine.stolen_percent];
        taken.into_iter().flatten().any(|percent| percent > BUSY_PERCENT)
    }

    /// None on a busy machine. Peers and naive allocation where they beat Ratoon by more than the noise of this run.
    pub(super) fn losses(&self) -> Vec<Loss<'_>> {
        if self.busy() {
            return Vec::new();
        }
        let workloads =
            self.results.iter().flat_map(|s| s.workloads.iter().chain(&s.other_mallocs));
        let mut losses: Vec<Loss<'_>> = workloads.flat_map(losses_of).collect();
        losses.sort_by(|a, b| b.factor.total_cmp(&a.factor));
        losses
    }
}

/// From this share of processor time on, the work of others shows in paired rounds too.
const BUSY_PERCENT: f64 = 8.0;

/// What two runs of the same code differ by here.
const NOISE: f64 = 1.03;

fn losses_of(workload: &WorkloadResult) -> Vec<Loss<'_>> {
    workload
        .subjects
        .iter()
        .filter(|subject| matches!(subject.kind, Kind::Peer | Kind::Malloc))
        .filter_map(|subject| {
            let times = subject.times_ratoon?;
            // A range with 1 in it is no difference.
            (times.high < 1.0).then(|| Loss {
                workload,
                subject: &subject.name,
                kind: subject.kind,
                factor: 1.0 / times.value,
            })
        })
        .filter(|loss| loss.factor > NOISE)
        .collect()
}
