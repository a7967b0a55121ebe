//! The report as text.

use std::fmt::Write;

use super::answer::no_losses;
use super::report::Report;
use crate::figures::{self, Verdict};
use crate::harness::{Kind, SubjectResult, WorkloadResult};
use crate::workloads::{Section, Table};

/// Sections, workloads and subjects with what they do not represent.
pub(super) fn list(sections: &[&Section], threads: usize) -> String {
    let mut text = String::new();
    for section in sections {
        let _ = writeln!(text, "{} ({})", section.name, section.title);
        for workload in section.workloads {
            let names: Vec<&str> = (workload.subjects)(threads).iter().map(|s| s.name).collect();
            let _ = writeln!(text, "  {}: {}", workload.key, workload.title);
            let _ = writeln!(text, "      subjects: {}", names.join(", "));
            let _ = writeln!(text, "      leaves out: {}", workload.leaves_out);
        }
        for experiment in section.experiments {
            let _ = writeln!(text, "  {}: {}", experiment.key, experiment.title);
            let _ = writeln!(text, "      note: {}", experiment.note);
        }
    }
    text
}

/// The whole report.
pub(super) fn report(report: &Report) -> String {
    let mut text = String::new();
    let m = &report.machine;
    let _ = writeln!(
        text,
        "{}, {} cores, {} MiB, {}\n{}\ncommit {}, {}, {}",
        m.cpu, m.cores, m.memory_mib, m.system, m.compiler, m.commit, m.date, m.mode
    );
    if let Some(stolen) = stolen(report) {
        let _ = writeln!(text, "{stolen}");
    }
    let _ = writeln!(
        text,
        "\n* Ratoon, - naive allocation or a yardstick that nobody publishes, all others published peers.\n\
         Nanoseconds, allocator calls and bytes are per operation: less is better. ± is half of the middle \
         half of\nthe rounds. The last column is against the first line of Ratoon's, marked 1."
    );
    for section in &report.results {
        let _ = writeln!(text, "\n== {} ==", section.title);
        for result in section.workloads.iter().chain(&section.other_mallocs) {
            workload(&mut text, report, result);
        }
        for table in &section.tables {
            let _ = writeln!(text, "\n{}: {}", table.key, table.title);
            grid(&mut text, &table.table);
            for line in table.table.remarks.iter().map(String::as_str).chain([table.note.as_str()])
            {
                let _ = writeln!(text, "  {line}");
            }
        }
    }
    ratios(&mut text, report);
    losses(&mut text, report);
    text
}

/// What the host took, if that is worth a word.
pub(super) fn stolen(report: &Report) -> Option<String> {
    let stolen = report.machine.stolen_percent.filter(|&percent| percent >= 0.5)?;
    Some(format!(
        "The host took {stolen:.1} % of the processors' time for others: medians hold, the slowest \
         operations are the host's."
    ))
}

fn workload(text: &mut String, report: &Report, result: &WorkloadResult) {
    let malloc =
        if result.malloc == "glibc" { String::new() } else { format!(", under {}", result.malloc) };
    let _ = writeln!(text, "\n{}: {}{malloc}", result.key, result.title);
    let mut table = Table::new(&["", "ns", "±", "allocs", "bytes", "against ratoon"]);
    let mut subjects: Vec<&SubjectResult> = result.subjects.iter().collect();
    subjects.sort_by(|a, b| result.shown_ns(a).total_cmp(&result.shown_ns(b)));
    for subject in subjects {
        table.row([
            label(subject),
            figure(result.shown_ns(subject)),
            format!("{:.0} %", subject.ns.spread_percent()),
            count(subject.allocations_per_op),
            count(subject.bytes_per_op),
            verdict(report, result, subject),
        ]);
    }
    grid(text, &table);
}

/// Who wins, and by how much.
pub(super) fn verdict(report: &Report, result: &WorkloadResult, subject: &SubjectResult) -> String {
    if result.ratoon().is_some_and(|ours| ours.name == subject.name) {
        return "1".into();
    }
    let Some(times) = subject.times_ratoon else { return String::new() };
    if !report.judges(result) {
        return "not judged".into();
    }
    if times.low < 1.0 && times.high > 1.0 {
        return "no difference".into();
    }
    match (times.value, 1.0 / times.value) {
        (slower, _) if slower >= 1.005 => format!("{slower:.2}x slower"),
        (_, faster) if faster >= 1.005 => format!("{faster:.2}x FASTER"),
        _ => "equal".into(),
    }
}

fn label(subject: &SubjectResult) -> String {
    let side = match subject.kind {
        Kind::Ratoon => "*",
        Kind::Peer => " ",
        Kind::Baseline | Kind::Malloc => "-",
    };
    format!("{side} {}", subject.name)
}

fn grid(text: &mut String, table: &Table) {
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|at| {
            let cells = table.rows.iter().map(|row| row[at].chars().count());
            cells.chain([table.columns[at].chars().count()]).max().unwrap_or(0)
        })
        .collect();
    for row in std::iter::once(&table.columns).chain(&table.rows) {
        let mut line = String::from("  ");
        for (at, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let _ = if at == 0 {
                write!(line, "{cell:<width$}")
            } else {
                write!(line, "  {cell:>width$}")
            };
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn ratios(text: &mut String, report: &Report) {
    let _ = writeln!(text, "\n== Figures and targets ==");
    let mut table = Table::new(&["", "figure", "better", "from", "to", "target", ""]);
    for (key, &value) in &report.ratios {
        let reached = verdict_word(reached(report, key));
        let unit = figures::unit(key);
        let (low, high) = range(report, key);
        let target = figures::target(key);
        table.row([
            key.clone(),
            unit.of(&figure(value)),
            unit.better().into(),
            low,
            high,
            target,
            reached.into(),
        ]);
    }
    grid(text, &table);
    let _ = writeln!(
        text,
        "  vs: 2x means that the other side takes twice as long, or serves half as many in the same time.\n  \
         Medians of all rounds; from, to: the least and the greatest median of a sitting, that is of a process that measured\n  \
         (server: the middle half of its rounds)."
    );
}

/// What a run says about the target of a figure.
pub(super) fn reached(report: &Report, key: &str) -> Option<Verdict> {
    let (low, high) = *report.ranges.get(key).filter(|_| !report.not_judged.contains(key))?;
    figures::verdict(key, low, high)
}

fn verdict_word(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Reached) => "reached",
        Some(Verdict::Missed) => "MISSED",
        Some(Verdict::NotDecided) => "not decided",
        None => "",
    }
}

/// In what range a figure lies from sitting to sitting; nothing for what does not vary.
pub(super) fn range(report: &Report, key: &str) -> (String, String) {
    match report.ranges.get(key) {
        Some(&(low, high)) if low != high => (figure(low), figure(high)),
        _ => Default::default(),
    }
}

fn losses(text: &mut String, report: &Report) {
    let losses = report.losses();
    let _ = writeln!(text, "\n== Where Ratoon loses ==");
    if losses.is_empty() {
        let _ = writeln!(text, "  {}", no_losses(report));
    }
    for loss in losses {
        let _ = writeln!(
            text,
            "  {}: {} is {:.2}x faster (under {})",
            loss.workload.key, loss.subject, loss.factor, loss.workload.malloc
        );
    }
}

/// Three digits that matter.
pub(super) fn figure(value: f64) -> String {
    match value.abs() {
        magnitude if magnitude >= 1000.0 => format!("{value:.0}"),
        magnitude if magnitude >= 100.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Nanoseconds in the unit that fits.
pub(super) fn time(ns: f64) -> String {
    match ns {
        ns if ns >= 1e6 => format!("{:.1} ms", ns / 1e6),
        ns if ns >= 1e3 => format!("{:.1} µs", ns / 1e3),
        ns if ns >= 100.0 => format!("{ns:.0} ns"),
        ns => format!("{ns:.1} ns"),
    }
}

/// Per operation: whole numbers as such, nothing as `0`.
pub(super) fn count(value: f64) -> String {
    if value == value.round() { format!("{value:.0}") } else { figure(value) }
}

#[cfg(test)]
mod tests {
    use super::super::fake;
    use super::{count, figure, report, time};

    #[test]
    fn wins_and_losses() {
        let text = report(&fake::report());
        let line = |start: &str| text.lines().find(|line| line.trim_start().starts_with(start));
        let peer = line("<script>peer").expect("a row");
        assert!(peer.contains("1.50x slower"), "{peer}");
        // Pair by pair: 2, 3 and 2.
        assert!(text.contains("<script>peer</script> is 2.00x faster (under mimalloc)"), "{text}");
        assert!(!text.contains("floor is"), "a yardstick is no loss");
        assert!(line("pool/context_1t/vs_best_peer").is_some_and(|line| line.ends_with("reached")));
        assert!(line("server/depth16/rps_vs_naive").is_some_and(|line| line.ends_with("MISSED")));
        assert!(line("Nobody was <measured>.").is_some());
    }

    #[test]
    fn three_digits_that_matter() {
        assert_eq!(figure(0.123), "0.12");
        assert_eq!(figure(-12.5), "-12.50");
        assert_eq!(figure(123.45), "123.5");
        assert_eq!(figure(123_456.7), "123457");
        assert_eq!(
            (time(9.96), time(150.4), time(3250.0), time(2e6)),
            ("10.0 ns".into(), "150 ns".into(), "3.2 µs".into(), "2.0 ms".into())
        );
        assert_eq!((count(3.0), count(0.0), count(0.5)), ("3".into(), "0".into(), "0.50".into()));
    }
}
