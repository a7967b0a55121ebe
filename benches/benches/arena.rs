//! The arena: values, strings, growing vectors and strings, request cycles, sharing, frames, nodes.
//!
//! Not represented: cold memory, work between the allocations. `cargo compare --list` says it for each
//! workload.

mod support;

fn main() {
    support::section(&ratoon_benches::workloads::arena::SECTION);
}
