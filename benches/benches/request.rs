//! The whole request, naive and with each piece.
//!
//! Not represented: sockets (`cargo compare --section server` has them), and the work of a real service.

mod support;

fn main() {
    support::section(&ratoon_benches::workloads::request::SECTION);
}
