//! Tests of the suite itself: a benchmark that computes the wrong thing must fail.

mod cli;
mod docs;
mod harness;
mod leak;
mod load;
mod peers;
mod server;
mod suite;
