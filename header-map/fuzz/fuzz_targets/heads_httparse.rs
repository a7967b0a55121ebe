//! Any bytes as a message head, against `httparse`. What is checked is in the crate's tests.
#![no_main]
#![allow(dead_code, reason = "the other target has the other half")]

#[path = "../../tests/it/check/head.rs"]
mod head;
#[path = "../../tests/it/check/strict.rs"]
mod strict;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| head::check_against_httparse(bytes));
