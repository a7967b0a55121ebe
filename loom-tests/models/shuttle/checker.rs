//! What the scenarios take from shuttle.

use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
pub(crate) use shuttle::sync::Arc as CheckedArc;
pub(crate) use shuttle::sync::Mutex;
use shuttle::sync::atomic::{AtomicU32, Ordering};
pub(crate) use shuttle::thread::JoinHandle;
use shuttle::{Config, Runner};

/// How many threads stand for one that a scenario names.
pub(crate) const CROWD: usize = 2;

/// How often a thread does what a scenario says.
pub(crate) const ROUNDS: usize = 3;

/// Executions under each scheduler; `RATOON_SHUTTLE_EXECUTIONS` says more.
const EXECUTIONS: usize = 1000;

/// The same schedules each time, so that a failure is one of the code that changed;
/// `SHUTTLE_RANDOM_SEED` gives others.
const SEED: u64 = 0x5eed;

/// Forced switches for which the second scheduler gives its guarantee.
const DEPTH: usize = 4;

/// Starts a thread that gives its index back at its end, as the exit guard of a real one does.
pub(crate) fn spawn<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> JoinHandle<R> {
    shuttle::thread::spawn(|| {
        let result = body();
        ratoon_pool::__model::leave();
        result
    })
}

/// Any thread may be the first to run.
pub(crate) fn started() {}

/// A word of shared memory. Other threads run between any two accesses.
#[derive(Debug)]
pub(crate) struct Word(AtomicU32);

impl Word {
    pub(crate) fn new(value: u32) -> Self {
        Self(AtomicU32::new(value))
    }

    pub(crate) fn get(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }

    pub(crate) fn set(&self, value: u32) {
        self.0.store(value, Ordering::SeqCst);
    }
}

/// Memory is seen by what stands in it, not by this checker, to which all is ordered.
#[derive(Debug)]
pub(crate) struct Memory;

impl Memory {
    pub(crate) fn new() -> Self {
        Self
    }

    pub(crate) fn write(&self, _: usize) {}
}

/// Leaks are seen by counting, not by this checker.
#[derive(Debug)]
pub(crate) struct Leak;

impl Leak {
    pub(crate) fn new() -> Self {
        Self
    }
}

/// Tries executions, under two schedulers, and says how many.
///
/// A panic in an execution ends the process, with the schedule that leads to it.
pub(crate) fn explore(model: fn()) -> u64 {
    if let Some(schedule) = std::env::args().nth(2) {
        shuttle::replay(model, &schedule);
        return 1;
    }
    let executions = executions();
    let at_random = run(RandomScheduler::new_from_seed(SEED, executions), model);
    at_random + run(PctScheduler::new_from_seed(SEED, DEPTH, executions), model)
}

fn run(scheduler: impl Scheduler + 'static, model: fn()) -> u64 {
    let mut config = Config::new();
    // It takes every ordering for the strongest: what orderings do is loom's to explore.
    config.silence_warnings = true;
    Runner::new(scheduler, config).run(model) as u64
}

fn executions() -> usize {
    match std::env::var("RATOON_SHUTTLE_EXECUTIONS") {
        Ok(number) => match number.parse() {
            Ok(number) => number,
            Err(_) => panic!("RATOON_SHUTTLE_EXECUTIONS is a number, not {number:?}"),
        },
        Err(_) => EXECUTIONS,
    }
}
