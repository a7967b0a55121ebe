//! Any bytes as a program of operations. What is checked is in the crate's tests.
#![no_main]

#[path = "../../tests/it/check/program.rs"]
mod program;
#[path = "../../tests/it/check/strict.rs"]
mod strict;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| program::check(bytes));
