//! `cargo loom [NAME…]` runs the models whose names contain one of the words, `cargo loom
//! --mutations [NAME…]` weakens the code in every listed way and demands that a model notices.
#![forbid(unsafe_code)]

use std::env;
use std::process::ExitCode;

use ratoon_loom_tests::{mutations, run};

const USAGE: &str = "usage: cargo loom [--mutations] [NAME...]";

fn main() -> ExitCode {
    let mut words: Vec<String> = env::args().skip(1).collect();
    let mutate = words.iter().any(|word| word == "--mutations");
    words.retain(|word| word != "--mutations");
    if words.iter().any(|word| word.starts_with('-')) {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    }
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let result = if mutate { mutations::run(wanted) } else { models(wanted) };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn models(wanted: impl Fn(&str) -> bool) -> Result<(), String> {
    let report = run(wanted)?;
    let failed: Vec<String> =
        report.failed.iter().map(|(name, printed)| format!("{name}:\n{printed}")).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}
