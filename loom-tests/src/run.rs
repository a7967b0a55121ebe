//! Runs models, as many at a time as there are cores, and reports each.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Instant;

use crate::process::{Runner, timeout};
use crate::{Build, Checker};

/// What a run of models found.
#[derive(Debug, Default)]
pub struct Report {
    /// Models that held.
    pub passed: Vec<String>,
    /// Models that did not, with what they printed.
    pub failed: Vec<(String, String)>,
    /// Executions explored by the models that held.
    pub executions: u64,
}

/// Builds the models for a checker and runs those that `wanted` selects from its list.
///
/// # Errors
/// What went wrong before any model ran: the build failed, or the built binary does not contain
/// exactly the listed models.
pub fn run(checker: Checker, wanted: impl Fn(&str) -> bool) -> Result<Report, String> {
    let timeout = timeout()?;
    let build = Build::here()?;
    let binary = build.models(checker)?;
    check_list(checker, &binary)?;
    let models: Vec<&str> = checker.models().into_iter().filter(|name| wanted(name)).collect();
    if models.is_empty() {
        return Err("no model has such a name".to_owned());
    }
    let start = Instant::now();
    let runner = Runner { binary: &binary, logs: &build.logs(checker), timeout, mutation: None };
    let report = run_models(&runner, &models, |line| say(&format!("{} {line}", checker.name())))?;
    say(&format!(
        "{}: {} models held, {} failed: {} executions in {:.1} s",
        checker.name(),
        report.passed.len(),
        report.failed.len(),
        report.executions,
        start.elapsed().as_secs_f64(),
    ));
    if report.passed.len() + report.failed.len() != models.len() {
        return Err(format!("{} models were to run: {report:?}", models.len()));
    }
    Ok(report)
}

/// Past the test harness, which shows nothing of a test that passes.
pub fn say(line: &str) {
    // A closed pipe is no reason to fail a model.
    let _ = writeln!(io::stdout(), "{line}");
}

/// The binary must contain the listed models, no fewer and no others.
pub(crate) fn check_list(checker: Checker, binary: &Path) -> Result<(), String> {
    let output = Command::new(binary)
        .arg("--list")
        .output()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    let built = String::from_utf8_lossy(&output.stdout);
    let mut built: Vec<&str> = built.lines().collect();
    let mut listed = checker.models();
    built.sort_unstable();
    listed.sort_unstable();
    if built == listed {
        return Ok(());
    }
    Err(format!("listed in src/list.rs: {listed:?}\nbut built: {built:?}"))
}

/// Runs the given models; each line of the report goes through `say` when it is known.
pub(crate) fn run_models(
    runner: &Runner<'_>,
    models: &[&str],
    mut say: impl FnMut(&str),
) -> Result<Report, String> {
    fs::create_dir_all(runner.logs)
        .map_err(|error| format!("{}: {error}", runner.logs.display()))?;
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get());
    let queue = Mutex::new(models.iter());
    let (sender, outcomes) = mpsc::channel();
    let mut report = Report::default();
    thread::scope(|scope| {
        for _ in 0..workers.min(models.len()) {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                while let Some(name) = next(queue) {
                    let start = Instant::now();
                    let outcome = runner.run(name);
                    // The receiver outlives the scope.
                    let _ = sender.send((name, outcome, start.elapsed()));
                }
            });
        }
        drop(sender);
        for (name, outcome, elapsed) in outcomes {
            let seconds = elapsed.as_secs_f64();
            match outcome {
                Ok(executions) => {
                    say(&format!("model {name} ... ok ({executions} executions, {seconds:.1} s)"));
                    report.executions += executions;
                    report.passed.push(name.to_owned());
                }
                Err(printed) => {
                    say(&format!("model {name} ... FAILED ({seconds:.1} s)"));
                    report.failed.push((name.to_owned(), printed));
                }
            }
        }
    });
    Ok(report)
}

fn next<'a>(queue: &Mutex<std::slice::Iter<'_, &'a str>>) -> Option<&'a str> {
    queue.lock().ok()?.next().copied()
}
