//! Interleaved measuring: subjects of one workload take turns, so that a slow minute of the machine
//! hits all of them, and ratios are formed round by round.

mod contention;
mod measure;
pub mod monitor;
pub mod processors;
mod ratio;
mod result;
mod rounds;
mod stats;
mod subject;
pub mod threads;

pub use contention::{Contention, share_is_disturbing};
pub use measure::{Measured, measure};
pub use ratio::{Figure, Figures, Ratio, Ratios};
pub use result::{SubjectResult, WorkloadResult};
pub use rounds::{Error, Pace, run, verified};
pub use stats::{Summary, median, paired_ratio};
pub use subject::{Kind, Subject, Workload};
