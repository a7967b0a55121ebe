//! `cargo test` runs the models too.

use ratoon_loom_tests::{Checker, run, say};

#[test]
fn loom_models_hold() {
    models_hold(Checker::Loom);
}

#[test]
fn shuttle_models_hold() {
    models_hold(Checker::Shuttle);
}

/// Skipped with `RATOON_SKIP_LOOM=1`, for runs that look at something else (coverage, mutants) or
/// come after one that had them.
fn models_hold(checker: Checker) {
    if std::env::var_os("RATOON_SKIP_LOOM").is_some_and(|value| value == "1") {
        say(&format!("{} models skipped: RATOON_SKIP_LOOM=1", checker.name()));
        return;
    }
    // The models are built with their own features: those of this build change nothing, and a
    // second run under `--all-features` would only repeat the first.
    if cfg!(any(feature = "loom", feature = "shuttle")) {
        say(&format!("{} models skipped: they run without features", checker.name()));
        return;
    }
    let report = run(checker, |_| true).unwrap_or_else(|why| panic!("{why}"));
    for (name, printed) in &report.failed {
        eprintln!("---- {name}\n{printed}");
    }
    assert!(report.failed.is_empty(), "{} models failed", report.failed.len());
}
