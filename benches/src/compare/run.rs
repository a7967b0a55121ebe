//! Runs sections: workloads in sittings, then experiments.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::children::{depends_on_malloc, sitting, workloads};
use super::{SectionResult, TableResult};
use crate::alloc::Malloc;
use crate::harness::{Figures, WorkloadResult};
use crate::workloads::{Failure, Section, Settings};

/// Measures `sections`, one after the other, with a progress bar where somebody watches.
pub(super) fn sections(
    sections: &[&'static Section],
    mut settings: Settings,
) -> Result<Vec<SectionResult>, Failure> {
    let steps = sections.iter().map(|section| steps(section, &settings)).sum();
    let bar = ProgressBar::new(steps);
    bar.set_style(ProgressStyle::with_template("{elapsed:>4} [{bar:40}] {percent:>3} % {msg}")?);
    bar.enable_steady_tick(Duration::from_millis(500));
    settings.progress = bar.clone();
    let results = sections.iter().map(|section| measure(section, &settings)).collect();
    bar.finish_and_clear();
    results
}

/// A workload counts one step per sitting.
fn steps(section: &Section, settings: &Settings) -> u64 {
    let experiments: u64 = section.experiments.iter().map(|experiment| experiment.weight).sum();
    let workloads = Malloc::ALL.iter().map(|&malloc| {
        sittings(malloc, settings) as u64 * workloads(section, malloc).count() as u64
    });
    experiments + workloads.sum::<u64>()
}

/// Under another malloc than this process's, what changes is the naive side: three show its range.
fn sittings(malloc: Malloc, settings: &Settings) -> usize {
    let sittings = settings.pace.sittings;
    if malloc == Malloc::current() { sittings } else { sittings.min(3) }
}

fn measure(section: &Section, settings: &Settings) -> Result<SectionResult, Failure> {
    let bar = &settings.progress;
    let mut result = SectionResult {
        name: section.name.into(),
        title: section.title.into(),
        workloads: under(section, settings, Malloc::current())?,
        other_mallocs: Vec::new(),
        tables: Vec::new(),
    };
    for &malloc in Malloc::ALL.iter().filter(|&&malloc| malloc != Malloc::current()) {
        let mut results = under(section, settings, malloc)?;
        for (result, workload) in results.iter_mut().zip(workloads(section, malloc)) {
            let kept: Vec<String> = workload
                .ratios
                .iter()
                .filter(|ratio| depends_on_malloc(ratio))
                .map(|ratio| ratio.key(workload.key))
                .collect();
            result.figures = renamed(&result.figures, &kept, malloc);
        }
        result.other_mallocs.extend(results);
    }
    for experiment in section.experiments {
        bar.set_message(experiment.key);
        result.tables.push(TableResult {
            key: experiment.key.into(),
            title: experiment.title.into(),
            note: experiment.note.into(),
            table: (experiment.run)(settings)
                .map_err(|error| format!("{}: {error}", experiment.key))?,
        });
        bar.inc(experiment.weight);
    }
    Ok(result)
}

/// All sittings of a section's workloads under `malloc`, put together.
fn under(
    section: &Section,
    settings: &Settings,
    malloc: Malloc,
) -> Result<Vec<WorkloadResult>, Failure> {
    let bar = &settings.progress;
    let mut all: Vec<WorkloadResult> = Vec::new();
    if workloads(section, malloc).next().is_none() {
        return Ok(all);
    }
    for _ in 0..sittings(malloc, settings) {
        bar.set_message(format!("{} under {}", section.name, malloc.name()));
        let sitting = sitting(section, settings, malloc, |key| {
            bar.set_message(String::from(key));
            bar.inc(1);
        })?;
        if all.is_empty() {
            all = sitting;
            continue;
        }
        for ((all, more), workload) in all.iter_mut().zip(sitting).zip(workloads(section, malloc)) {
            all.add(workload, more);
        }
    }
    Ok(all)
}

/// The figures that depend on the malloc, named after it.
fn renamed(figures: &Figures, kept: &[String], malloc: Malloc) -> Figures {
    let name = |key: &str| match key.strip_suffix("vs_malloc") {
        Some(workload) => format!("{workload}vs_{}", malloc.name()),
        None => format!("{key}_{}", malloc.name()),
    };
    let kept = figures.iter().filter(|(key, _)| kept.contains(key));
    kept.map(|(key, &figure)| (name(key), figure)).collect()
}
