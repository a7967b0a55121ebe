//! Several threads on one workload: started together, timed from the first start to the last end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use super::Measured;
use crate::alloc::Counts;

/// Runs `work(thread)` on `threads` threads at once; checksums are summed, the elapsed time is that
/// of the slowest. Starting the threads is neither timed nor counted.
pub fn run(threads: usize, work: impl Fn(usize) -> u64 + Sync) -> Measured {
    let arrived = AtomicUsize::new(0);
    let parts: Vec<(Instant, Instant, u64, Counts)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (arrived, work) = (&arrived, &work);
                scope.spawn(move || {
                    meet(arrived, threads);
                    let before = Counts::of_this_thread();
                    let begun = Instant::now();
                    let checksum = work(thread);
                    (begun, Instant::now(), checksum, Counts::of_this_thread() - before)
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("the work panicked")).collect()
    });
    let begun = parts.iter().map(|part| part.0).min().expect("at least one thread");
    let ended = parts.iter().map(|part| part.1).max().expect("at least one thread");
    parts.iter().fold(
        Measured { elapsed: ended - begun, ..Measured::default() },
        |sum, (_, _, checksum, counts)| Measured {
            elapsed: sum.elapsed,
            checksum: sum.checksum.wrapping_add(*checksum),
            counts: sum.counts.plus(*counts),
        },
    )
}

/// Waits for all threads without sleeping: waking a sleeper takes longer than a short round may err.
fn meet(arrived: &AtomicUsize, threads: usize) {
    arrived.fetch_add(1, Ordering::AcqRel);
    while arrived.load(Ordering::Acquire) < threads {
        thread::yield_now();
    }
}
