//! Running a workload: verify, calibrate, take turns, count.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Kind, Ratios, Subject, Summary, Workload};
use crate::alloc::counting;

/// How long and how often to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Rounds per workload; each subject runs once in each.
    pub rounds: usize,
    /// About how long a subject runs in a round.
    pub round: Duration,
}

impl Pace {
    /// For a first look: about a minute for everything.
    pub const QUICK: Pace = Pace { rounds: 11, round: Duration::from_millis(2) };
    /// For figures to quote.
    pub const FULL: Pace = Pace { rounds: 31, round: Duration::from_millis(8) };
    /// For tests: nothing is measured, everything is executed.
    pub const SMOKE: Pace = Pace { rounds: 2, round: Duration::from_micros(50) };
}

/// What a subject did in all rounds of its workload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SubjectResult {
    /// The subject's name.
    pub name: String,
    /// Its side.
    pub kind: Kind,
    /// Nanoseconds per operation.
    pub ns: Summary,
    /// The same, round by round.
    pub rounds_ns: Vec<f64>,
    /// Allocator calls per operation, from rounds of their own.
    pub allocations_per_op: f64,
    /// Bytes asked of the allocator per operation, from the same rounds.
    pub bytes_per_op: f64,
}

/// A workload with the results of all its subjects.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WorkloadResult {
    /// The workload's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it does not represent.
    pub leaves_out: String,
    /// The malloc under all subjects.
    pub malloc: String,
    /// In the order of the workload.
    pub subjects: Vec<SubjectResult>,
    /// The ratios that the workload reports, by full key.
    pub ratios: Ratios,
}

impl WorkloadResult {
    /// The Ratoon subject that ratios are about.
    pub fn ratoon(&self) -> Option<&SubjectResult> {
        self.subjects.iter().find(|subject| subject.kind == Kind::Ratoon)
    }

    /// The fastest peer of this run.
    pub fn best_peer(&self) -> Option<&SubjectResult> {
        self.fastest(|subject| subject.kind == Kind::Peer)
    }

    /// The fastest of the subjects that `among` accepts.
    pub fn fastest(&self, among: impl Fn(&SubjectResult) -> bool) -> Option<&SubjectResult> {
        self.subjects
            .iter()
            .filter(|subject| among(subject))
            .min_by(|a, b| a.ns.median.total_cmp(&b.ns.median))
    }
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
    /// A peer that the workload promises is not among its subjects.
    MissingPeer {
        /// The workload's key.
        workload: &'static str,
        /// What the missing subject's name begins with.
        peer: &'static str,
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
            Error::MissingPeer { workload, peer } => {
                write!(f, "{workload}: the peer `{peer}` is missing")
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

/// Runs the subjects of `workload` that `who` accepts and calls `tick` after each round.
///
/// # Errors
/// If a peer is missing, or if two subjects, or two rounds of one subject, compute different results.
pub fn run(
    workload: &Workload,
    threads: usize,
    pace: Pace,
    who: impl Fn(Kind) -> bool,
    mut tick: impl FnMut(),
) -> Result<WorkloadResult, Error> {
    let mut subjects = (workload.subjects)(threads);
    require_peers(workload, &subjects)?;
    subjects.retain(|subject| who(subject.kind));
    verify(workload, &mut subjects)?;
    let iterations: Vec<u64> =
        subjects.iter_mut().map(|subject| calibrate(subject, pace.round)).collect();
    let mut expected = vec![None; subjects.len()];
    let mut rounds = vec![Vec::with_capacity(pace.rounds); subjects.len()];
    for _ in 0..pace.rounds {
        for (at, subject) in subjects.iter_mut().enumerate() {
            let measured = subject.run(iterations[at]);
            if *expected[at].get_or_insert(measured.checksum) != measured.checksum {
                return Err(Error::Unsteady { workload: workload.key, subject: subject.name });
            }
            rounds[at].push(measured.elapsed.as_secs_f64() * 1e9 / iterations[at] as f64);
        }
        tick();
    }
    let results = subjects
        .iter_mut()
        .zip(rounds)
        .zip(&iterations)
        .map(|((subject, rounds_ns), &iterations)| summarise(subject, rounds_ns, iterations))
        .collect();
    let mut result = WorkloadResult {
        key: workload.key.into(),
        title: workload.title.into(),
        leaves_out: workload.leaves_out.into(),
        malloc: crate::alloc::Malloc::current().name().into(),
        subjects: results,
        ratios: Ratios::new(),
    };
    for ratio in workload.ratios {
        if let Some(figure) = ratio.of(&result) {
            result.ratios.insert(ratio.key(workload.key), figure);
        }
    }
    Ok(result)
}

fn require_peers(workload: &Workload, subjects: &[Subject]) -> Result<(), Error> {
    for peer in workload.peers {
        if !subjects.iter().any(|s| s.kind == Kind::Peer && s.name.starts_with(peer)) {
            return Err(Error::MissingPeer { workload: workload.key, peer });
        }
    }
    Ok(())
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
        allocations_per_op: counts.allocations as f64 / iterations as f64,
        bytes_per_op: counts.bytes as f64 / iterations as f64,
    }
}

/// Enough to see one allocation in ten thousand operations.
const COUNTED_ITERATIONS: u64 = 20_000;
