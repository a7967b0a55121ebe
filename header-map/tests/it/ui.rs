//! What must not compile, beside what must.

#[test]
fn compilation() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
    // The compiler lists what is accepted, which differs by feature.
    if cfg!(not(any(feature = "bytes", feature = "http"))) {
        cases.compile_fail("tests/ui/fail_without_features/*.rs");
    }
    if cfg!(feature = "http") {
        cases.compile_fail("tests/ui/fail_with_http/*.rs");
    }
}
