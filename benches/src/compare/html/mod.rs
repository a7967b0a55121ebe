//! The report as one page: no script, no network, readable in light and in dark, wide and narrow.

mod svg;

use std::fmt::Write;

use super::report::{Report, SectionResult, TableResult};
use super::terminal::{count, figure, range, reached, stolen, verdict};
use crate::figures::{self as list, FIGURES, Verdict};
use crate::harness::{Kind, SubjectResult, WorkloadResult};
use crate::workloads::Bar;

/// The whole page.
pub(super) fn page(report: &Report) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Naive allocation, Ratoon and its peers</title>\n<style>\n{}</style></head><body><main>\n",
        include_str!("style.css"),
    );
    head(&mut page, report);
    in_short(&mut page, report);
    targets(&mut page, report);
    losses(&mut page, report);
    for section in &report.results {
        self::section(&mut page, report, section);
    }
    others(&mut page, report);
    versions(&mut page, report);
    page + "</main></body></html>\n"
}

/// Text that may stand anywhere in the page.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The same, with what stands between backticks set as code.
fn prose(text: &str) -> String {
    let parts = escape(text);
    let mut parts = parts.split('`');
    let mut html = parts.next().unwrap_or_default().to_owned();
    while let Some(code) = parts.next() {
        let _ = write!(html, "<code>{code}</code>{}", parts.next().unwrap_or_default());
    }
    html
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
        "<h1>Naive allocation, Ratoon and its peers</h1>\
         <p class=\"quiet\">{}, {} cores, {} MiB · {}<br>{}<br>commit {} · {} · {} · malloc: {}{}</p>\
         <nav>{}</nav>\
         <p class=\"legend\"><span><i class=\"ratoon\"></i>Ratoon</span>\
         <span><i class=\"peer\"></i>published peer</span>\
         <span><i class=\"baseline\"></i>yardstick that nobody publishes</span>\
         <span><i class=\"malloc\"></i>naive allocation</span>\
         <span>Bars are nanoseconds per operation unless they say otherwise: shorter is better.</span></p>",
        escape(&m.cpu),
        m.cores,
        m.memory_mib,
        escape(&m.system),
        escape(&m.compiler),
        escape(&m.commit),
        escape(&m.date),
        escape(&m.mode),
        escape(&m.malloc),
        stolen(report).map(|text| format!("<br>{text}")).unwrap_or_default(),
        links.join(" "),
    );
}

fn in_short(page: &mut String, report: &Report) {
    page.push_str(
        "<h2>In short</h2><div class=\"scroll\"><table><tr><th><th class=\"n\">measured\
         <th class=\"n\">target</tr>",
    );
    for headline in FIGURES.iter().filter(|figure| figure.headline) {
        let key = headline.key;
        let Some(&value) = report.ratios.get(key) else { continue };
        let class = match reached(report, key) {
            Some(Verdict::Reached) => "n good",
            Some(Verdict::Missed) => "n bad",
            Some(Verdict::NotDecided) | None => "n",
        };
        let _ = write!(
            page,
            "<tr><td>{}<td class=\"{class}\">{}<td class=\"n quiet\">{}</tr>",
            escape(headline.title),
            list::unit(key).of(&figure(value)),
            list::target(key),
        );
    }
    page.push_str("</table></div>");
}

fn targets(page: &mut String, report: &Report) {
    page.push_str(
        "<h2>Targets</h2><p>Each figure with <code>vs</code> in its name is the median over interleaved \
         rounds of the other side's time by Ratoon's in the same round: 2x means that the other side \
         takes twice as long, or serves half as many. Of all others small is good. \
         In brackets: the least and the greatest median of one of the processes that measured (of the \
         server: the middle half of its rounds).</p>",
    );
    let known = report.ratios.keys().filter(|key| !list::target(key).is_empty());
    figures(page, report, known);
}

fn others(page: &mut String, report: &Report) {
    page.push_str("<h2>Figures without a target</h2><details><summary>show</summary>");
    let unknown = report.ratios.keys().filter(|key| list::target(key).is_empty());
    figures(page, report, unknown);
    page.push_str("</details>");
}

fn figures<'r>(page: &mut String, report: &'r Report, keys: impl Iterator<Item = &'r String>) {
    page.push_str(
        "<div class=\"scroll\"><table><tr><th>figure<th class=\"n\">measured<th class=\"n range\">range\
         <th class=\"n\">target<th></tr>",
    );
    for key in keys {
        let value = report.ratios[key];
        let target = list::target(key);
        let (class, reached) = match reached(report, key) {
            Some(Verdict::Reached) => ("good", "✓ reached"),
            Some(Verdict::Missed) => ("bad", "✗ missed"),
            Some(Verdict::NotDecided) => ("quiet", "not decided"),
            None => ("", ""),
        };
        let range = match range(report, key) {
            (low, high) if low.is_empty() || high.is_empty() => String::new(),
            (low, high) => format!("[{low} – {high}]"),
        };
        let _ = write!(
            page,
            "<tr><td><code>{}</code><td class=\"n\">{}<td class=\"n quiet range\">{range}<td class=\"n\">{target}\
             <td class=\"{class}\">{reached}</tr>",
            escape(key).replace('/', "/<wbr>"),
            list::unit(key).of(&figure(value)),
        );
    }
    page.push_str("</table></div>");
}

fn losses(page: &mut String, report: &Report) {
    page.push_str("<h2>Where Ratoon loses</h2>");
    let losses = report.losses();
    if let Some(warning) = super::answer::busy(report) {
        let _ = write!(page, "<p>{warning}</p>");
        return;
    }
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

fn section(page: &mut String, report: &Report, section: &SectionResult) {
    let _ = write!(page, "<h2 id=\"{}\">{}</h2>", escape(&section.name), escape(&section.title));
    for result in section.workloads.iter().chain(&section.other_mallocs) {
        workload(page, report, result);
    }
    for result in &section.tables {
        table(page, result);
    }
}

fn workload(page: &mut String, report: &Report, result: &WorkloadResult) {
    let mut subjects: Vec<&SubjectResult> = result.subjects.iter().collect();
    subjects.sort_by(|a, b| result.shown_ns(a).total_cmp(&result.shown_ns(b)));
    let bars: Vec<Bar> = subjects.iter().map(|subject| bar(report, result, subject)).collect();
    let _ = write!(
        page,
        "<section class=\"card\"><h3>{}</h3><p class=\"quiet\"><code>{}</code> under {}</p>{}",
        escape(&result.title),
        escape(&result.key),
        escape(&result.malloc),
        svg::bars(&format!("{}: nanoseconds per operation", result.title), &bars),
    );
    page.push_str(
        "<details><summary>figures</summary><div class=\"scroll\"><table><tr><th>\
         <th class=\"n\">ns<th class=\"n\">±<th class=\"n\">fastest<th class=\"n\">slowest\
         <th class=\"n\">allocations<th class=\"n\">bytes<th class=\"n\">against Ratoon</tr>",
    );
    for subject in subjects {
        let _ = write!(
            page,
            "<tr><td>{}<td class=\"n\">{}<td class=\"n\">{:.0} %<td class=\"n\">{}<td class=\"n\">{}\
             <td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}</tr>",
            escape(&subject.name),
            figure(result.shown_ns(subject)),
            subject.ns.spread_percent(),
            figure(subject.ns.min),
            figure(subject.ns.max),
            count(subject.allocations_per_op),
            count(subject.bytes_per_op),
            verdict(report, result, subject),
        );
    }
    let _ = write!(
        page,
        "</table></div></details><p class=\"quiet\">Leaves out: {}</p></section>",
        escape(&result.leaves_out),
    );
}

fn bar(report: &Report, result: &WorkloadResult, subject: &SubjectResult) -> Bar {
    let verdict = verdict(report, result, subject);
    let ns = result.shown_ns(subject);
    let text = match verdict.as_str() {
        "1" | "" => format!("{} ns", figure(ns)),
        _ => format!("{} ns, {}", figure(ns), verdict.to_lowercase()),
    };
    Bar { label: subject.name.clone(), kind: subject.kind, value: ns, text }
}

fn table(page: &mut String, result: &TableResult) {
    let _ = write!(
        page,
        "<section class=\"card\"><h3>{}</h3><p class=\"quiet\"><code>{}</code></p>",
        escape(&result.title),
        escape(&result.key),
    );
    for chart in &result.table.charts {
        page.push_str(&svg::chart(chart));
    }
    page.push_str("<div class=\"scroll\"><table><tr>");
    for (at, column) in result.table.columns.iter().enumerate() {
        let _ = write!(page, "<th{}>{}", align(at), escape(column));
    }
    page.push_str("</tr>");
    for row in &result.table.rows {
        page.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = write!(page, "<td{}>{}", align(at), escape(cell));
        }
        page.push_str("</tr>");
    }
    page.push_str("</table></div>");
    for line in result.table.remarks.iter().map(String::as_str).chain([result.note.as_str()]) {
        let _ = write!(page, "<p class=\"quiet\">{}</p>", prose(line));
    }
    page.push_str("</section>");
}

fn align(column: usize) -> &'static str {
    if column == 0 { "" } else { " class=\"n\"" }
}

fn versions(page: &mut String, report: &Report) {
    page.push_str("<h2>Versions</h2><p class=\"quiet\">");
    let list: Vec<String> = report
        .machine
        .versions
        .iter()
        .map(|(name, version)| format!("{}&nbsp;{}", escape(name), escape(version)))
        .collect();
    let _ = write!(page, "{}</p>", list.join(" · "));
}

#[cfg(test)]
mod tests {
    use super::super::fake;
    use super::{page, prose};

    #[test]
    fn names_cannot_break_out() {
        let page = page(&fake::report());
        for broken in
            ["<script", "<quick>", "<others>", "<b>", "<all>", "<measured>", "\"everything\""]
        {
            assert!(!page.contains(broken), "{broken}");
        }
        assert!(page.contains("&lt;script&gt;peer&lt;/script&gt;"));
    }

    #[test]
    fn code_in_prose() {
        assert_eq!(prose("no `A<B>` for `C`"), "no <code>A&lt;B&gt;</code> for <code>C</code>");
        assert_eq!(prose("a `tail"), "a <code>tail</code>");
        assert_eq!(prose("plain"), "plain");
    }

    #[test]
    fn every_element_is_closed() {
        let page = page(&fake::report());
        for element in ["main", "section", "table", "div", "svg", "figure", "details", "h2", "h3"] {
            let opened = page.matches(&format!("<{element}>")).count()
                + page.matches(&format!("<{element} ")).count();
            let closed = page.matches(&format!("</{element}>")).count();
            assert_eq!(opened, closed, "{element}");
            assert_ne!(opened, 0, "{element}");
        }
    }

    #[test]
    fn targets_reached_and_missed() {
        let page = page(&fake::report());
        let row = |key: &str| {
            let key = key.replace('/', "/<wbr>");
            let start = page.find(&format!("<code>{key}</code>")).expect("a row");
            &page[start..start + page[start..].find("</tr>").expect("its end")]
        };
        assert!(row("pool/context_1t/vs_best_peer").contains("reached"));
        assert!(row("server/depth16/rps_vs_naive").contains("missed"));
        assert!(row("server/depth16/rps_vs_naive").contains("[1.90 – 2.10]"));
        assert!(row("server/allocs_per_request").contains("reached"));
        let unknown = row("something/else");
        assert!(!unknown.contains("reached") && !unknown.contains("missed"));
    }

    #[test]
    fn long_bars_are_cut_and_say_so() {
        let page = page(&fake::report());
        assert_eq!(page.matches("(bar cut)").count(), 1);
        assert!(!page.contains("NaN") && !page.contains("inf"));
    }

    #[test]
    fn charts_have_a_name_for_those_who_do_not_see_them() {
        let page = page(&fake::report());
        assert_eq!(
            page.matches("<svg").count(),
            page.matches("role=\"img\" aria-label=\"").count()
        );
        assert_eq!(page.matches("<polyline").count(), 2);
    }
}
