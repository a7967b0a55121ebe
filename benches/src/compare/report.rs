//! Everything a run found out, as it is printed, drawn and written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::machine::Machine;
use crate::figures::unit;
use crate::harness::{Contention, Figures, Kind, Ratios, WorkloadResult, share_is_disturbing};
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
    /// Figures that say nothing, because what they come from waited for a processor.
    #[serde(default)]
    pub not_judged: BTreeSet<String>,
    /// Of all that was measured.
    #[serde(default)]
    pub contention: Contention,
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
        let mut report = Report {
            machine,
            results: Vec::new(),
            ratios: Ratios::new(),
            ranges: BTreeMap::new(),
            not_judged: BTreeSet::new(),
            contention: Contention::default(),
        };
        for section in &results {
            for workload in section.workloads.iter().chain(&section.other_mallocs) {
                report.add(&workload.figures, workload.contention);
            }
            for table in &section.tables {
                report.add(&table.table.figures, table.table.contention);
            }
        }
        Report { results, ..report }
    }

    fn add(&mut self, figures: &Figures, contention: Contention) {
        self.contention += contention;
        let voided = self.voids(contention);
        for (key, figure) in figures {
            self.ratios.insert(key.clone(), figure.value);
            self.ranges.insert(key.clone(), (figure.low, figure.high));
            if voided && unit(key).depends_on_time() {
                self.not_judged.insert(key.clone());
            }
        }
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

    /// The workload that a figure comes from.
    pub(super) fn workload(&self, key: &str) -> Option<&WorkloadResult> {
        let mut workloads =
            self.results.iter().flat_map(|s| s.workloads.iter().chain(&s.other_mallocs));
        workloads.find(|workload| workload.figures.contains_key(key))
    }

    /// Whether a comparison of the subjects of a workload says something.
    pub(super) fn judges(&self, workload: &WorkloadResult) -> bool {
        !self.voids(workload.contention)
    }

    fn voids(&self, contention: Contention) -> bool {
        let stolen = self.machine.stolen_percent.unwrap_or_default() / 100.0;
        contention.is_disturbing() || share_is_disturbing(stolen)
    }

    /// Workloads and experiments that were disturbed, and all.
    pub(super) fn disturbed(&self) -> (usize, usize) {
        let contentions = self.results.iter().flat_map(|section| {
            let workloads = section.workloads.iter().chain(&section.other_mallocs);
            let experiments = section.tables.iter().map(|table| table.table.contention);
            workloads.map(|workload| workload.contention).chain(experiments)
        });
        let voided: Vec<bool> = contentions.map(|contention| self.voids(contention)).collect();
        (voided.iter().filter(|&&voided| voided).count(), voided.len())
    }

    /// Peers and naive allocation where they beat Ratoon by more than the noise of this run. Workloads that
    /// were disturbed have none.
    pub(super) fn losses(&self) -> Vec<Loss<'_>> {
        let workloads =
            self.results.iter().flat_map(|s| s.workloads.iter().chain(&s.other_mallocs));
        let judged = workloads.filter(|workload| self.judges(workload));
        let mut losses: Vec<Loss<'_>> = judged.flat_map(losses_of).collect();
        losses.sort_by(|a, b| b.factor.total_cmp(&a.factor));
        losses
    }
}

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
