//! Runs sections: workloads in sittings, then experiments.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::children::{depends_on_malloc, sitting, workloads};
use super::{SectionResult, TableResult, interrupt};
use crate::alloc::Malloc;
use crate::harness::{Contention, Figures, WorkloadResult};
use crate::workloads::{Failure, Section, Settings};

/// Measures `sections`, one after the other, with a progress bar where somebody watches. After Ctrl-C it
/// returns what is complete.
pub(super) fn sections(
    sections: &[&'static Section],
    mut settings: Settings,
) -> Result<Vec<SectionResult>, Failure> {
    let steps = sections.iter().map(|section| steps(section, &settings)).sum();
    let bar = ProgressBar::new(steps);
    bar.set_style(ProgressStyle::with_template("{elapsed:>4} [{bar:40}] {percent:>3} % {msg}")?);
    bar.enable_steady_tick(Duration::from_millis(500));
    settings.progress = bar.clone();
    show(&bar, &format!("measuring {} sections", sections.len()));
    let mut results = Vec::new();
    let mut outcome = Ok(());
    for section in sections {
        let mut result = SectionResult {
            name: section.name.into(),
            title: section.title.into(),
            workloads: Vec::new(),
            other_mallocs: Vec::new(),
            tables: Vec::new(),
        };
        outcome = measure(section, &settings, &mut result);
        results.push(result);
        if outcome.is_err() || interrupt::requested() {
            break;
        }
    }
    bar.finish_and_clear();
    match outcome {
        // Ctrl-C reaches the processes that measure, too: they end, and what they had begun fails.
        Err(error) if !interrupt::requested() => Err(error),
        _ => Ok(results),
    }
}

/// Says what is going on: in the bar, and as a line where there is no terminal to draw it on.
fn show(bar: &ProgressBar, what: &str) {
    bar.set_message(what.to_owned());
    if io::stderr().is_terminal() {
        return;
    }
    let (done, all) = (bar.position(), bar.length().unwrap_or_default());
    let elapsed = bar.elapsed().as_secs_f64();
    let left = match done {
        0 => String::from("     "),
        _ => {
            let left = (elapsed / done as f64 * all.saturating_sub(done) as f64) as u64;
            format!("{:>2}:{:02}", left / 60, left % 60)
        }
    };
    eprintln!("{:>3} %  {left} left  {what}", done * 100 / all.max(1));
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

/// Adds to `result` what was measured, also where it ends early.
fn measure(
    section: &Section,
    settings: &Settings,
    result: &mut SectionResult,
) -> Result<(), Failure> {
    let bar = &settings.progress;
    result.workloads = under(section, settings, Malloc::current())?;
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
        if interrupt::requested() {
            break;
        }
        show(bar, experiment.key);
        let before = Contention::with_noted_children();
        let mut table =
            (experiment.run)(settings).map_err(|error| format!("{}: {error}", experiment.key))?;
        table.contention = Contention::with_noted_children() - before;
        result.tables.push(TableResult {
            key: experiment.key.into(),
            title: experiment.title.into(),
            note: experiment.note.into(),
            table,
        });
        bar.inc(experiment.weight);
    }
    Ok(())
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
        if interrupt::requested() {
            break;
        }
        show(bar, &format!("{} under {}", section.name, malloc.name()));
        let sitting = sitting(section, settings, malloc, |key| {
            bar.inc(1);
            show(bar, key);
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
