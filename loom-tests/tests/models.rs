//! `cargo test` runs the loom models too.

/// Skipped with `RATOON_SKIP_LOOM=1`, for runs that look at something else (coverage, mutants) or
/// come after one that had them.
#[test]
fn models_hold() {
    if std::env::var_os("RATOON_SKIP_LOOM").is_some_and(|value| value == "1") {
        ratoon_loom_tests::say("models skipped: RATOON_SKIP_LOOM=1");
        return;
    }
    // The models are built with their own features: those of this build change nothing, and a
    // second run under `--all-features` would only repeat the first.
    if cfg!(feature = "loom") {
        ratoon_loom_tests::say("models skipped: they run without features, as `cargo loom` does");
        return;
    }
    let report = ratoon_loom_tests::run(|_| true).unwrap_or_else(|why| panic!("{why}"));
    for (name, printed) in &report.failed {
        eprintln!("---- {name}\n{printed}");
    }
    assert!(report.failed.is_empty(), "{} models failed", report.failed.len());
}
