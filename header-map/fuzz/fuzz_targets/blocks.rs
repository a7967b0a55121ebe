//! Any bytes as a header block. What is checked is in the crate's tests.
#![no_main]

#[path = "../../tests/it/check/block.rs"]
mod block;
#[path = "../../tests/it/check/strict.rs"]
mod strict;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| block::check(bytes));
