//! Charts as inline SVG. Colours come from the page's style sheet, so both colour schemes work; text
//! keeps its size at any width, because nothing is scaled but lengths.

use std::fmt::Write;

use super::escape;
use crate::compare::terminal::figure;
use crate::harness::Kind;
use crate::workloads::{Bar, Chart};

const ROW: usize = 34;

/// Class of what stands on a side.
pub(super) fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Ratoon => "ratoon",
        Kind::Peer => "peer",
        Kind::Baseline => "baseline",
        Kind::Malloc => "malloc",
    }
}

/// A chart with its heading.
pub(super) fn chart(chart: &Chart) -> String {
    match chart {
        Chart::Bars { title, bars: all } => {
            format!("<p class=\"quiet\">{}</p>{}", escape(title), bars(title, all))
        }
        Chart::Lines { x, y, lines: all } => lines(x, y, all),
    }
}

/// Horizontal bars on a linear scale that begins at zero. Bars that dwarf the shortest, yardsticks
/// aside, are cut, and say so.
pub(super) fn bars(title: &str, bars: &[Bar]) -> String {
    let competitors = bars.iter().filter(|bar| bar.kind != Kind::Baseline);
    let shortest = competitors.map(|bar| bar.value).fold(f64::INFINITY, f64::min);
    let longest = bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
    let scale = longest.min(shortest.max(f64::MIN_POSITIVE) * CUT);
    let mut svg = format!(
        r#"<svg class="bars" width="100%" height="{}" role="img" aria-label="{}">"#,
        bars.len() * ROW,
        escape(title),
    );
    for (at, bar) in bars.iter().enumerate() {
        let top = at * ROW;
        let cut = bar.value > scale;
        let _ = write!(
            svg,
            r#"<text x="0" y="{0}">{1}</text><text class="value" x="100%" y="{0}">{2}{3}</text><rect class="rail" y="{4}" width="100%" height="9" rx="2"/><rect class="{5}" y="{4}" width="{6:.2}%" height="9" rx="2"/>"#,
            top + 14,
            escape(&bar.label),
            escape(&bar.text),
            if cut { " (bar cut)" } else { "" },
            top + 19,
            class(bar.kind),
            (bar.value / scale).clamp(0.002, 1.0) * 100.0,
        );
    }
    svg + "</svg>"
}

/// Bars up to this many times the shortest one keep their length.
const CUT: f64 = 24.0;

/// Lines over time or over percentiles, each in a class of its own (`line0`, `line1`, …).
fn lines(x: &str, y: &str, lines: &[(String, Vec<(f64, f64)>)]) -> String {
    let points = || lines.iter().flat_map(|(_, points)| points);
    let x_start = points().map(|point| point.0).fold(f64::INFINITY, f64::min);
    let x_end = points().map(|point| point.0).fold(f64::MIN_POSITIVE, f64::max);
    let y_end = points().map(|point| point.1).fold(f64::MIN_POSITIVE, f64::max) * 1.05;
    let at_x = |value: f64| (value - x_start) / (x_end - x_start).max(f64::MIN_POSITIVE) * 100.0;
    let at_y = |value: f64| 100.0 - value / y_end * 100.0;
    let mut html = format!(r#"<figure class="plot"><figcaption>{}</figcaption>"#, escape(y));
    let _ = write!(
        html,
        r#"<div class="area"><div class="scale"><span>{}</span><span>{}</span><span>0</span></div><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{}">"#,
        figure(y_end),
        figure(y_end / 2.0),
        escape(y),
    );
    for y in [0, 50, 100] {
        let _ = write!(html, r#"<line class="grid" x1="0" x2="100" y1="{y}" y2="{y}"/>"#);
    }
    for (at, (_, points)) in lines.iter().enumerate() {
        let path: Vec<String> =
            points.iter().map(|&(x, y)| format!("{:.2},{:.2}", at_x(x), at_y(y))).collect();
        let _ = write!(html, r#"<polyline class="line{at}" points="{}"/>"#, path.join(" "));
    }
    let _ = write!(
        html,
        r#"</svg></div><div class="axis"><span>{}</span><span>{}</span><span>{}</span></div><div class="legend">"#,
        figure(x_start),
        escape(x),
        figure(x_end),
    );
    for (at, (name, _)) in lines.iter().enumerate() {
        let _ = write!(html, r#"<span><i class="line{at}"></i>{}</span>"#, escape(name));
    }
    html + "</div></figure>"
}
