//! Counts the instructions of the hot paths and compares them with `recorded.txt`.
//!
//! ```console
//! $ cargo run --release --package ratoon-instruction-counts
//! $ cargo run --release --package ratoon-instruction-counts -- --record
//! ```
//!
//! Valgrind counts exactly and repeatably, where a clock on a shared machine does not. Each path runs
//! twice, the second time longer: the difference is the path's alone, without start and warm-up. The
//! instructions are those of the program itself, which are the same wherever it was built by the same
//! compiler; calls into libraries are counted beside them, because what they take depends on the
//! machine. What this does not see: cache misses and contention.
//!
//! Rejected: gungraun, which counts in the same way. It needs a second program of the very same
//! version, installed by hand, compares with an earlier run on the same machine and not with a record
//! in the repository, and counts the C library's `memcpy` in.
//!
//! Counts belong to a compiler and a target. With others, or without valgrind, nothing is compared,
//! and a line says so.
#![forbid(unsafe_code)]

mod count;
mod paths;
mod profile;
mod record;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments {
        ["run", name, times] => paths::run(name, times),
        [] => record::compare(),
        ["--record"] => record::write(),
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
