//! One model in a process of its own: a deadlock, or a panic while another unwinds, ends the process,
//! and others still report.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A model that takes longer waits for something that no model thread can give, or is unbounded.
/// `RATOON_LOOM_TIMEOUT` (seconds) gives long runs more.
const TIMEOUT_S: u64 = 300;

/// How a model ended: the executions it explored, or what it printed.
pub(crate) type Outcome = Result<u64, String>;

/// How models are run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Runner<'a> {
    pub(crate) binary: &'a Path,
    /// The folder for what models print.
    pub(crate) logs: &'a Path,
    pub(crate) timeout: Duration,
    /// The weakening that shall take effect, in a binary that was built with all of them.
    pub(crate) mutation: Option<&'a str>,
}

impl Runner<'_> {
    pub(crate) fn run(&self, model: &str) -> Outcome {
        let path = self.logs.join(model.replace("::", "-") + ".log");
        let log = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        let mut command = Command::new(self.binary);
        command.arg(model).stdin(Stdio::null()).stdout(log).stderr(errors);
        command.env_remove("RATOON_MUTATION");
        if let Some(mutation) = self.mutation {
            // A backtrace takes longer than the model.
            command.env("RATOON_MUTATION", mutation).env("RUST_BACKTRACE", "0");
        }
        let child =
            command.spawn().map_err(|error| format!("{}: {error}", self.binary.display()))?;
        let ended = wait(child, self.timeout);
        let printed = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let printed = String::from_utf8_lossy(&printed).into_owned();
        // With quotes, as a shell wants it.
        let alone = format!("{:?} {model}", self.binary);
        match ended {
            Ok(status) if status.success() => printed
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix("executions: ")?.parse().ok())
                .ok_or_else(|| format!("{printed}\nthe model did not say what it explored")),
            Ok(status) => Err(format!("{printed}\n{status}; to run it alone: {alone}")),
            Err(why) => Err(format!("{printed}\n{why}; to run it alone: {alone}")),
        }
    }
}

/// How long a model may take.
pub(crate) fn timeout() -> Result<Duration, String> {
    let seconds = match std::env::var("RATOON_LOOM_TIMEOUT") {
        Ok(text) => match text.parse() {
            Ok(seconds) if seconds > 0 => seconds,
            _ => return Err(format!("RATOON_LOOM_TIMEOUT is a number of seconds, not {text:?}")),
        },
        Err(_) => TIMEOUT_S,
    };
    Ok(Duration::from_secs(seconds))
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
