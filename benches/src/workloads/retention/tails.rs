//! The slowest of many single operations, each timed by itself, on several threads at once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use hdrhistogram::Histogram;

use crate::harness::Kind;
use crate::harness::threads::Team;
use crate::load::histogram;
use crate::workloads::arena::{self, AnyArena, CAPACITY, Texts};
use crate::workloads::pool::{self, AnyPool, Context, Object};
use crate::workloads::{Outcome, Settings, Table};

/// Every pool, with a request context.
pub(super) fn pools(settings: &Settings) -> Outcome {
    let mut tails = Tails::new(settings);
    pool::visit::<Context>(&mut tails);
    Ok(tails.report(settings))
}

/// Every arena.
pub(super) fn arenas(settings: &Settings) -> Outcome {
    let mut tails = Tails::new(settings);
    arena::visit(&mut tails);
    Ok(tails.report(settings))
}

struct Tails {
    threads: usize,
    subjects: Vec<Tail>,
}

struct Tail {
    name: &'static str,
    kind: Kind,
    team: Team,
    times: Arc<Mutex<Histogram<u64>>>,
}

impl Tails {
    fn new(settings: &Settings) -> Tails {
        let mut tails = Tails { threads: settings.threads, subjects: Vec::new() };
        tails.add("the timer alone", Kind::Baseline, || |_| 0);
        tails
    }

    /// A subject whose operation `make` makes on each thread, for each round.
    fn add<O: FnMut(u64) -> u64>(
        &mut self,
        name: &'static str,
        kind: Kind,
        make: impl Fn() -> O + Send + Sync + 'static,
    ) {
        let times = Arc::new(Mutex::new(histogram()));
        let all = Arc::clone(&times);
        let team = Team::new(self.threads, move |_, operations| {
            let mut mine = histogram();
            let sum = timed_one_by_one(make(), operations, &mut mine);
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.add(&mine).expect("the bounds are the same");
            sum
        });
        self.subjects.push(Tail { name, kind, team, times });
    }

    fn report(self, settings: &Settings) -> Table {
        let operations = settings.by_pace(200, 20_000, 100_000);
        let rounds = settings.by_pace(1, 5, 10);
        for _ in 0..rounds {
            for subject in &self.subjects {
                subject.team.run(operations);
            }
        }
        let mut table =
            Table::new(&["", "p50 ns", "p99 ns", "p99.9 ns", "p99.99 ns", "max µs", "operations"]);
        for subject in &self.subjects {
            let times = subject.times.lock().unwrap_or_else(PoisonError::into_inner);
            let quantile = |q| times.value_at_quantile(q).to_string();
            let marked = if subject.kind == Kind::Ratoon { "* " } else { "  " };
            table.row([
                format!("{marked}{}", subject.name),
                quantile(0.5),
                quantile(0.99),
                quantile(0.999),
                quantile(0.9999),
                format!("{:.1}", times.max() as f64 / 1000.0),
                times.len().to_string(),
            ]);
        }
        table
    }
}

fn timed_one_by_one(
    mut operation: impl FnMut(u64) -> u64,
    operations: u64,
    times: &mut Histogram<u64>,
) -> u64 {
    let mut sum = 0_u64;
    for i in 0..operations {
        let start = Instant::now();
        sum = sum.wrapping_add(operation(std::hint::black_box(i)));
        times.saturating_record(start.elapsed().as_nanos() as u64);
    }
    sum
}

impl pool::Visitor<Context> for Tails {
    fn visit<P: AnyPool<Context>>(&mut self, name: &'static str, kind: Kind, pool: P) {
        let pool: &'static P = Box::leak(Box::new(pool));
        self.add(name, kind, move || move |i| pool.get().work(i));
    }
}

/// Operations between two resets.
const BATCH: u64 = 1024;

impl arena::Visitor for Tails {
    fn visit<A: AnyArena>(&mut self) {
        let texts = Arc::new(Texts::mixed());
        self.add(A::NAME, A::KIND, move || {
            let texts = Arc::clone(&texts);
            let mut arena = A::with_capacity(CAPACITY);
            let mut operation = move |i| {
                let len = arena.alloc_str(texts.at(i)).len() as u64;
                if i % BATCH == BATCH - 1 {
                    arena.reset();
                }
                len
            };
            // The pages of the chunk are touched before anything is timed.
            std::hint::black_box((0..BATCH).map(&mut operation).sum::<u64>());
            operation
        });
    }
}
