//! Running a workload: verify, calibrate, take turns, count.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::processors::available;
use super::{Contention, Kind, Subject, SubjectResult, Summary, Workload, WorkloadResult};
use crate::alloc::{Malloc, counting};

/// How long and how often to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Processes that measure a workload one after the other. Where code and data come to lie is
    /// drawn anew for each, and can be worth a third: rounds of one process do not show that.
    pub sittings: usize,
    /// Rounds of a workload per sitting; each subject runs once in each.
    pub rounds: usize,
    /// About how long a subject runs in a round.
    pub round: Duration,
}

impl Pace {
    /// For a first look: about a minute for everything.
    pub const QUICK: Pace = Pace { sittings: 3, rounds: 5, round: Duration::from_millis(2) };
    /// For figures to quote.
    pub const FULL: Pace = Pace { sittings: 5, rounds: 9, round: Duration::from_millis(5) };
    /// For tests: nothing is measured, everything is executed.
    pub const SMOKE: Pace = Pace { sittings: 1, rounds: 2, round: Duration::from_micros(50) };
}

/// Why a workload has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A subject computed something else than the first one.
    Disagrees {
        /// The workload's key.
        workload: &'static str,
        /// The subject that disagrees.
        subject: &'static str,
        /// What it disagrees with.
        with: &'static str,
    },
    /// A subject computed two different things in two rounds.
    Unsteady {
        /// The workload's key.
        workload: &'static str,
        /// The subject.
        subject: &'static str,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Disagrees { workload, subject, with } => {
                write!(f, "{workload}: `{subject}` computed another result than `{with}`")
            }
            Error::Unsteady { workload, subject } => {
                write!(f, "{workload}: `{subject}` computed different results in two rounds")
            }
        }
    }
}

impl std::error::Error for Error {}

/// Operations of the pass in which subjects are compared with one another.
const VERIFY_ITERATIONS: u64 = 64;

/// One sitting: runs the subjects of `workload` that `who` accepts.
///
/// # Errors
/// If two subjects, or two rounds of one subject, compute different results.
pub fn run(
    workload: &Workload,
    threads: usize,
    pace: Pace,
    who: impl Fn(Kind) -> bool,
) -> Result<WorkloadResult, Error> {
    let mut subjects = verified(workload, threads, who)?;
    let iterations: Vec<u64> =
        subjects.iter_mut().map(|subject| calibrate(subject, pace.round)).collect();
    let mut expected = vec![None; subjects.len()];
    let mut rounds = vec![Vec::with_capacity(pace.rounds); subjects.len()];
    let before = Contention::of_this_process();
    for round in 0..pace.rounds {
        // Each has each place in turn: what the one before leaves in caches favours nobody.
        for turn in 0..subjects.len() {
            let at = (round + turn) % subjects.len();
            let measured = subjects[at].run(iterations[at]);
            if *expected[at].get_or_insert(measured.checksum) != measured.checksum {
                let subject = subjects[at].name;
                return Err(Error::Unsteady { workload: workload.key, subject });
            }
            rounds[at].push(measured.elapsed.as_secs_f64() * 1e9 / iterations[at] as f64);
        }
    }
    let contention = contention_since(before, threads);
    // Once more: by now everything has been reused many times.
    verify(workload, &mut subjects)?;
    let subjects = subjects
        .iter_mut()
        .zip(rounds)
        .zip(&iterations)
        .map(|((subject, rounds_ns), &iterations)| summarise(subject, rounds_ns, iterations))
        .collect();
    Ok(WorkloadResult::new(workload, Malloc::current().name(), contention, subjects))
}

/// What the rounds waited for others. Where a user asked for more threads than there are processors, they
/// wait for one another, which is what was asked for.
fn contention_since(before: Contention, threads: usize) -> Contention {
    match available().len() {
        processors if threads > processors => Contention::default(),
        _ => Contention::of_this_process() - before,
    }
}

/// The subjects of `workload` that `who` accepts, after they were seen to compute the same.
///
/// # Errors
/// If two subjects compute different results.
pub fn verified(
    workload: &Workload,
    threads: usize,
    who: impl Fn(Kind) -> bool,
) -> Result<Vec<Subject>, Error> {
    let mut subjects = (workload.subjects)(threads);
    subjects.retain(|subject| who(subject.kind));
    verify(workload, &mut subjects)?;
    Ok(subjects)
}

fn verify(workload: &Workload, subjects: &mut [Subject]) -> Result<(), Error> {
    let mut reference = None;
    for subject in subjects {
        let checksum = subject.run(VERIFY_ITERATIONS).checksum;
        let (with, expected) = *reference.get_or_insert((subject.name, checksum));
        if checksum != expected {
            return Err(Error::Disagrees { workload: workload.key, subject: subject.name, with });
        }
    }
    Ok(())
}

/// Iterations that take about `round`; the growing runs that find them are the warm-up.
fn calibrate(subject: &mut Subject, round: Duration) -> u64 {
    let mut iterations = VERIFY_ITERATIONS;
    loop {
        let elapsed = subject.run(iterations).elapsed.max(Duration::from_nanos(1));
        let factor = round.as_secs_f64() / elapsed.as_secs_f64();
        if factor < 2.0 {
            return ((iterations as f64 * factor) as u64).max(1);
        }
        iterations = (iterations as f64 * factor.min(16.0)) as u64;
    }
}

fn summarise(subject: &mut Subject, rounds_ns: Vec<f64>, iterations: u64) -> SubjectResult {
    let iterations = iterations.clamp(1, COUNTED_ITERATIONS);
    // What is bought once (a first block, a queue's buffer) belongs to the warm-up.
    subject.run(iterations);
    counting(true);
    let counts = subject.run(iterations).counts;
    counting(false);
    SubjectResult {
        name: subject.name.into(),
        kind: subject.kind,
        ns: Summary::of(&rounds_ns),
        rounds_ns,
        times_ratoon: None,
        allocations_per_op: counts.allocations as f64 / iterations as f64,
        bytes_per_op: counts.bytes as f64 / iterations as f64,
    }
}

/// Enough to see one allocation in ten thousand operations.
const COUNTED_ITERATIONS: u64 = 20_000;
