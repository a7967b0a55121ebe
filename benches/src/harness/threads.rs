//! Several threads on one workload. The threads outlive the rounds: a pool that keeps objects per
//! thread would otherwise be measured refilling itself. Each is pinned to a processor of its own as
//! far as there are enough: a scheduler that runs two of them one after the other for a millisecond
//! would hide all contention.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use super::Measured;
use super::processors::pin_to_nth;
use crate::alloc::Counts;

/// Threads that do the same work together, again and again.
pub struct Team {
    members: Vec<Member>,
}

struct Member {
    // Invariant: `None` only while the team is dropped; hanging up ends the thread.
    orders: Option<Sender<u64>>,
    reports: Receiver<Report>,
    thread: Option<JoinHandle<()>>,
}

struct Report {
    begun: Instant,
    ended: Instant,
    checksum: u64,
    counts: Counts,
}

impl Team {
    /// Starts `threads` threads that call `work(thread, iterations)` for each [`run`](Team::run).
    pub fn new(threads: usize, work: impl Fn(usize, u64) -> u64 + Send + Sync + 'static) -> Team {
        let work = Arc::new(work);
        let arrived = Arc::new(AtomicU64::new(0));
        let members = (0..threads)
            .map(|index| {
                let (orders, inbox) = channel();
                let (outbox, reports) = channel();
                let (work, arrived) = (Arc::clone(&work), Arc::clone(&arrived));
                let thread = thread::spawn(move || {
                    pin_to_nth(index);
                    let mut rounds = 0;
                    for iterations in inbox {
                        rounds += 1;
                        meet(&arrived, rounds * threads as u64);
                        if outbox.send(timed(&*work, index, iterations)).is_err() {
                            return;
                        }
                    }
                });
                Member { orders: Some(orders), reports, thread: Some(thread) }
            })
            .collect();
        Team { members }
    }

    /// One round: every thread does `iterations`. The time is that from the first start to the last
    /// end, checksums and allocator calls are summed; giving the orders is neither timed nor counted.
    ///
    /// # Panics
    /// If the work panicked on one of the threads.
    pub fn run(&self, iterations: u64) -> Measured {
        for member in &self.members {
            let orders = member.orders.as_ref().expect("hung up in drop only");
            orders.send(iterations).expect("the work panicked");
        }
        let reports: Vec<Report> = self
            .members
            .iter()
            .map(|member| member.reports.recv().expect("the work panicked"))
            .collect();
        let begun = reports.iter().map(|report| report.begun).min().expect("at least one thread");
        let ended = reports.iter().map(|report| report.ended).max().expect("at least one thread");
        reports.iter().fold(
            Measured { elapsed: ended - begun, ..Measured::default() },
            |sum, report| Measured {
                elapsed: sum.elapsed,
                checksum: sum.checksum.wrapping_add(report.checksum),
                counts: sum.counts.plus(report.counts),
            },
        )
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        for member in &mut self.members {
            member.orders = None;
        }
        for member in &mut self.members {
            if let Some(thread) = member.thread.take() {
                // A panic of the work has already been reported by `run`.
                let _ = thread.join();
            }
        }
    }
}

impl fmt::Debug for Team {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Team").field("threads", &self.members.len()).finish()
    }
}

/// Does `work` on a thread with a stack for objects of 64 KiB, which unoptimised code moves about.
///
/// # Panics
/// If the thread cannot be started, or `work` panics.
pub fn on_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    const STACK: usize = 64 * 1024 * 1024;
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.expect("one more thread").join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn timed(work: &impl Fn(usize, u64) -> u64, index: usize, iterations: u64) -> Report {
    let before = Counts::of_this_thread();
    let begun = Instant::now();
    let checksum = work(index, iterations);
    Report { begun, ended: Instant::now(), checksum, counts: Counts::of_this_thread() - before }
}

/// Waits for all threads without sleeping: waking a sleeper takes longer than a short round may err.
fn meet(arrived: &AtomicU64, expected: u64) {
    arrived.fetch_add(1, Ordering::AcqRel);
    while arrived.load(Ordering::Acquire) < expected {
        thread::yield_now();
    }
}
