//! Runs sections, in this process and, for other mallocs, in a child of it.

use std::env;
use std::error::Error;
use std::process::{Command, Stdio};

use indicatif::{ProgressBar, ProgressStyle};

use super::{SectionResult, TableResult};
use crate::alloc::{self, Malloc};
use crate::harness::{self, Kind, Pace, Ratio, WorkloadResult};
use crate::workloads::{Section, Settings};

/// Why a run ended early, in one line.
pub(super) type Failure = Box<dyn Error + Send + Sync>;

/// Measures `sections`, one after the other, with a progress bar where somebody watches.
pub(super) fn sections(
    sections: &[&'static Section],
    settings: &Settings,
) -> Result<Vec<SectionResult>, Failure> {
    let steps: usize = sections.iter().map(|section| steps(section)).sum();
    let bar = ProgressBar::new((steps * settings.pace.rounds) as u64);
    bar.set_style(ProgressStyle::with_template("{elapsed:>4} [{bar:40}] {percent:>3} % {msg}")?);
    let results = sections.iter().map(|section| measure(section, settings, &bar)).collect();
    bar.finish_and_clear();
    results
}

/// A workload or experiment counts one step, each other malloc another one per section.
fn steps(section: &Section) -> usize {
    section.workloads.len() + section.experiments.len() + other_mallocs(section).count()
}

fn measure(
    section: &Section,
    settings: &Settings,
    bar: &ProgressBar,
) -> Result<SectionResult, Failure> {
    let rounds = settings.pace.rounds as u64;
    let mut result = SectionResult {
        name: section.name.into(),
        title: section.title.into(),
        workloads: Vec::new(),
        other_mallocs: Vec::new(),
        tables: Vec::new(),
    };
    for workload in section.workloads {
        bar.set_message(workload.key);
        let everyone = |_| true;
        result.workloads.push(harness::run(
            workload,
            settings.threads,
            settings.pace,
            everyone,
            || bar.inc(1),
        )?);
    }
    for malloc in other_mallocs(section) {
        bar.set_message(format!("{} under {}", section.name, malloc.name()));
        result.other_mallocs.extend(in_child(section, settings, malloc)?);
        bar.inc(rounds);
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
        bar.inc(rounds);
    }
    Ok(result)
}

/// The mallocs that this process does not run under, if the section has anything to measure there.
fn other_mallocs(section: &Section) -> impl Iterator<Item = Malloc> {
    let any = section.workloads.iter().any(|workload| !naive_ratios(workload.ratios).is_empty());
    Malloc::ALL.iter().copied().filter(move |&malloc| any && malloc != Malloc::current())
}

/// The ratios of a workload that depend on the malloc.
fn naive_ratios(ratios: &[Ratio]) -> Vec<Ratio> {
    let naive =
        |ratio: &&Ratio| matches!(ratio, Ratio::VsMalloc | Ratio::Vs("naive" | "naive_http", _));
    ratios.iter().filter(naive).copied().collect()
}

/// Runs `compare child SECTION` under `malloc` and renames its ratios after it.
fn in_child(
    section: &Section,
    settings: &Settings,
    malloc: Malloc,
) -> Result<Vec<WorkloadResult>, Failure> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["child", section.name, "--threads", &settings.threads.to_string()]);
    match settings.pace {
        Pace::QUICK => command.arg("--quick"),
        Pace::SMOKE => command.arg("--smoke"),
        _ => &mut command,
    };
    let output = command.env(alloc::VARIABLE, malloc.name()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{}: the child under {} failed", section.name, malloc.name()).into());
    }
    let mut results: Vec<WorkloadResult> = serde_json::from_slice(&output.stdout)?;
    for result in &mut results {
        result.ratios = std::mem::take(&mut result.ratios)
            .into_iter()
            .map(|(key, ratio)| (under(&key, malloc), ratio))
            .collect();
    }
    Ok(results)
}

fn under(key: &str, malloc: Malloc) -> String {
    match key.strip_suffix("vs_malloc") {
        Some(workload) => format!("{workload}vs_{}", malloc.name()),
        None => format!("{key}_{}", malloc.name()),
    }
}

/// What the child does: Ratoon and naive allocation only, results to standard output.
pub(super) fn child(section: &Section, settings: &Settings) -> Result<(), Failure> {
    let ours = |kind| matches!(kind, Kind::Ratoon | Kind::Malloc);
    let mut results = Vec::new();
    for workload in section.workloads {
        let ratios = naive_ratios(workload.ratios);
        if ratios.is_empty() {
            continue;
        }
        let mut result = harness::run(workload, settings.threads, settings.pace, ours, || ())?;
        result.ratios.retain(|key, _| ratios.iter().any(|ratio| *key == ratio.key(workload.key)));
        results.push(result);
    }
    serde_json::to_writer(std::io::stdout(), &results)?;
    Ok(())
}
