//! Random programs on a whole arena: no block overlaps another, each is aligned and keeps its bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../input.rs"]
#[expect(dead_code, reason = "has the input of the other target too")]
mod input;
#[path = "../../src/tests/program.rs"]
mod program;

use ratoon_arena::{Arena, Child, Scope};

fuzz_target!(|bytes: &[u8]| {
    let (start, limit, ops) = input::program(bytes);
    // Only the crate itself knows its chunks; here the address sanitizer watches their ends.
    program::check(start, limit, &ops, |_, _, _| true);
});
