//! The answer to a newcomer's question: how much, for what, how sure. It is the last thing on the screen.

use std::fmt::Write;

use super::report::Report;
use super::terminal::{count, figure, stolen, time};
use crate::figures::{self, Unit};

/// What the answer shows, group by group. Titles and units come from the list of figures.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    (
        "What it saves in an HTTP stack of your own",
        &[
            ALLOCATIONS,
            "request/vs_naive",
            "server/depth16/cpu_vs_naive",
            "server/depth16/rps_vs_naive",
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
            "header_map/browser_bulk/vs_best_peer",
            "header_map/browser_bulk/vs_http",
        ],
    ),
];

/// Two counts that are told together.
const ALLOCATIONS: &str = "request/allocs";
const ALLOCATIONS_NAIVE: &str = "request/allocs_naive";

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
        Some(more @ 1..) => _ = writeln!(text, "  and {more} more: --verbose"),
        _ if losses.is_empty() => _ = writeln!(text, "  {}", no_losses(report)),
        _ => {}
    }
}

/// What stands where losses would.
pub(super) fn no_losses(report: &Report) -> &'static str {
    match report.disturbed() {
        (0, _) => "nowhere in this run",
        (some, all) if some < all => "nowhere in what could be judged",
        _ => "not judged: the machine was busy",
    }
}

/// A line of the answer, if its figure was measured.
fn row(report: &Report, key: &str) -> Option<String> {
    let value = *report.ratios.get(key)?;
    let unit = figures::unit(key);
    let title = figures::of(key).map_or(key, |figure| figure.title);
    let times = unit.of(&figure(value));
    let absolute = absolute(report, key).unwrap_or_default();
    let sure = sure(report, key)?;
    let row = format!("  {title:<64}{times:>7}  {sure:<14}  {absolute}");
    Some(row.trim_end().to_owned() + "\n")
}

/// How sure a figure is: its range, or that it says nothing.
pub(super) fn sure(report: &Report, key: &str) -> Option<String> {
    let (low, high) = *report.ranges.get(key)?;
    let straddles = figures::unit(key) == Unit::Times && low <= 1.0 && high >= 1.0;
    Some(match (low, high) {
        _ if report.not_judged.contains(key) => "not judged".into(),
        (low, high) if low == high => String::new(),
        _ if straddles => "no difference".into(),
        (low, high) => format!("{} to {}", figure(low), figure(high)),
    })
}

/// What Ratoon took or did, and what the other side did: `3.2 µs instead of 10.4 µs`.
pub(super) fn absolute(report: &Report, key: &str) -> Option<String> {
    if key == ALLOCATIONS {
        let naive = *report.ratios.get(ALLOCATIONS_NAIVE)?;
        return Some(format!("instead of {}", count(naive)));
    }
    let times = *report.ratios.get(key).filter(|_| figures::unit(key) == Unit::Times)?;
    let Some(absolute) = figures::of(key).and_then(|figure| figure.absolute) else {
        let workload = report.workload(key)?;
        let ns = workload.ratoon()?.ns.median;
        let peer = workload.best_peer().filter(|_| key.ends_with("/vs_best_peer"));
        let peer = peer.map(|peer| format!(" ({})", peer.name)).unwrap_or_default();
        return Some(format!("{} instead of {}{peer}", time(ns), time(ns * times)));
    };
    let (ours, unit) = (*report.ratios.get(absolute)?, figures::unit(absolute));
    let theirs = if unit.is_better_large() { ours / times } else { ours * times };
    let shown = |value: f64| match unit {
        Unit::Microseconds => time(value * 1000.0),
        unit => unit.of(&figure(value)),
    };
    Some(format!("{} instead of {}", shown(ours), shown(theirs)))
}

/// What is said where threads waited for a processor, or the host took much of it.
pub(super) fn busy(report: &Report) -> Option<String> {
    let (disturbed, all) = report.disturbed();
    (disturbed > 0).then(|| {
        format!(
            "THE MACHINE WAS BUSY: {disturbed} of {all} measurements are shown without verdicts. What measured \
             waited {:.0} % of\nits time for a processor and was interrupted {} times; the host took {:.0} %. \
             Run again on a quiet machine.",
            report.contention.waited() * 100.0,
            report.contention.involuntary_switches,
            report.machine.stolen_percent.unwrap_or_default(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Report, fake};
    use super::{GROUPS, answer};
    use crate::figures;
    use crate::harness::Contention;

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
        report.machine.stolen_percent = Some(30.0);
        check_no_verdict(&Report::new(report.machine.clone(), report.results.clone()));
        report.machine.stolen_percent = None;
        for section in &mut report.results {
            let workloads = section.workloads.iter_mut().chain(&mut section.other_mallocs);
            let contentions = workloads.map(|workload| &mut workload.contention);
            let experiments = section.tables.iter_mut().map(|table| &mut table.table.contention);
            for contention in contentions.chain(experiments) {
                *contention = DISTURBED;
            }
        }
        check_no_verdict(&Report::new(report.machine, report.results));
    }

    const DISTURBED: Contention =
        Contention { run_ns: 200_000_000, wait_ns: 100_000_000, involuntary_switches: 9 };

    fn check_no_verdict(report: &Report) {
        let text = answer(report);
        assert!(text.contains("THE MACHINE WAS BUSY: 3 of 3 measurements"), "{text}");
        let details = super::super::terminal::report(report) + &super::super::html::page(report);
        assert!(details.contains("not judged"), "{details}");
        for verdict in ["x faster", "x FASTER", "x slower", "no difference", "MISSED", "missed"] {
            assert!(!details.contains(verdict), "{verdict}: {details}");
        }
        assert!(!text.contains("faster") && !text.contains("1.90 to 2.10"), "{text}");
    }

    #[test]
    fn one_disturbed_workload_spares_the_others() {
        let mut report = fake::report();
        let pool = &mut report.results[0].workloads[0];
        pool.contention = DISTURBED;
        let text = answer(&Report::new(report.machine, report.results));
        assert!(text.contains("BUSY: 1 of 3") && text.contains("(under mimalloc)"), "{text}");
        assert!(text.contains("1.90 to 2.10") && !text.contains("1.45 to"), "{text}");
        let pool = text.lines().find(|line| line.contains("pool: request context, one thread"));
        assert!(pool.is_some_and(|line| line.contains("not judged")), "{text}");
    }

    #[test]
    fn absolute_figures_beside_ratios() {
        let mut report = fake::report();
        let text = answer(&report);
        assert!(text.contains("11.0 ns instead of 16.5 ns (<script>peer</script>)"), "{text}");
        report.ratios.insert("server/depth16/rps".into(), 3000.0);
        report.ratios.insert("server/depth16/cpu_us".into(), 2.0);
        report.ratios.insert("server/depth16/cpu_vs_naive".into(), 2.5);
        report.ranges.insert("server/depth16/cpu_vs_naive".into(), (2.4, 2.6));
        let text = answer(&report);
        assert!(text.contains("3000/s instead of 1500/s"), "more is better: {text}");
        assert!(text.contains("2.0 µs instead of 5.0 µs"), "less is better: {text}");
    }
}
