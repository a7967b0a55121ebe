//! What an experiment found.

use serde::{Deserialize, Serialize};

use crate::harness::{Contention, Figure, Figures};

/// Rows of figures, and the ratios and counts among them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Table {
    /// What the columns hold; the first names the row.
    pub columns: Vec<String>,
    /// Cells as they are shown.
    pub rows: Vec<Vec<String>>,
    /// What this run adds to the experiment's note.
    pub remarks: Vec<String>,
    /// Figures that targets are set on, by full key.
    pub figures: Figures,
    /// How long its threads and processes waited for a processor.
    #[serde(default)]
    pub contention: Contention,
    /// Charts.
    pub charts: Vec<Chart>,
}

/// A picture of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Chart {
    /// Lines over time.
    Lines {
        /// What the vertical axis shows, with its unit.
        y: String,
        /// What the horizontal axis shows, with its unit.
        x: String,
        /// Whether the vertical axis is logarithmic and begins at the least value instead of zero.
        logarithmic: bool,
        /// A name and points for each line.
        lines: Vec<(String, Vec<(f64, f64)>)>,
    },
    /// Horizontal bars.
    Bars {
        /// What their length shows.
        title: String,
        /// From top to bottom.
        bars: Vec<Bar>,
    },
}

/// A bar of a chart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// The side it is on, which gives it its colour.
    pub kind: crate::harness::Kind,
    /// Its length.
    pub value: f64,
    /// What is written behind it.
    pub text: String,
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

    /// Adds a figure that a target is set on.
    pub fn figure(&mut self, key: &str, figure: Figure) {
        self.figures.insert(key.into(), figure);
    }

    /// Adds a sentence that is true of this run only.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }
}
