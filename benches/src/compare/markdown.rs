//! The headline figures as a table for a README.

use std::fmt::Write;

use super::report::Report;
use super::targets;
use super::terminal::figure;

/// What is told first, and how it is called.
pub(super) const HEADLINE: &[(&str, &str)] = &[
    (
        "pool/get_put_1t/over_floor_ns",
        "pool: get and put of a light object, above resetting one in place",
    ),
    ("pool/get_put_1t/vs_best_peer", "pool: the same, against the fastest published pool"),
    ("pool/context_1t/vs_best_peer", "pool: request context, one thread, against the fastest pool"),
    (
        "pool/context_2t/vs_best_peer",
        "pool: request context, two threads, against the fastest pool",
    ),
    ("pool/handoff/vs_malloc", "pool: get on one thread, drop on another, against malloc"),
    ("arena/alloc_str/vs_best_peer", "arena: copy a string, against the fastest arena"),
    ("arena/request/vs_best_peer", "arena: a request's allocations, against the fastest arena"),
    ("arena/request/vs_malloc", "arena: the same, against malloc"),
    ("arena/frame/vs_vec", "arena: build a frame, against a fresh Vec"),
    (
        "arena/giant/retained_ratio",
        "arena: memory kept after a 64 MiB request, over the working set",
    ),
    ("header_map/browser_bulk/vs_http", "header map: a browser's request, against http::HeaderMap"),
    ("header_map/proxy_bulk/vs_http", "header map: a proxy's request, against http::HeaderMap"),
    ("request/vs_naive", "whole request, against naive (GoFarm's program)"),
    ("request/vs_naive_http", "whole request, against naive with http's map"),
    ("request/vs_naive_mimalloc", "whole request, against naive under mimalloc"),
    ("request/allocs_naive", "allocator calls per request, naive"),
    ("request/allocs", "allocator calls per request, Ratoon"),
    ("server/depth1/rps_vs_naive", "server: requests per second, one at a time, against naive"),
    ("server/depth16/rps_vs_naive", "server: requests per second, 16 pipelined, against naive"),
    ("server/depth16/p99_vs_naive", "server: naive's p99 over Ratoon's at the same rate"),
    ("server/allocs_per_request", "server: allocator calls per request"),
    ("server/rss_growth_percent", "server: growth of resident memory in a long run"),
];

/// The table, with where Ratoon loses, machine and date. Figures that were not measured are left out.
pub(super) fn table(report: &Report) -> String {
    let machine = &report.machine;
    let mut text = String::from("| | measured | target |\n|---|---:|---:|\n");
    for (key, title) in HEADLINE {
        if let Some(&value) = report.ratios.get(*key) {
            let value = targets::unit(key).of(&figure(value));
            let _ = writeln!(text, "| {title} | {value} | {} |", targets::shown(key));
        }
    }
    let _ = writeln!(text, "\n{}", losses(report));
    let _ = writeln!(
        text,
        "\n{}, {} cores, {}; {}; commit {}, {}.",
        machine.cpu, machine.cores, machine.system, machine.compiler, machine.commit, machine.date
    );
    text
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
        return "Where Ratoon loses: nowhere in this run.".into();
    }
    let lines = winners.iter().map(|(winner, at)| format!("\n* to `{winner}`: {}", at.join(", ")));
    format!("Where Ratoon loses:\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::fake;
    use super::{HEADLINE, table};

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
                "| | measured | target |",
                "|---|---:|---:|",
                "| pool: request context, one thread, against the fastest pool | 1.50x | ≥ 1.4x |",
                "| server: requests per second, 16 pipelined, against naive | 2.00x | ≥ 2.5x |",
                "| server: allocator calls per request | 0.00 | ≤ 0 |",
            ]
        );
        assert!(text.trim_end().ends_with(" UTC."), "machine and date");
    }

    #[test]
    fn keys_once_and_titles_plain() {
        for (at, (key, title)) in HEADLINE.iter().enumerate() {
            assert!(HEADLINE[..at].iter().all(|(other, _)| other != key), "{key}");
            assert!(!title.contains(['|', '<', '`']), "{title}");
        }
    }
}
