//! The answer to a newcomer's question: how much, for what, how sure. It is the last thing on the screen.

use std::fmt::Write;

use super::report::Report;
use super::terminal::{figure, stolen};
use crate::figures::{self, Unit};

/// What the answer shows, group by group. Titles and units come from the list of figures.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "What it saves in an HTTP stack of your own",
        &[
            "request/allocs_naive",
            "request/allocs",
            "request/vs_naive",
            "server/depth16/rps_vs_naive",
            "server/depth16/cpu_vs_naive",
            "server/depth16/p99_vs_naive",
            "server/idle/resident_vs_naive",
            "arena/giant/retained_ratio",
        ],
    ),
    (
        "What it saves inside axum and hyper",
        &["server/depth16/axum_rps_vs_naive", "server/depth16/axum_cpu_vs_naive"],
    ),
    (
        "Against the best published crate",
        &[
            "pool/context_1t/vs_best_peer",
            "arena/request/vs_best_peer",
            "header_map/browser_bulk/vs_http",
        ],
    ),
];

/// The largest losses that are shown.
const LOSSES: usize = 3;

/// About fifteen lines. Figures that were not measured are left out.
pub(super) fn answer(report: &Report) -> String {
    let mut text = String::new();
    for (heading, keys) in GROUPS {
        let rows: String = keys.iter().filter_map(|key| row(report, key)).collect();
        if !rows.is_empty() {
            let _ = write!(text, "\n{heading}\n{rows}");
        }
    }
    if report.results.iter().any(|section| !section.workloads.is_empty()) {
        losses(&mut text, report);
    }
    if text.is_empty() {
        text.push_str(
            "\nThese sections have no figure in the answer: --verbose prints their tables.\n",
        );
    }
    for warning in [busy(report), stolen(report)].into_iter().flatten() {
        let _ = writeln!(text, "\n{warning}");
    }
    text
}

/// The largest losses, and how many more there are.
fn losses(text: &mut String, report: &Report) {
    let _ = writeln!(text, "\nWhere Ratoon loses");
    let losses = report.losses();
    for loss in losses.iter().take(LOSSES) {
        let (key, malloc) = (&loss.workload.key, &loss.workload.malloc);
        let _ = writeln!(
            text,
            "  {key}: {} is {:.2}x faster (under {malloc})",
            loss.subject, loss.factor
        );
    }
    match losses.len().checked_sub(LOSSES) {
        _ if report.busy() => _ = writeln!(text, "  not judged: the machine was busy"),
        _ if losses.is_empty() => _ = writeln!(text, "  nowhere in this run"),
        Some(more @ 1..) => _ = writeln!(text, "  and {more} more: --verbose"),
        _ => {}
    }
}

/// A line of the answer, if its figure was measured.
fn row(report: &Report, key: &str) -> Option<String> {
    let value = *report.ratios.get(key)?;
    let (low, high) = *report.ranges.get(key)?;
    let unit = figures::unit(key);
    let sure = match (low, high) {
        _ if report.busy() => String::new(),
        (low, high) if unit == Unit::Times && low <= 1.0 && high >= 1.0 => "no difference".into(),
        (low, high) if low == high => String::new(),
        (low, high) => format!("{} to {}", figure(low), figure(high)),
    };
    let title = figures::of(key).map_or(key, |figure| figure.title);
    Some(
        format!("  {title:<75}{:>9}  {sure}", unit.of(&figure(value))).trim_end().to_owned() + "\n",
    )
}

/// What is said where other programs took processor time.
pub(super) fn busy(report: &Report) -> Option<String> {
    let others = report.machine.others_percent.unwrap_or_default();
    report.busy().then(|| {
        format!(
            "THE MACHINE WAS BUSY: other programs took {others:.0} % of its processor time. Figures are shown \
             without verdicts;\nrun again on a quiet machine."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::fake;
    use super::{GROUPS, answer};
    use crate::figures;

    #[test]
    fn every_figure_is_listed() {
        for key in GROUPS.iter().flat_map(|(_, keys)| *keys) {
            assert!(figures::of(key).is_some(), "{key}");
        }
    }

    #[test]
    fn a_run_without_figures_of_the_answer_says_where_its_tables_are() {
        let mut report = fake::report();
        report.ratios.clear();
        report.results.clear();
        assert!(answer(&report).contains("--verbose"), "{}", answer(&report));
    }

    #[test]
    fn ranges_around_one_are_no_difference() {
        let mut report = fake::report();
        let key = "server/depth16/rps_vs_naive";
        assert!(answer(&report).contains("1.90 to 2.10"));
        report.ranges.insert(key.into(), (0.9, 2.1));
        assert!(answer(&report).contains("no difference"), "{}", answer(&report));
    }

    #[test]
    fn no_verdict_on_a_busy_machine() {
        let mut report = fake::report();
        assert!(answer(&report).contains("2.00x faster"), "{}", answer(&report));
        report.machine.others_percent = Some(30.0);
        let text = answer(&report);
        assert!(text.contains("other programs took 30 %"), "{text}");
        let details = super::super::terminal::report(&report) + &super::super::html::page(&report);
        assert!(details.contains("not judged"), "{details}");
        for verdict in ["x faster", "x FASTER", "x slower", "no difference", "reached", "MISSED"] {
            assert!(!details.contains(verdict), "{verdict}: {details}");
        }
        assert!(!text.contains("faster") && !text.contains("1.90 to 2.10"), "{text}");
    }
}
