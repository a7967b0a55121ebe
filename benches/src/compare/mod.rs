//! `cargo compare`: runs the sections, prints tables, writes JSON and HTML.

mod cli;
mod html;
mod machine;
mod report;
mod run;
mod svg;
mod targets;
mod terminal;

pub use cli::main;
pub use report::{Report, SectionResult, TableResult};
