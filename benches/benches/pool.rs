//! The object pool: get and put on one thread and on two, held depths, hand-over, sizes, cold start.
//!
//! Not represented: threads that do other work in between, cold caches between two requests, contexts of
//! very different sizes. `cargo compare --list` says it for each workload.

mod support;

fn main() {
    support::section(&ratoon_benches::workloads::pool::SECTION);
}
