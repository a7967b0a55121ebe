//! One timed stretch of work on one thread.

use std::time::{Duration, Instant};

use crate::alloc::Counts;

/// What a stretch of work took, what it computed, and what it asked of the allocator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measured {
    /// Wall time of the work.
    pub elapsed: Duration,
    /// What the work computed; equal for all subjects of a workload after equal iterations.
    pub checksum: u64,
    /// Allocator calls of the work; zero unless counting is on.
    pub counts: Counts,
}

/// Times `work`, which returns its checksum, on the calling thread.
#[inline]
pub fn measure(work: impl FnOnce() -> u64) -> Measured {
    let before = Counts::of_this_thread();
    let start = Instant::now();
    let checksum = work();
    let elapsed = start.elapsed();
    Measured { elapsed, checksum, counts: Counts::of_this_thread() - before }
}
