//! One file per mistake, each with the errors that it earns, beside files that must compile.
//!
//! The texts are those of the stable toolchain that the project is built with;
//! `TRYBUILD=overwrite` writes them anew.

#[test]
fn mistakes() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
    #[cfg(feature = "zeroize")]
    cases.compile_fail("tests/ui/fail/zeroize/*.rs");
    #[cfg(not(feature = "zeroize"))]
    cases.compile_fail("tests/ui/fail/no_zeroize/*.rs");
    // The compiler also proposes a trait of `zstd_safe` where it is a dependency.
    #[cfg(not(feature = "zstd"))]
    cases.compile_fail("tests/ui/fail/no_zstd/*.rs");
}
