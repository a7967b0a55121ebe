//! Counts the instructions of the hot paths and compares them with `recorded.txt`.
//!
//! ```console
//! $ cargo run --release --package ratoon-instruction-counts
//! $ cargo run --release --package ratoon-instruction-counts -- --record
//! ```
//!
//! Valgrind counts exactly and repeatably, where a clock on a shared machine does not. Each path runs
//! twice, the second time longer: the difference is the path's alone, without start and warm-up. What
//! this does not see: cache misses and contention.
//!
//! Counts belong to a compiler version. With another one, or without valgrind, nothing is compared,
//! and a line says so.
#![forbid(unsafe_code)]

mod compare;
mod count;
mod paths;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments {
        ["run", name, times] => paths::run(name, times),
        [] => compare::compare(),
        ["--record"] => compare::record(),
        _ => Err("usage: ratoon-instruction-counts [--record]".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
