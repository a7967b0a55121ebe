//! What must not compile, and what must, beside it.
//!
//! A set with a case that must compile is built and not only checked, which is what brings out the
//! errors of `alloc` for a type that needs to be dropped.

#[test]
fn compile_time_guarantees() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
}
