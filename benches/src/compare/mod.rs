//! `cargo compare`: runs the sections, prints tables, writes JSON, HTML and Markdown.

mod answer;
mod children;
mod cli;
#[cfg(test)]
mod fake;
mod html;
mod machine;
mod markdown;
mod output;
mod report;
mod run;
mod serve;
mod terminal;

pub use cli::main;
pub use machine::Machine;
pub use report::{Report, SectionResult, TableResult};
