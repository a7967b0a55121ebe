//! The headline figures as a table for a README.

use std::fmt::Write;

use super::answer;
use super::report::Report;
use super::terminal::figure;
use crate::figures::{self, FIGURES};

/// The table, with where Ratoon loses, machine and date. Figures that were not measured are left out.
pub(super) fn table(report: &Report) -> String {
    let mut text = String::from("| | measured | range | |\n|---|---:|---|---|\n");
    for headline in FIGURES.iter().filter(|figure| figure.headline) {
        let key = headline.key;
        if let Some(&value) = report.ratios.get(key) {
            let value = figures::unit(key).of(&figure(value));
            let absolute = answer::absolute(report, key).unwrap_or_default().replace('<', "\\<");
            let sure = answer::sure(report, key).unwrap_or_default();
            let _ = writeln!(text, "| {} | {value} | {sure} | {absolute} |", headline.title);
        }
    }
    let _ = writeln!(text, "\n{}", losses(report));
    if let Some(warning) = answer::busy(report) {
        let _ = writeln!(text, "\n{warning}");
    }
    let _ = writeln!(text, "\n{}", origin(report));
    text
}

/// Where, when and with what the figures were measured.
pub(super) fn origin(report: &Report) -> String {
    let machine = &report.machine;
    format!(
        "{}, {} cores, {}; {}; commit {}, {}.",
        machine.cpu, machine.cores, machine.system, machine.compiler, machine.commit, machine.date
    )
}

/// Who beats Ratoon at what, the worst first.
fn losses(report: &Report) -> String {
    let mut winners: Vec<(&str, Vec<String>)> = Vec::new();
    for loss in report.losses() {
        let at = format!("{} ({:.2}x)", loss.workload.key, loss.factor);
        match winners.iter_mut().find(|(winner, _)| *winner == loss.subject) {
            Some((_, losses)) => losses.push(at),
            None => winners.push((loss.subject, vec![at])),
        }
    }
    if winners.is_empty() {
        return format!("Where Ratoon loses: {}.", answer::no_losses(report));
    }
    let lines = winners.iter().map(|(winner, at)| format!("\n* to `{winner}`: {}", at.join(", ")));
    format!("Where Ratoon loses:\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::fake;
    use super::table;

    #[test]
    fn losses_are_told() {
        let text = table(&fake::report());
        let line = "Where Ratoon loses:\n\n* to `<script>peer</script>`: pool/context_1t (2.00x)\n";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn rows_of_what_was_measured() {
        let text = table(&fake::report());
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(
            rows,
            [
                "| | measured | range | |",
                "|---|---:|---|---|",
                "| pool: request context, one thread, against the fastest pool | 1.50x |  | 11.0 ns instead \
                 of 16.5 ns (\\<script>peer\\</script>) |",
                "| server: requests per second, 16 pipelined, against naive | 2.00x | 1.90 to 2.10 |  |",
                "| server: allocator calls per request | 0.00 |  |  |",
            ]
        );
        assert!(text.trim_end().ends_with(" UTC."), "machine and date");
    }
}
