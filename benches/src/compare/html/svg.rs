//! Charts as inline SVG. Colours come from the page's style sheet, so both colour schemes work.

use std::fmt::Write;

use super::html::escape;
use crate::workloads::Chart;

/// A bar of a chart.
#[derive(Debug)]
pub(super) struct Bar<'a> {
    pub(super) label: &'a str,
    /// Class of the bar: which side the subject is on.
    pub(super) class: &'static str,
    pub(super) value: f64,
    /// What is written behind the bar.
    pub(super) text: String,
}

const LABEL: f64 = 220.0;
const WIDTH: f64 = 760.0;
const ROW: f64 = 22.0;

/// Horizontal bars on a linear scale that begins at zero. A bar more than [`CUT`] times as long as
/// the shortest sixth is cut, and says so.
pub(super) fn bars(bars: &[Bar<'_>]) -> String {
    let mut values: Vec<f64> = bars.iter().map(|bar| bar.value).collect();
    values.sort_by(f64::total_cmp);
    let longest = values.last().copied().unwrap_or(1.0);
    let scale = longest.min(values.first().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE) * CUT);
    let room = WIDTH - LABEL - 170.0;
    let height = bars.len() as f64 * ROW;
    let mut svg = format!(r#"<svg viewBox="0 0 {WIDTH} {height}" role="img">"#);
    for (at, bar) in bars.iter().enumerate() {
        let y = at as f64 * ROW;
        let cut = bar.value > scale;
        let length = (bar.value.min(scale) / scale * room).max(1.0);
        let end = LABEL + length;
        let _ = write!(
            svg,
            r#"<text class="label" x="{:.0}" y="{:.0}">{}</text><rect class="{}" x="{LABEL}" y="{:.0}" width="{length:.1}" height="{:.0}" rx="2"/><text x="{:.0}" y="{:.0}">{}{}</text>"#,
            LABEL - 8.0,
            y + 15.0,
            escape(bar.label),
            bar.class,
            y + 4.0,
            ROW - 8.0,
            end + 6.0,
            y + 15.0,
            if cut { "⋯ " } else { "" },
            escape(&bar.text),
        );
    }
    svg + "</svg>"
}

/// Bars up to this many times the shortest one keep their length.
const CUT: f64 = 24.0;

/// Lines over time, each in a class of its own (`line0`, `line1`, …).
pub(super) fn lines(chart: &Chart) -> String {
    const HEIGHT: f64 = 240.0;
    const LEFT: f64 = 60.0;
    const BOTTOM: f64 = 40.0;
    let points = || chart.lines.iter().flat_map(|(_, points)| points);
    let x_end = points().map(|point| point.0).fold(f64::MIN_POSITIVE, f64::max);
    let y_end = points().map(|point| point.1).fold(f64::MIN_POSITIVE, f64::max) * 1.1;
    let x = |value: f64| LEFT + value / x_end * (WIDTH - LEFT - 150.0);
    let y = |value: f64| HEIGHT - BOTTOM - value / y_end * (HEIGHT - BOTTOM - 10.0);
    let mut svg = format!(r#"<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">"#);
    for step in 0..=4 {
        let (value, right) = (y_end * f64::from(step) / 4.0, WIDTH - 150.0);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{LEFT}" x2="{right}" y1="{0:.1}" y2="{0:.1}"/><text class="label" x="{1}" y="{2:.1}">{3}</text>"#,
            y(value),
            LEFT - 6.0,
            y(value) + 4.0,
            super::terminal::figure(value),
        );
    }
    for (at, (name, points)) in chart.lines.iter().enumerate() {
        let path: Vec<String> =
            points.iter().map(|&(px, py)| format!("{:.1},{:.1}", x(px), y(py))).collect();
        let legend = 20.0 + at as f64 * 18.0;
        let _ = write!(
            svg,
            r#"<polyline class="line{at}" points="{}"/><line class="line{at}" x1="{2}" x2="{3}" y1="{1}" y2="{1}"/><text x="{4}" y="{5}">{6}</text>"#,
            path.join(" "),
            legend,
            WIDTH - 140.0,
            WIDTH - 118.0,
            WIDTH - 112.0,
            legend + 4.0,
            escape(name),
        );
    }
    let _ = write!(
        svg,
        r#"<text x="{LEFT}" y="{:.0}">{}, up to {}; vertical: {}</text></svg>"#,
        HEIGHT - 10.0,
        escape(&chart.x),
        super::terminal::figure(x_end),
        escape(&chart.y),
    );
    svg
}
