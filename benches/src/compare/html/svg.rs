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
        Chart::Lines { x, y, logarithmic, lines: all } => lines(x, y, *logarithmic, all),
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
fn lines(x: &str, y: &str, logarithmic: bool, lines: &[(String, Vec<(f64, f64)>)]) -> String {
    let points = || lines.iter().flat_map(|(_, points)| points);
    let across = Scale::linear(least(points().map(|point| point.0)), points().map(|point| point.0));
    let up = if logarithmic {
        Scale::logarithmic(points().map(|point| point.1))
    } else {
        Scale::linear(0.0, points().map(|point| point.1 * 1.05))
    };
    let mut html = format!(
        r#"<figure class="plot"><figcaption>{0}</figcaption><div class="area"><div class="scale"><span>{1}</span><span>{2}</span><span>{3}</span></div><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{0}">"#,
        escape(y),
        figure(up.at(1.0)),
        figure(up.at(0.5)),
        figure(up.at(0.0)),
    );
    for y in [0, 50, 100] {
        let _ = write!(html, r#"<line class="grid" x1="0" x2="100" y1="{y}" y2="{y}"/>"#);
    }
    for (at, (_, points)) in lines.iter().enumerate() {
        let path: Vec<String> = points
            .iter()
            .map(|&(x, y)| {
                format!("{:.2},{:.2}", across.share(x) * 100.0, 100.0 - up.share(y) * 100.0)
            })
            .collect();
        let _ = write!(html, r#"<polyline class="line{at}" points="{}"/>"#, path.join(" "));
    }
    let _ = write!(
        html,
        r#"</svg></div><div class="axis"><span>{}</span><span>{}</span><span>{}</span></div><div class="legend">"#,
        figure(across.at(0.0)),
        escape(x),
        figure(across.at(1.0)),
    );
    for (at, (name, _)) in lines.iter().enumerate() {
        let _ = write!(html, r#"<span><i class="line{at}"></i>{}</span>"#, escape(name));
    }
    html + "</div></figure>"
}

/// An axis.
struct Scale {
    start: f64,
    end: f64,
    logarithmic: bool,
}

impl Scale {
    fn linear(start: f64, values: impl Iterator<Item = f64>) -> Scale {
        let end = values.fold(start, f64::max);
        // An axis of no length would divide by zero.
        Scale { start, end: if end > start { end } else { start + 1.0 }, logarithmic: false }
    }

    fn logarithmic(values: impl Iterator<Item = f64> + Clone) -> Scale {
        let start = least(values.clone()).max(f64::MIN_POSITIVE);
        Scale { logarithmic: true, ..Scale::linear(start, values) }
    }

    /// Where a value lies, from 0 to 1.
    fn share(&self, value: f64) -> f64 {
        if self.logarithmic {
            (value.max(self.start) / self.start).ln() / (self.end / self.start).ln()
        } else {
            (value - self.start) / (self.end - self.start)
        }
    }

    /// What lies there.
    fn at(&self, share: f64) -> f64 {
        if self.logarithmic {
            self.start * (self.end / self.start).powf(share)
        } else {
            self.start + (self.end - self.start) * share
        }
    }
}

/// The least value; 0 if there are none.
fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.reduce(f64::min).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn scales_there_and_back() {
        let linear = Scale::linear(0.0, [5.0, 20.0].into_iter());
        assert_eq!((linear.share(5.0), linear.at(0.25)), (0.25, 5.0));
        let logarithmic = Scale::logarithmic([1.0, 100.0, 10.0].into_iter());
        assert!((logarithmic.share(10.0) - 0.5).abs() < 1e-12);
        assert!((logarithmic.at(0.5) - 10.0).abs() < 1e-12);
        assert_eq!(logarithmic.share(0.0), 0.0);
    }

    #[test]
    fn nothing_to_show_is_no_division_by_zero() {
        for values in [vec![], vec![0.0], vec![3.0, 3.0]] {
            let linear = Scale::linear(0.0, values.iter().copied());
            assert!(linear.share(0.0).is_finite() && linear.at(1.0).is_finite());
            let logarithmic = Scale::logarithmic(values.iter().copied());
            assert!(logarithmic.share(3.0).is_finite() && logarithmic.at(1.0).is_finite());
        }
    }
}
