//! Counting with valgrind.

use std::env;
use std::process::Command;

const SHORT: u32 = 1_000;
const LONG: u32 = 11_000;

/// Whether valgrind is there to count.
pub(crate) fn is_possible() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Instructions that one run through the path takes.
pub(crate) fn instructions(path: &str) -> Result<f64, String> {
    let added = total(path, LONG)?.checked_sub(total(path, SHORT)?);
    let added = added.ok_or("the longer run took fewer instructions")?;
    Ok(added as f64 / f64::from(LONG - SHORT))
}

/// Instructions of this program from start to end, with so many runs through the path.
fn total(path: &str, times: u32) -> Result<u64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["run", path, &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{path}: {printed}"));
    }
    // `==123== Collected : 4711`
    let collected =
        printed.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    collected.ok_or_else(|| format!("{path}: no count in {printed}"))
}
