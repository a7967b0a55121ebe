//! The record, and what may differ from it.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use crate::count;
use crate::paths::PATHS;

const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/recorded.txt");

/// A count may grow by this share, and by one instruction, before it is an error: the C library
/// chooses its `memcpy` by the machine.
const TOLERANCE: f64 = 0.03;

/// Counts and compares. More instructions than recorded are an error, fewer ask for a new record.
pub(crate) fn compare() -> Result<(), String> {
    let record = fs::read_to_string(RECORD).map_err(|error| format!("{RECORD}: {error}"))?;
    let (version, figures) = record.split_once('\n').ok_or("the record is empty")?;
    let compiler = compiler()?;
    if version != compiler {
        println!("skipped: recorded with {version}, this is {compiler}");
        return Ok(());
    }
    if !count::is_possible() {
        println!("skipped: valgrind is not present");
        return Ok(());
    }
    let mut slower = Vec::new();
    for (path, _) in PATHS {
        let recorded: f64 = figures
            .lines()
            .find_map(|line| line.strip_prefix(path)?.trim().parse().ok())
            .ok_or_else(|| format!("{path} is not in the record"))?;
        let counted = count::instructions(path)?;
        println!("{path:40} {counted:8.1}  (recorded {recorded:.1})");
        if counted > recorded * (1.0 + TOLERANCE) + 1.0 {
            slower.push(*path);
        }
    }
    if slower.is_empty() {
        Ok(())
    } else {
        Err(format!("more instructions than recorded: {slower:?}"))
    }
}

/// Writes the record anew.
pub(crate) fn record() -> Result<(), String> {
    let mut record = compiler()? + "\n";
    for (path, _) in PATHS {
        let counted = count::instructions(path)?;
        writeln!(record, "{path:40} {counted:8.1}").map_err(|error| error.to_string())?;
    }
    print!("{record}");
    fs::write(RECORD, record).map_err(|error| format!("{RECORD}: {error}"))
}

fn compiler() -> Result<String, String> {
    let output = Command::new("rustc")
        .arg("--version")
        .output()
        .map_err(|error| format!("rustc does not start: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
