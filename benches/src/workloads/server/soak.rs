//! GoFarm's long run: does it get slower, does it grow?

use std::time::Duration;

use super::idle::mib;
use super::rig::{Place, Rig};
use crate::harness::{Figure, median};
use crate::load::{Order, Pacing, Until};
use crate::server::Variant;
use crate::workloads::{Chart, Failure, Outcome, Settings, Table};

/// How often the monitor trims.
const MONITOR: Duration = Duration::from_millis(10);
/// Batches of sixteen between two giants.
const GIANT_EVERY: u64 = 2048;
/// What is compared, at the beginning and at the end: a quarter of the run, a minute at most.
const WINDOW: Duration = Duration::from_secs(60);

pub(super) fn run(settings: &Settings) -> Outcome {
    let time = settings.soak.unwrap_or(settings.by_pace(
        Duration::from_millis(400),
        Duration::from_secs(6),
        Duration::from_secs(120),
    ));
    let slice = (time / 240).clamp(Duration::from_millis(20), Duration::from_secs(1));
    let place = Place::new(settings);
    let mut lives = [Variant::Naive, Variant::All]
        .iter()
        .map(|&variant| Life::start(variant, &place))
        .collect::<Result<Vec<Life>, Failure>>()?;
    let slices = (time.as_secs_f64() / slice.as_secs_f64() / lives.len() as f64).max(8.0) as usize;
    for at in 0..slices {
        settings.progress.set_message(format!("server/soak, slice {} of {slices}", at + 1));
        for life in &mut lives {
            life.slice(slice)?;
        }
    }
    Ok(report(&lives, slice))
}

/// A server over time.
struct Life {
    rig: Rig,
    /// Requests per second, slice by slice.
    per_second: Vec<f64>,
    /// Resident bytes at the end of each slice.
    resident: Vec<f64>,
}

impl Life {
    fn start(variant: Variant, place: &Place) -> Result<Life, Failure> {
        let rig = Rig::start(variant, 16, place, Some(MONITOR))?;
        Ok(Life { rig, per_second: Vec::new(), resident: Vec::new() })
    }

    fn slice(&mut self, slice: Duration) -> Result<(), Failure> {
        let outcome = self.rig.run(Order {
            pacing: Pacing::Saturate,
            until: Until::Elapsed(slice),
            giant_every: GIANT_EVERY,
        })?;
        self.per_second.push(outcome.per_second());
        self.resident.push(self.rig.server.resident_bytes()? as f64);
        Ok(())
    }
}

/// First and last window after the warm-up, as medians.
fn ends(values: &[f64], slice: Duration) -> (f64, f64) {
    let warm = &values[values.len() / 10..];
    let most = (WINDOW.as_secs_f64() / slice.as_secs_f64()) as usize;
    let window = (warm.len() / 4).clamp(1, most.max(1));
    (median(&warm[..window]), median(&warm[warm.len() - window..]))
}

fn report(lives: &[Life], slice: Duration) -> Table {
    let mut table = Table::new(&[
        "server",
        "seconds of load",
        "first requests/s",
        "last requests/s",
        "change",
        "MiB after warm-up",
        "MiB at the end",
        "growth",
    ]);
    let mut memory = Vec::new();
    let mut throughput = Vec::new();
    for life in lives {
        let (first, last) = ends(&life.per_second, slice);
        let (warm, end) = ends(&life.resident, slice);
        let growth = (end / warm - 1.0) * 100.0;
        let name = life.rig.variant.label();
        table.row([
            name.into(),
            format!("{:.0}", slice.as_secs_f64() * life.per_second.len() as f64),
            format!("{first:.0}"),
            format!("{last:.0}"),
            format!("{:+.1} %", (last / first - 1.0) * 100.0),
            mib(warm as u64),
            mib(end as u64),
            format!("{growth:+.2} %"),
        ]);
        if life.rig.variant == Variant::All {
            table.figure("server/rss_growth_percent", Figure::exact(growth));
        }
        let over_time = |values: &[f64], unit: f64| {
            let point =
                |(at, value): (usize, &f64)| ((at + 1) as f64 * slice.as_secs_f64(), value / unit);
            (String::from(name), values.iter().enumerate().map(point).collect())
        };
        memory.push(over_time(&life.resident, 1024.0 * 1024.0));
        throughput.push(over_time(&life.per_second, 1.0));
    }
    // Slice by slice against naive: a machine that gets slower meanwhile is nobody's merit.
    if let [naive, all] = lives {
        let pairs: Vec<f64> =
            all.per_second.iter().zip(&naive.per_second).map(|(all, naive)| all / naive).collect();
        let (first, last) = ends(&pairs, slice);
        table.figure("server/soak/last_vs_first", Figure::exact(last / first));
        table.remark(format!(
            "Against naive in the same seconds: {first:.2} times its requests at first, {last:.2} times \
             in the end. What both lose or gain is the machine's."
        ));
    }
    for (y, lines) in [("resident MiB", memory), ("requests per second", throughput)] {
        let x = "seconds under load".into();
        table.charts.push(Chart::Lines { y: y.into(), x, logarithmic: false, lines });
    }
    table
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::ends;

    #[test]
    fn warm_up_is_left_out() {
        let mut values = vec![100.0; 10];
        values.extend(vec![10.0; 45]);
        values.extend(vec![20.0; 45]);
        assert_eq!(ends(&values, Duration::from_secs(1)), (10.0, 20.0));
    }

    #[test]
    fn windows_of_a_minute_at_most() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        let (first, last) = ends(&values, Duration::from_secs(1));
        assert_eq!((first, last), (100.0 + 29.5, 940.0 + 29.5));
    }
}
