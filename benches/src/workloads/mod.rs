//! What is measured, section by section.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::harness::{Pace, Ratios, Workload};

pub mod arena;
pub mod header_map;
pub mod pool;
pub mod request;

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

/// Every section that is measured in this process.
pub const SECTIONS: &[Section] =
    &[pool::SECTION, arena::SECTION, header_map::SECTION, request::SECTION];

/// A measurement of its own shape: bounds, counts, retained memory, tails.
#[derive(Clone, Copy)]
pub struct Experiment {
    /// Section and name.
    pub key: &'static str,
    /// One line for a table's head.
    pub title: &'static str,
    /// What it does and does not show.
    pub note: &'static str,
    /// Runs it.
    pub run: fn(&Settings) -> Outcome,
}

/// A table, or why there is none.
pub type Outcome = Result<Table, Box<dyn Error + Send + Sync>>;

impl fmt::Debug for Experiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Experiment").field("key", &self.key).finish_non_exhaustive()
    }
}

/// How a run was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Rounds and their length.
    pub pace: Pace,
    /// Threads of the workloads that use several.
    pub threads: usize,
}

/// Rows of figures, and the ratios and counts among them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Table {
    /// What the columns hold; the first names the row.
    pub columns: Vec<String>,
    /// Cells as they are shown.
    pub rows: Vec<Vec<String>>,
    /// Figures that targets are set on, by full key.
    pub ratios: Ratios,
    /// A chart of something over time.
    pub chart: Option<Chart>,
}

/// Lines over time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Chart {
    /// What the vertical axis shows, with its unit.
    pub y: String,
    /// What the horizontal axis shows, with its unit.
    pub x: String,
    /// A name and points for each line.
    pub lines: Vec<(String, Vec<(f64, f64)>)>,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: &[&str]) -> Table {
        Table { columns: columns.iter().map(|&name| name.into()).collect(), ..Table::default() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has more or fewer cells than there are columns.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl ToString>) {
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.to_string()).collect();
        assert_eq!(cells.len(), self.columns.len(), "one cell per column");
        self.rows.push(cells);
    }
}
