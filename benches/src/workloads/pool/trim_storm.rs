//! GoFarm's first trap: a monitor that cleans up on a timer. Here it trims and reads statistics every
//! millisecond while the pool is in use, and must cause no allocation and no measurable loss.

use std::thread;
use std::time::Duration;

use super::objects::{Context, Object};
use crate::alloc::counting;
use crate::harness::monitor::beside_monitor;
use crate::harness::threads::Team;
use crate::harness::{Figure, Measured, Pace, median, paired_ratio};
use crate::workloads::{Experiment, Outcome, Settings, Table};

/// Steady and bursty load, with and without the monitor.
pub(super) const EXPERIMENT: Experiment = Experiment {
    key: "pool/trim_storm",
    title: "a monitor calls stats and trim every millisecond",
    note: "Allocator calls of the working threads in the rounds with the monitor. A steady thread \
           holds one context at a time, a bursty one takes two hundred and returns them.",
    weight: 10,
    run,
};

/// Contexts that the bursty load holds at once.
const BURST: usize = 200;

fn run(settings: &Settings) -> Outcome {
    let mut table = Table::new(&["load", "ns without", "ns with", "slower by", "allocator calls"]);
    let mut allocations = 0;
    for (load, held) in [("steady", 1), ("bursty", BURST)] {
        let storm = Storm::new(settings, held);
        let pairs: Vec<(f64, f64)> = (0..settings.pace.rounds)
            .map(|_| (storm.ns(storm.calm()), storm.ns(storm.stormy())))
            .collect();
        let (without, with): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let counted = storm.allocations();
        allocations += counted;
        table.row([
            load.into(),
            format!("{:.2}", median(&without)),
            format!("{:.2}", median(&with)),
            format!("{:+.1} %", (paired_ratio(&with, &without) - 1.0) * 100.0),
            counted.to_string(),
        ]);
    }
    table.figure("pool/trim_storm/allocs", Figure::exact(allocations as f64));
    Ok(table)
}

/// Does `work` while the monitor runs.
fn in_storm<R>(work: impl FnOnce() -> R) -> R {
    let monitor = || {
        Context::ratoon().trim();
        std::hint::black_box(Context::ratoon().stats());
    };
    beside_monitor(Duration::from_millis(1), monitor, work)
}

struct Storm {
    team: Team,
    iterations: u64,
}

impl Storm {
    fn new(settings: &Settings, held: usize) -> Storm {
        let pool = Context::ratoon();
        let team = Team::new(settings.threads, move |_, iterations| {
            let mut guards = [const { None }; BURST];
            let mut sum = 0_u64;
            for burst in 0..iterations / held as u64 {
                for guard in &mut guards[..held] {
                    sum = sum.wrapping_add(guard.insert(pool.get()).work(burst));
                }
                guards[..held].fill_with(|| None);
            }
            sum
        });
        // Twenty milliseconds see twenty trims; the first run warms the caches up.
        let iterations = if settings.pace == Pace::SMOKE { 20_000 } else { 2_000_000 };
        team.run(iterations);
        Storm { team, iterations }
    }

    fn calm(&self) -> Measured {
        self.team.run(self.iterations)
    }

    fn stormy(&self) -> Measured {
        in_storm(|| self.team.run(self.iterations))
    }

    /// Allocator calls of the threads in the midst of a storm: counting begins while the load goes on.
    fn allocations(&self) -> u64 {
        in_storm(|| {
            let warm_up = self.team.run(self.iterations).elapsed / 2;
            let counts = thread::scope(|scope| {
                scope.spawn(|| {
                    thread::sleep(warm_up);
                    counting(true);
                });
                self.team.run(2 * self.iterations).counts
            });
            counting(false);
            counts.allocations
        })
    }

    fn ns(&self, measured: Measured) -> f64 {
        measured.elapsed.as_secs_f64() * 1e9 / self.iterations as f64
    }
}
