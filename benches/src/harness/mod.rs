//! Interleaved measuring: subjects of one workload take turns, so that a slow minute of the machine
//! hits all of them, and ratios are formed round by round.

mod measure;
mod ratio;
mod rounds;
mod stats;
mod subject;
pub mod threads;

pub use measure::{Measured, measure};
pub use ratio::{Ratio, Ratios};
pub use rounds::{Error, Pace, SubjectResult, WorkloadResult, run};
pub use stats::{Summary, median, paired_ratio};
pub use subject::{Kind, Subject, Workload};
