//! Counting with valgrind.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, id};

use crate::profile::Profile;

const SHORT: u32 = 1_000;
const LONG: u32 = 11_000;

/// What one run through a path takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Count {
    /// Instructions of this program itself.
    pub(crate) instructions: f64,
    /// Calls into libraries: `memcpy`, `malloc`. What those take differs from machine to machine, as the
    /// C library chooses by the processor, so they are counted and not measured.
    pub(crate) calls: f64,
}

/// Whether valgrind is there to count.
pub(crate) fn is_possible() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Counts one run through the path.
pub(crate) fn count(path: &str) -> Result<Count, String> {
    let (short, long) = (profile(path, SHORT)?, profile(path, LONG)?);
    let per_run = |long: u64, short: u64| {
        let added =
            long.checked_sub(short).ok_or("the longer run took less than the shorter one")?;
        Ok::<_, String>(added as f64 / f64::from(LONG - SHORT))
    };
    Ok(Count {
        instructions: per_run(long.instructions, short.instructions)?,
        calls: per_run(long.calls, short.calls)?,
    })
}

/// This program from start to end, with so many runs through the path.
fn profile(path: &str, times: u32) -> Result<Profile, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let file = Temporary(env::temp_dir().join(format!("ratoon-instruction-counts-{}", id())));
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", file.0.display()))
        .arg(&program)
        .args(["run", path, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("{path}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let text =
        fs::read_to_string(&file.0).map_err(|error| format!("{}: {error}", file.0.display()))?;
    Profile::parse(&text, &program).map_err(|why| format!("{path}: {why}"))
}

/// A file that is removed with this.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(Path::new(&self.0));
    }
}
