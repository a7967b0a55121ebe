//! `cargo loom [NAME…]` runs the models whose names contain one of the words, `cargo shuttle [NAME…]`
//! the same at larger sizes, `cargo loom --mutations [NAME…]` weakens the code in every listed way and
//! demands that a model notices.
#![forbid(unsafe_code)]

use std::env;
use std::process::ExitCode;

use ratoon_loom_tests::{Checker, mutations, run};

const USAGE: &str = "usage: cargo loom [--mutations] [NAME...], cargo shuttle [NAME...]";

fn main() -> ExitCode {
    let (options, words): (Vec<String>, Vec<String>) =
        env::args().skip(1).partition(|argument| argument.starts_with('-'));
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let result = match options[..] {
        [] => models(Checker::Loom, wanted),
        ["--shuttle"] => models(Checker::Shuttle, wanted),
        ["--mutations"] => mutations::run(wanted),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn models(checker: Checker, wanted: impl Fn(&str) -> bool) -> Result<(), String> {
    let report = run(checker, wanted)?;
    let failed: Vec<String> =
        report.failed.iter().map(|(name, printed)| format!("{name}:\n{printed}")).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}
