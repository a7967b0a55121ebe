//! Runs the models of everything that two threads can touch, each in a process of its own.
//!
//! A model needs another build of the published crates, with model types in place of atomics and
//! locks (`--cfg ratoon_loom` and feature `loom`, or the same with `shuttle`). [`Build`] makes it in a
//! target folder of its own, [`run`] runs it, [`mutations`] proves that the models bite. `cargo test`
//! and `cargo loom` both come here.
#![forbid(unsafe_code)]

mod build;
mod checker;
mod list;
pub mod mutations;
mod process;
mod run;

pub use build::Build;
pub use checker::Checker;
pub use list::{PROGRAMS, SCENARIOS};
pub use run::{Report, run, say};
