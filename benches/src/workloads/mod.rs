//! What is measured, section by section.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::harness::{Pace, Workload};

pub mod arena;
pub mod header_map;
pub mod leak;
pub mod pool;
pub mod request;
pub mod retention;
pub mod server;
mod table;

pub use table::{Bar, Chart, Table};

/// Workloads and experiments about one thing.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// The name that `--section` takes.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What runs in interleaved rounds.
    pub workloads: &'static [Workload],
    /// What does not fit into rounds.
    pub experiments: &'static [Experiment],
}

/// Every section, in the order of the report.
pub const SECTIONS: &[Section] = &[
    pool::SECTION,
    arena::SECTION,
    header_map::SECTION,
    request::SECTION,
    leak::SECTION,
    retention::SECTION,
    server::SECTION,
];

/// A measurement of its own shape: bounds, counts, retained memory, tails, a server.
#[derive(Clone, Copy)]
pub struct Experiment {
    /// Section and name.
    pub key: &'static str,
    /// One line for a table's head.
    pub title: &'static str,
    /// What it does and does not show.
    pub note: &'static str,
    /// About how many times longer it takes than a workload.
    pub weight: u64,
    /// Runs it.
    pub run: fn(&Settings) -> Outcome,
}

/// A table, or why there is none.
pub type Outcome = Result<Table, Failure>;

/// Why a measurement ended early, in one line.
pub type Failure = Box<dyn Error + Send + Sync>;

impl fmt::Debug for Experiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Experiment").field("key", &self.key).finish_non_exhaustive()
    }
}

/// How a run was asked for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Rounds and their length.
    pub pace: Pace,
    /// Threads of the workloads that use several.
    pub threads: usize,
    /// How long the long run is to be, where it was asked for.
    pub soak: Option<Duration>,
    /// Shows what is going on.
    pub progress: ProgressBar,
}

impl Settings {
    /// Settings of a run that nobody watches.
    pub fn new(pace: Pace, threads: usize) -> Settings {
        Settings { pace, threads, soak: None, progress: ProgressBar::hidden() }
    }

    /// One of three values, by pace.
    pub fn by_pace<T>(&self, smoke: T, quick: T, full: T) -> T {
        match self.pace {
            Pace::SMOKE => smoke,
            Pace::QUICK => quick,
            _ => full,
        }
    }
}
