//! The header map: whole cycles and their phases on four recorded sets, cold maps, two threads.
//!
//! Not represented: the parsing before it. `cargo compare --list` says it for each workload.

mod support;

fn main() {
    support::section(&ratoon_benches::workloads::header_map::SECTION);
}
