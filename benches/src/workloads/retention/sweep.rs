//! Five settings of retention.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use hdrhistogram::Histogram;
use ratoon_pool::Pool;

use super::load::{Bursts, MOST, Workspace};
use crate::harness::monitor::beside_monitor;
use crate::harness::threads::Team;
use crate::harness::{Kind, Summary, median};
use crate::load::histogram;
use crate::workloads::{Bar, Chart, Outcome, Settings, Table};

/// What is kept.
struct Setting {
    name: &'static str,
    local_capacity: usize,
    shared_capacity: usize,
    max_retained_bytes: usize,
    workspace: fn(&'static AtomicI64) -> Workspace,
}

const DEFAULT: &str = "the default";

const SETTINGS: [Setting; 5] = [
    Setting {
        name: "nothing",
        local_capacity: 0,
        shared_capacity: 0,
        max_retained_bytes: 0,
        workspace: Workspace::forgetting,
    },
    Setting {
        name: "little",
        local_capacity: 16,
        shared_capacity: 64,
        max_retained_bytes: 8 * 1024,
        workspace: Workspace::forgetting,
    },
    Setting {
        name: DEFAULT,
        local_capacity: 64,
        shared_capacity: 1024,
        max_retained_bytes: 1024 * 1024,
        workspace: Workspace::forgetting,
    },
    Setting {
        name: "much",
        local_capacity: 1024,
        shared_capacity: 16 * 1024,
        max_retained_bytes: usize::MAX,
        workspace: Workspace::forgetting,
    },
    Setting {
        name: "everything (bumpalo's arena)",
        local_capacity: 1024,
        shared_capacity: 16 * 1024,
        max_retained_bytes: usize::MAX,
        workspace: Workspace::keeping,
    },
];

pub(super) fn run(settings: &Settings) -> Outcome {
    let bursts = settings.by_pace(16, 2_000, 10_000);
    let rounds = settings.by_pace(1, 5, 9);
    let mut measured: Vec<Measured> =
        SETTINGS.iter().map(|setting| Measured::start(setting, settings.threads)).collect();
    for _ in 0..rounds {
        for one in &mut measured {
            one.round(bursts);
        }
    }
    Ok(report(&measured))
}

type Factory = Box<dyn Fn() -> Workspace + Send + Sync>;
type Workspaces = Pool<Workspace, Factory>;

/// Longer than a burst and the pause behind it.
const WINDOW: Duration = Duration::from_millis(50);

struct Measured {
    setting: &'static Setting,
    pool: &'static Workspaces,
    held: &'static AtomicI64,
    team: Team,
    latencies: Arc<Mutex<Histogram<u64>>>,
    /// Requests per second of each round.
    per_second: Vec<f64>,
    /// Bytes held at the end of each round.
    held_bytes: Vec<f64>,
    /// The same after a rest of two windows.
    rested_bytes: Vec<f64>,
}

impl Measured {
    fn start(setting: &'static Setting, threads: usize) -> Measured {
        let held: &'static AtomicI64 = Box::leak(Box::default());
        let factory: Factory = Box::new(move || (setting.workspace)(held));
        let pool: &'static Workspaces = Box::leak(Box::new(
            Pool::builder_with(factory)
                .local_capacity(setting.local_capacity)
                .shared_capacity(setting.shared_capacity)
                .max_retained_bytes(setting.max_retained_bytes)
                .trim_window(WINDOW)
                .build(),
        ));
        let latencies = Arc::new(Mutex::new(histogram()));
        let all = Arc::clone(&latencies);
        let team = Team::new(threads, move |thread, bursts| {
            let mut mine = histogram();
            let requests = burst_after_burst(pool, &mut Bursts::new(thread), bursts, &mut mine);
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.add(&mine).expect("the bounds are the same");
            requests
        });
        Measured {
            setting,
            pool,
            held,
            team,
            latencies,
            per_second: Vec::new(),
            held_bytes: Vec::new(),
            rested_bytes: Vec::new(),
        }
    }

    fn round(&mut self, bursts: u64) {
        let measured = beside_monitor(
            Duration::from_millis(10),
            || self.pool.trim(),
            || self.team.run(bursts),
        );
        // The checksum is the number of requests.
        self.per_second.push(measured.checksum as f64 / measured.elapsed.as_secs_f64());
        self.held_bytes.push(self.held.load(Ordering::Relaxed) as f64);
        for _ in 0..2 {
            thread::sleep(WINDOW);
            self.pool.trim();
        }
        self.rested_bytes.push(self.held.load(Ordering::Relaxed) as f64);
    }
}

fn burst_after_burst(
    pool: &'static Workspaces,
    load: &mut Bursts,
    bursts: u64,
    latencies: &mut Histogram<u64>,
) -> u64 {
    let mut burst = Vec::with_capacity(MOST);
    let mut requests = 0;
    for _ in 0..bursts {
        for _ in 0..load.next_burst() {
            let bytes = load.next_bytes();
            let start = std::time::Instant::now();
            let workspace = pool.get();
            std::hint::black_box(workspace.fill(bytes));
            latencies.saturating_record(start.elapsed().as_nanos() as u64);
            burst.push(workspace);
            requests += 1;
        }
        burst.clear();
    }
    requests
}

fn report(measured: &[Measured]) -> Table {
    let mut table = Table::new(&[
        "what is kept",
        "per thread",
        "shared",
        "bytes each",
        "requests/s",
        "±",
        "p50 ns",
        "p99 ns",
        "p99.9 ns",
        "MiB after the load",
        "MiB after a rest",
    ]);
    let mut bars = Vec::new();
    for one in measured {
        let setting = one.setting;
        let rps = Summary::of(&one.per_second);
        let held = median(&one.held_bytes);
        let latencies = one.latencies.lock().unwrap_or_else(PoisonError::into_inner);
        table.row([
            setting.name.into(),
            setting.local_capacity.to_string(),
            setting.shared_capacity.to_string(),
            bytes(setting.max_retained_bytes),
            format!("{:.0}", rps.median),
            format!("{:.0} %", rps.spread_percent()),
            latencies.value_at_quantile(0.5).to_string(),
            latencies.value_at_quantile(0.99).to_string(),
            latencies.value_at_quantile(0.999).to_string(),
            mib(held),
            mib(median(&one.rested_bytes)),
        ]);
        bars.push(Bar {
            label: setting.name.into(),
            kind: if setting.name == DEFAULT { Kind::Ratoon } else { Kind::Baseline },
            value: rps.median,
            text: format!("{:.0}, {} MiB", rps.median, mib(held)),
        });
    }
    table.charts.push(Chart::Bars {
        title: "requests per second: more is better; behind it, memory after the load".into(),
        bars,
    });
    table
}

fn mib(bytes: f64) -> String {
    format!("{:.1}", bytes / (1024.0 * 1024.0))
}

fn bytes(bytes: usize) -> String {
    match bytes {
        usize::MAX => "unlimited".into(),
        bytes => format!("{} KiB", bytes / 1024),
    }
}
