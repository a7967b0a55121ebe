//! What must not compile, and what must.

#[test]
fn misuse_that_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
    #[cfg(feature = "bytes")]
    cases.compile_fail("tests/ui/bytes/*.rs");
}
