//! Measures naive allocation, Ratoon and its peers side by side; `--help` lists the options.

use std::process::ExitCode;

fn main() -> ExitCode {
    ratoon_benches::compare::main()
}
