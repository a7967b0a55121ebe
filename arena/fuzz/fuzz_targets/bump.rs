//! The arena's cursor arithmetic, against sums that cannot wrap.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../src/tests/arithmetic.rs"]
mod arithmetic;
// The arithmetic is private to the crate, and whole in this one file.
#[path = "../../src/bump.rs"]
#[expect(dead_code, reason = "the crate uses more of it than the check")]
mod bump;
#[path = "../input.rs"]
#[expect(dead_code, reason = "has the input of the other target too")]
mod input;
#[path = "../../src/tests/program.rs"]
#[expect(dead_code, reason = "the other target's")]
mod program;

use ratoon_arena::{Arena, Child, Scope};

fuzz_target!(|bytes: &[u8]| {
    let (cursor, room, size, align_log2) = input::bump(bytes);
    arithmetic::check(cursor, room, size, align_log2);
});
