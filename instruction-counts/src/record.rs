//! The record, and what may differ from it.

use std::fs;
use std::process::Command;

use crate::count::{self, Count};
use crate::paths::PATHS;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/recorded.txt");

/// Instructions may grow by this share, and by one, before it is an error: the compiler lays code out
/// a little differently when something else changes.
const TOLERANCE: f64 = 0.03;

/// Counts and compares. More than recorded is an error; fewer instructions ask for a new record.
pub(crate) fn compare() -> Result<(), String> {
    let text = fs::read_to_string(FILE).map_err(|error| format!("{FILE}: {error}"))?;
    let (build, figures) = text.split_once('\n').ok_or("the record is empty")?;
    let this = this_build()?;
    if build != this {
        println!("skipped: recorded with {build}, this is {this}");
        return Ok(());
    }
    if !count::is_possible() {
        println!("skipped: valgrind is not present");
        return Ok(());
    }
    let mut more = Vec::new();
    let mut fewer = false;
    for (path, _) in PATHS {
        let recorded = recorded(figures, path)?;
        let counted = count::count(path)?;
        println!(
            "{path:44} {:8.1} (recorded {:8.1}), {:.1} library calls (recorded {:.1})",
            counted.instructions, recorded.instructions, counted.calls, recorded.calls
        );
        if exceeds(counted, recorded) {
            more.push(*path);
        }
        fewer |= exceeds(recorded, counted);
    }
    if fewer {
        println!("fewer than recorded: record it with `-- --record`");
    }
    if more.is_empty() {
        Ok(())
    } else {
        Err(format!("more than recorded: {more:?}; if that is meant, record it with `-- --record`"))
    }
}

/// Writes the record anew.
pub(crate) fn write() -> Result<(), String> {
    let mut text = this_build()? + "\n";
    for (path, _) in PATHS {
        let Count { instructions, calls } = count::count(path)?;
        text += &format!("{path:44} {instructions:8.1} {calls:6.1}\n");
    }
    print!("{text}");
    fs::write(FILE, text).map_err(|error| format!("{FILE}: {error}"))
}

/// Whether a count is more than another one and tolerance allow.
fn exceeds(count: Count, other: Count) -> bool {
    count.instructions > other.instructions * (1.0 + TOLERANCE) + 1.0
        || count.calls > other.calls + 0.05
}

fn recorded(figures: &str, path: &str) -> Result<Count, String> {
    let line = figures.lines().find_map(|line| line.strip_prefix(path)?.strip_prefix(' '));
    let numbers = line.and_then(|line| {
        let mut numbers = line.split_whitespace().map(str::parse);
        Some(Count { instructions: numbers.next()?.ok()?, calls: numbers.next()?.ok()? })
    });
    numbers.ok_or_else(|| format!("{path} is not in the record: record it with `-- --record`"))
}

/// What counts belong to: the compiler, and for what it compiled.
fn this_build() -> Result<String, String> {
    if cfg!(debug_assertions) {
        return Err("only a release build says something: cargo run --release".to_owned());
    }
    let output = Command::new("rustc")
        .arg("--version")
        .output()
        .map_err(|error| format!("rustc does not start: {error}"))?;
    let rustc = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
    // Flags such as `-C target-cpu=native` make other code.
    let cpu = if cfg!(any(target_feature = "sse3", target_feature = "sve")) {
        ", cpu chosen"
    } else {
        ""
    };
    Ok(format!("{rustc}, {arch} {os}{cpu}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn taking(instructions: f64, calls: f64) -> Count {
        Count { instructions, calls }
    }

    #[test]
    fn tolerance() {
        assert!(!exceeds(taking(41.0, 0.0), taking(40.0, 0.0)));
        assert!(exceeds(taking(42.5, 0.0), taking(40.0, 0.0)));
        assert!(!exceeds(taking(1030.0, 1.0), taking(1000.0, 1.0)));
        assert!(exceeds(taking(1040.0, 1.0), taking(1000.0, 1.0)));
        assert!(exceeds(taking(40.0, 1.0), taking(40.0, 0.0)), "a call too many");
    }

    #[test]
    fn every_path_recorded() {
        let text = fs::read_to_string(FILE).expect("the record");
        for (path, _) in PATHS {
            recorded(&text, path).unwrap_or_else(|why| panic!("{why}"));
        }
        assert_eq!(text.lines().count(), 1 + PATHS.len(), "the record has paths that are gone");
    }
}
