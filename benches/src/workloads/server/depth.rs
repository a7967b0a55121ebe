//! Requests per second at saturation, and latency at one constant rate, at one pipelining depth.

use std::time::Duration;

use hdrhistogram::Histogram;

use super::rig::{Place, Rig};
use crate::harness::{Figure, Summary, median};
use crate::load::{Until, histogram};
use crate::server::Variant;
use crate::workloads::{Bar, Chart, Failure, Outcome, Settings, Table};

/// Share of the naive server's capacity at which latencies are compared.
const LOAD: f64 = 0.7;

/// Share of a processor above which the load generator may be what limits a figure.
const BUSY: f64 = 0.95;

pub(super) fn run(settings: &Settings, depth: usize) -> Outcome {
    let place = Place::new(settings);
    // Many short rounds rather than few long ones: a stall of the machine spoils those that it falls in.
    let slice = Duration::from_millis(settings.by_pace(30, 120, 300));
    let rounds = settings.by_pace(1, 5, 21);
    let mut servers = Variant::EVERY
        .iter()
        .map(|&variant| Measured::start(variant, depth, &place))
        .collect::<Result<Vec<Measured>, Failure>>()?;
    let mut rates = Vec::new();
    for round in 0..rounds {
        let text = format!("server/depth{depth}, round {} of {rounds}", round + 1);
        settings.progress.set_message(text);
        let mut turns: Vec<usize> = (0..servers.len()).collect();
        turns.rotate_left(round % servers.len());
        for &at in &turns {
            servers[at].saturate(slice)?;
        }
        // Anew in each round: a machine that got slower meanwhile would be overloaded, not loaded.
        let rate = LOAD * servers[0].per_second[round];
        for &at in &turns {
            servers[at].at_rate(rate, slice)?;
        }
        rates.push(rate);
    }
    Ok(report(&servers, depth, &rates, &place))
}

struct Measured {
    rig: Rig,
    /// Of each round.
    per_second: Vec<f64>,
    /// Of each round, in microseconds of the server's processors per request.
    cpu_us: Vec<f64>,
    /// Of each round, as a share of a processor.
    client_busy: Vec<f64>,
    /// Of all rounds at the constant rate.
    latencies: Histogram<u64>,
    /// Of each round at the constant rate: p50, p99 and p99.9 in microseconds.
    quantiles_us: [Vec<f64>; QUANTILES.len()],
}

const QUANTILES: [f64; 3] = [0.5, 0.99, 0.999];
/// Which of them is p99.
const P99: usize = 1;

impl Measured {
    fn start(variant: Variant, depth: usize, place: &Place) -> Result<Measured, Failure> {
        Ok(Measured {
            rig: Rig::start(variant, depth, place, None)?,
            per_second: Vec::new(),
            cpu_us: Vec::new(),
            client_busy: Vec::new(),
            latencies: histogram(),
            quantiles_us: Default::default(),
        })
    }

    fn saturate(&mut self, slice: Duration) -> Result<(), Failure> {
        let cpu = self.rig.server.cpu()?;
        let outcome = self.rig.saturate(Until::Elapsed(slice))?;
        let cpu = self.rig.server.cpu()? - cpu;
        self.per_second.push(outcome.per_second());
        self.cpu_us.push(cpu.as_secs_f64() * 1e6 / outcome.requests as f64);
        self.client_busy.push(outcome.client_busy());
        Ok(())
    }

    fn at_rate(&mut self, rate: f64, slice: Duration) -> Result<(), Failure> {
        let outcome = self.rig.at_rate(rate, slice)?;
        let mut latencies = histogram();
        outcome.add_to(&mut latencies);
        for (rounds, quantile) in self.quantiles_us.iter_mut().zip(QUANTILES) {
            rounds.push(us(latencies.value_at_quantile(quantile)));
        }
        outcome.add_to(&mut self.latencies);
        Ok(())
    }

    fn is(&self, variant: Variant) -> bool {
        self.rig.variant == variant
    }
}

fn report(servers: &[Measured], depth: usize, rates: &[f64], place: &Place) -> Table {
    let mut table = Table::new(&[
        "server",
        "requests/s",
        "±",
        "vs naive",
        "server µs",
        "client busy",
        "p50 µs",
        "p99 µs",
        "p99.9 µs",
        "max µs",
    ]);
    let naive = &servers[0];
    let mut bars = Vec::new();
    for server in servers {
        let rps = Summary::of(&server.per_second);
        let times = rounds(&server.per_second, &naive.per_second, |ours, naive| ours / naive).value;
        let busy = median(&server.client_busy);
        let quantile = |at: usize| format!("{:.0}", median(&server.quantiles_us[at]));
        table.row([
            server.rig.variant.label().into(),
            format!("{:.0}", rps.median),
            format!("{:.0} %", rps.spread_percent()),
            format!("{times:.2}"),
            format!("{:.1}", median(&server.cpu_us)),
            format!("{:.0} %{}", busy * 100.0, if busy > BUSY { " !" } else { "" }),
            quantile(0),
            quantile(P99),
            quantile(2),
            format!("{:.0}", us(server.latencies.max())),
        ]);
        bars.push(Bar {
            label: server.rig.variant.label().into(),
            kind: server.rig.variant.kind(),
            value: rps.median,
            text: format!("{:.0}, {times:.2}x", rps.median),
        });
    }
    let of = |variant| servers.iter().find(|server| server.is(variant));
    let mut compare = |name: &str, ours: &Measured, naive: &Measured| {
        let mut figure =
            |key: &str, figure| table.figure(&format!("server/depth{depth}/{name}{key}"), figure);
        let [ours_p99, naive_p99] = [ours, naive].map(|server| &server.quantiles_us[P99]);
        figure("rps", middle(&ours.per_second));
        figure(
            "rps_vs_naive",
            rounds(&ours.per_second, &naive.per_second, |ours, naive| ours / naive),
        );
        figure("cpu_us", middle(&ours.cpu_us));
        figure("cpu_vs_naive", rounds(&ours.cpu_us, &naive.cpu_us, |ours, naive| naive / ours));
        figure("p99_us", middle(ours_p99));
        figure("p99_vs_naive", rounds(ours_p99, naive_p99, |ours, naive| naive / ours));
    };
    if let Some(all) = of(Variant::All) {
        compare("", all, naive);
    }
    if let (Some(ours), Some(naive)) = (of(Variant::AxumReused), of(Variant::AxumNaive)) {
        compare("axum_", ours, naive);
    }
    table.charts.push(Chart::Bars {
        title: "requests per second at saturation: more is better".into(),
        bars,
    });
    table.charts.push(percentiles(servers));
    table.remark(place.remark());
    let rate = Summary::of(rates);
    table.remark(format!(
        "Latencies: in each round one rate for all, {:.0} % of what naive could do just before \
         ({:.0} requests/s, from {:.0} to {:.0}), {depth} at a time, counted from when a request was \
         due. Percentiles are medians of rounds, max is the worst of all, the curve shows all together.",
        LOAD * 100.0,
        rate.median,
        rate.min,
        rate.max,
    ));
    if servers.iter().any(|server| median(&server.client_busy) > BUSY) {
        table.remark(
            "Marked `!`: the load generator had no time left, and the server may have had.",
        );
    }
    table
}

/// Latency by percentile, from the median to one in ten thousand.
fn percentiles(servers: &[Measured]) -> Chart {
    let shown = [Variant::Naive, Variant::All];
    let lines = servers
        .iter()
        .filter(|server| shown.contains(&server.rig.variant))
        .map(|server| {
            let point = |nines: u32| {
                let nines = f64::from(nines) / 10.0;
                let latency = server.latencies.value_at_quantile(1.0 - 0.1_f64.powf(nines));
                (nines, us(latency))
            };
            (server.rig.variant.label().into(), (3..=40).map(point).collect())
        })
        .collect();
    Chart::Lines {
        y: "latency in µs at the constant rate, logarithmic".into(),
        x: "nines of the percentile (1: p90, 2: p99, 3: p99.9)".into(),
        logarithmic: true,
        lines,
    }
}

/// A figure of pairs of rounds: the median, and the middle half.
fn rounds(ours: &[f64], naive: &[f64], figure: impl Fn(f64, f64) -> f64) -> Figure {
    let pairs: Vec<f64> = ours.iter().zip(naive).map(|(&a, &b)| figure(a, b)).collect();
    middle(&pairs)
}

/// The median, and the middle half.
fn middle(values: &[f64]) -> Figure {
    let summary = Summary::of(values);
    Figure { value: summary.median, low: summary.q1, high: summary.q3 }
}

fn us(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1000.0
}
