//! Runs models, as many at a time as there are cores, and reports each.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::Build;

/// A model that takes longer waits for something that no model thread can give, or is unbounded.
/// `RATOON_LOOM_TIMEOUT` (seconds) gives long runs more.
const TIMEOUT: Duration = Duration::from_secs(300);

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

/// How one model ended: the executions it explored, or what it printed.
type Outcome = Result<u64, String>;

/// Builds the models and runs those that `wanted` selects from the list.
///
/// # Errors
/// What went wrong before any model ran: the build failed, or the built binary does not contain
/// exactly the models of [`MODELS`](crate::MODELS).
pub fn run(wanted: impl Fn(&str) -> bool) -> Result<Report, String> {
    let build = Build::here()?;
    let binary = build.models()?;
    check_list(&binary)?;
    let models: Vec<&str> = crate::MODELS.iter().copied().filter(|name| wanted(name)).collect();
    if models.is_empty() {
        return Err("no model has such a name".to_owned());
    }
    let start = Instant::now();
    let report = run_models(&binary, &build.target().join("logs"), &models, &mut |line| say(line))?;
    say(&format!(
        "{} models held, {} failed: {} executions in {:.1} s",
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
fn check_list(binary: &Path) -> Result<(), String> {
    let output = Command::new(binary)
        .arg("--list")
        .output()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    let built = String::from_utf8_lossy(&output.stdout);
    let mut built: Vec<&str> = built.lines().collect();
    let mut listed = crate::MODELS.to_vec();
    built.sort_unstable();
    listed.sort_unstable();
    if built == listed {
        return Ok(());
    }
    Err(format!("listed in src/list.rs: {listed:?}\nbut built: {built:?}"))
}

/// Runs the given models of one binary; each line of the report goes through `say` when it is known.
pub(crate) fn run_models(
    binary: &Path,
    logs: &Path,
    models: &[&str],
    say: &mut dyn FnMut(&str),
) -> Result<Report, String> {
    fs::create_dir_all(logs).map_err(|error| format!("{}: {error}", logs.display()))?;
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
                    let outcome = run_model(binary, logs, name);
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

/// One model in a process of its own: loom aborts the process on a deadlock.
fn run_model(binary: &Path, logs: &Path, name: &str) -> Outcome {
    let path = logs.join(name.replace("::", "-") + ".log");
    let log = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let errors = log.try_clone().map_err(|error| error.to_string())?;
    let child = Command::new(binary)
        .arg(name)
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .spawn()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    let ended = wait(child, timeout());
    let printed = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let printed = String::from_utf8_lossy(&printed).into_owned();
    match ended {
        Ok(status) if status.success() => printed
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix("executions: ")?.parse().ok())
            .ok_or_else(|| format!("{printed}\nthe model did not say what it explored")),
        Ok(status) => Err(format!("{printed}\n{status}: {} {name}", binary.display())),
        Err(why) => Err(format!("{printed}\n{why}: {} {name}", binary.display())),
    }
}

fn timeout() -> Duration {
    let seconds = std::env::var("RATOON_LOOM_TIMEOUT").ok().and_then(|value| value.parse().ok());
    seconds.map_or(TIMEOUT, Duration::from_secs)
}

/// Waits for the process to end; ends it when the time is up.
fn wait(mut child: Child, timeout: Duration) -> Result<ExitStatus, String> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if start.elapsed() < timeout => thread::sleep(Duration::from_millis(10)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("still running after {timeout:?}"));
            }
            Err(error) => return Err(error.to_string()),
        }
    }
}
