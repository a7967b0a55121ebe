//! `cargo compare`: runs the sections, prints tables, writes JSON, HTML, Markdown and the figures of the docs.

mod answer;
mod children;
mod cli;
mod docs;
#[cfg(test)]
mod fake;
mod html;
mod interrupt;
mod machine;
mod markdown;
mod output;
mod report;
mod run;
mod serve;
mod terminal;

pub use cli::main;
pub use docs::stale_blocks;
pub use machine::Machine;
pub use report::{Report, SectionResult, TableResult};
