//! Sittings: child processes of this binary that measure a section's workloads, one result a line.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::{env, thread};

use serde::{Deserialize, Serialize};

use super::interrupt;
use crate::alloc::{self, Malloc};
use crate::harness::threads::on_large_stack;
use crate::harness::{self, Kind, Pace, Ratio, WorkloadResult};
use crate::workloads::{Failure, SECTIONS, Section, Settings};

#[derive(Debug, Serialize, Deserialize)]
struct Plan {
    section: String,
    pace: Pace,
    threads: usize,
    /// Only what depends on the malloc: Ratoon and naive allocation.
    naive_only: bool,
}

/// One sitting of a section under `malloc`; calls `tick` with each workload's key when it is done. After
/// Ctrl-C it returns the workloads that were done.
pub(super) fn sitting(
    section: &Section,
    settings: &Settings,
    malloc: Malloc,
    mut tick: impl FnMut(&str),
) -> Result<Vec<WorkloadResult>, Failure> {
    let plan = Plan {
        section: section.name.into(),
        pace: settings.pace,
        threads: settings.threads,
        naive_only: malloc != Malloc::current(),
    };
    let mut child = Command::new(env::current_exe()?)
        .args(["child", "measure", &serde_json::to_string(&plan)?])
        .env(alloc::VARIABLE, malloc.name())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let words = thread::spawn(move || {
        let mut words = String::new();
        // What cannot be read cannot be told.
        let _ = stderr.map(|mut stderr| stderr.read_to_string(&mut words));
        words
    });
    let mut results = Vec::new();
    for line in BufReader::new(stdout.ok_or("a pipe is missing")?).lines() {
        if interrupt::requested() {
            // It has had the same Ctrl-C, if a terminal sent it, or gets to know of it now.
            let _ = child.kill();
            break;
        }
        let result: WorkloadResult = serde_json::from_str(&line?)?;
        tick(&result.key);
        results.push(result);
    }
    let status = child.wait()?;
    let words = words.join().unwrap_or_default();
    if status.success() || interrupt::requested() {
        return Ok(results);
    }
    match words.trim().trim_start_matches("error: ") {
        "" => Err(format!("{}: the measuring process ended with {status}", section.name).into()),
        words => Err(words.into()),
    }
}

/// The workloads that a sitting under `malloc` measures.
pub(super) fn workloads(
    section: &Section,
    malloc: Malloc,
) -> impl Iterator<Item = &'static harness::Workload> {
    let everything = malloc == Malloc::current();
    section
        .workloads
        .iter()
        .filter(move |workload| everything || workload.ratios.iter().any(depends_on_malloc))
}

/// Whether a ratio is one against naive allocation.
pub(super) fn depends_on_malloc(ratio: &Ratio) -> bool {
    matches!(ratio, Ratio::VsMalloc | Ratio::Vs("naive" | "naive_http", _))
}

/// What the child does.
pub(super) fn measure(plan: &str) -> Result<(), Failure> {
    let plan: Plan = serde_json::from_str(plan)?;
    on_large_stack(|| measure_workloads(&plan))
}

fn measure_workloads(plan: &Plan) -> Result<(), Failure> {
    let section = SECTIONS
        .iter()
        .find(|section| section.name == plan.section)
        .ok_or("there is no such section")?;
    let who = |kind| !plan.naive_only || matches!(kind, Kind::Ratoon | Kind::Malloc);
    for workload in section.workloads {
        if plan.naive_only && !workload.ratios.iter().any(depends_on_malloc) {
            continue;
        }
        let result = harness::run(workload, plan.threads, plan.pace, who)?;
        let mut stdout = io::stdout().lock();
        writeln!(stdout, "{}", serde_json::to_string(&result)?)?;
        stdout.flush()?;
    }
    Ok(())
}
