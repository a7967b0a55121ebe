//! The report as one page: no script, no network, readable in light and in dark.

use std::fmt::Write;

use super::report::{Report, SectionResult, TableResult};
use super::svg::{self, Bar};
use super::targets;
use super::terminal::{count, figure, verdict};
use crate::harness::{Kind, SubjectResult, WorkloadResult};

/// The whole page.
pub(super) fn page(report: &Report) -> String {
    let mut page = String::from(HEAD);
    head(&mut page, report);
    headline(&mut page, report);
    losses(&mut page, report);
    for section in &report.results {
        self::section(&mut page, section);
    }
    versions(&mut page, report);
    page + "</main></body></html>\n"
}

/// Text that may stand anywhere in the page.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn head(page: &mut String, report: &Report) {
    let m = &report.machine;
    let links: Vec<String> = report
        .results
        .iter()
        .map(|s| format!("<a href=\"#{}\">{}</a>", escape(&s.name), escape(&s.title)))
        .collect();
    let _ = write!(
        page,
        "<h1>Naive allocation, Ratoon and its peers</h1><p class=\"sub\">{}, {} cores, {} MiB · {} · {}<br>\
         commit {} · {} · {}</p><nav>{}</nav>",
        escape(&m.cpu),
        m.cores,
        m.memory_mib,
        escape(&m.system),
        escape(&m.compiler),
        escape(&m.commit),
        escape(&m.date),
        escape(&m.mode),
        links.join(" · "),
    );
}

fn headline(page: &mut String, report: &Report) {
    page.push_str(
        "<h2>Ratios</h2><p>Each is the median over interleaved rounds of the other side's time by \
         Ratoon's in the same round: 2 means that the other side takes twice as long. Figures named \
         <i>ns</i>, <i>allocs</i>, <i>objects</i> and <i>percent</i> are no ratios, and small is good.</p>\
         <table><tr><th>figure<th>measured<th>target<th></tr>",
    );
    for (key, &value) in &report.ratios {
        let (target, class, reached) = match targets::of(key) {
            Some(target) if target.met(value) => (target.to_string(), "good", "reached"),
            Some(target) => (target.to_string(), "bad", "missed"),
            None => (String::new(), "", ""),
        };
        let _ = write!(
            page,
            "<tr><td><code>{}</code><td class=\"n\">{}<td class=\"n\">{target}<td class=\"{class}\">{reached}</tr>",
            escape(key),
            figure(value),
        );
    }
    page.push_str("</table>");
}

fn losses(page: &mut String, report: &Report) {
    page.push_str("<h2>Where Ratoon loses</h2>");
    let losses = report.losses();
    if losses.is_empty() {
        page.push_str("<p>Nowhere in this run.</p>");
        return;
    }
    page.push_str("<ul>");
    for loss in losses {
        let side = if loss.kind == Kind::Malloc { ", naive allocation," } else { "" };
        let _ = write!(
            page,
            "<li><code>{}</code>: {}{side} is {:.2}x faster (under {})",
            escape(&loss.workload.key),
            escape(loss.subject),
            loss.factor,
            escape(&loss.workload.malloc),
        );
    }
    page.push_str("</ul>");
}

fn section(page: &mut String, section: &SectionResult) {
    let _ = write!(page, "<h2 id=\"{}\">{}</h2>", escape(&section.name), escape(&section.title));
    for result in section.workloads.iter().chain(&section.other_mallocs) {
        workload(page, result);
    }
    for result in &section.tables {
        table(page, result);
    }
}

fn workload(page: &mut String, result: &WorkloadResult) {
    let mut subjects: Vec<&SubjectResult> = result.subjects.iter().collect();
    subjects.sort_by(|a, b| a.ns.median.total_cmp(&b.ns.median));
    let bars: Vec<Bar<'_>> = subjects.iter().map(|subject| bar(result, subject)).collect();
    let _ = write!(
        page,
        "<section><h3>{} <small><code>{}</code> under {}</small></h3>{}",
        escape(&result.title),
        escape(&result.key),
        escape(&result.malloc),
        svg::bars(&bars),
    );
    page.push_str(
        "<details><summary>figures</summary><table><tr><th><th>ns<th>± %<th>fastest<th>slowest\
         <th>allocations<th>bytes<th>against Ratoon</tr>",
    );
    for subject in subjects {
        let _ = write!(
            page,
            "<tr><td>{}<td class=\"n\">{}<td class=\"n\">{:.0}<td class=\"n\">{}<td class=\"n\">{}\
             <td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}</tr>",
            escape(&subject.name),
            figure(subject.ns.median),
            subject.ns.spread_percent(),
            figure(subject.ns.min),
            figure(subject.ns.max),
            count(subject.allocations_per_op),
            count(subject.bytes_per_op),
            verdict(result, subject),
        );
    }
    let _ = write!(
        page,
        "</table></details><p class=\"sub\">Leaves out: {}</p></section>",
        escape(&result.leaves_out),
    );
}

fn bar<'a>(result: &WorkloadResult, subject: &'a SubjectResult) -> Bar<'a> {
    let class = match subject.kind {
        Kind::Ratoon => "ratoon",
        Kind::Peer => "peer",
        Kind::Baseline => "baseline",
        Kind::Malloc => "malloc",
    };
    let verdict = verdict(result, subject);
    let text = match verdict.as_str() {
        "1" => format!("{} ns", figure(subject.ns.median)),
        _ => format!("{} ns, {}", figure(subject.ns.median), verdict.to_lowercase()),
    };
    Bar { label: &subject.name, class, value: subject.ns.median, text }
}

fn table(page: &mut String, result: &TableResult) {
    let _ = write!(
        page,
        "<section><h3>{} <small><code>{}</code></small></h3>",
        escape(&result.title),
        escape(&result.key),
    );
    if let Some(chart) = &result.table.chart {
        page.push_str(&svg::lines(chart));
    }
    page.push_str("<table><tr>");
    for column in &result.table.columns {
        let _ = write!(page, "<th>{}", escape(column));
    }
    page.push_str("</tr>");
    for row in &result.table.rows {
        page.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let class = if at == 0 { "" } else { " class=\"n\"" };
            let _ = write!(page, "<td{class}>{}", escape(cell));
        }
        page.push_str("</tr>");
    }
    let _ = write!(page, "</table><p class=\"sub\">{}</p></section>", escape(&result.note));
}

fn versions(page: &mut String, report: &Report) {
    page.push_str("<h2>Versions</h2><p class=\"sub\">");
    let list: Vec<String> = report
        .machine
        .versions
        .iter()
        .map(|(name, version)| format!("{}&nbsp;{}", escape(name), escape(version)))
        .collect();
    let _ = write!(page, "{}</p>", list.join(" · "));
}

const HEAD: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Naive allocation, Ratoon and its peers</title>
<style>
:root { color-scheme: light dark; --text: #1d2129; --quiet: #5d6673; --page: #fff; --line: #dde1e6;
  --ratoon: #2f8f4e; --peer: #4a7fb5; --baseline: #9aa3ad; --malloc: #c98a2b; --bad: #b3362b; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e6ea; --quiet: #9aa3ad; --page: #16181c;
  --line: #343a42; --ratoon: #53b873; --peer: #6fa3d8; --baseline: #78818b; --malloc: #e0a84e; --bad: #ef7d72; } }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; margin: 0; } h2 { margin: 40px 0 8px; border-bottom: 1px solid var(--line); }
h3 { margin: 24px 0 4px; font-size: 16px; } h3 small { color: var(--quiet); font-weight: normal; }
.sub { color: var(--quiet); font-size: 13px; } a { color: var(--peer); }
table { border-collapse: collapse; font-size: 13px; } th { text-align: left; color: var(--quiet); }
td, th { padding: 2px 12px 2px 0; border-bottom: 1px solid var(--line); }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--ratoon); } .bad { color: var(--bad); font-weight: bold; }
summary { color: var(--quiet); font-size: 13px; cursor: pointer; }
svg { width: 100%; height: auto; } svg text { fill: var(--text); font-size: 12px; }
svg .label { text-anchor: end; fill: var(--quiet); } .grid { stroke: var(--line); }
.ratoon { fill: var(--ratoon); } .peer { fill: var(--peer); } .baseline { fill: var(--baseline); }
.malloc { fill: var(--malloc); } polyline { fill: none; stroke-width: 1.5; }
.line0 { stroke: var(--malloc); } .line1 { stroke: var(--ratoon); } .line2 { stroke: var(--peer); }
.line3 { stroke: var(--bad); } .line4 { stroke: var(--baseline); }
</style></head><body><main>
"#;
