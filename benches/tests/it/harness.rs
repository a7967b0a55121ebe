//! Rounds, verification, ratios.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ratoon_benches::alloc::Counts;
use ratoon_benches::harness::{
    Contention, Error, Figure, Kind, Measured, Pace, Ratio, Subject, SubjectResult, Summary,
    Workload, WorkloadResult, median, paired_ratio, run,
};

const HONEST: Workload = Workload {
    key: "test/honest",
    title: "adding up",
    leaves_out: "everything else",
    ratios: &[
        Ratio::VsBestPeer,
        Ratio::VsMalloc,
        Ratio::Vs("slow", "slow"),
        Ratio::OverNs("over_floor_ns", "floor"),
        Ratio::Allocations("test/allocs"),
    ],
    subjects: |_| {
        vec![
            Subject::new("ratoon", Kind::Ratoon, |i| i),
            Subject::new("peer", Kind::Peer, |i| i),
            Subject::new("slow peer", Kind::Peer, |i| i),
            Subject::new("floor", Kind::Baseline, |i| i),
            Subject::new("malloc", Kind::Malloc, |i| *std::hint::black_box(Box::new(i))),
        ]
    },
};

/// One after the other: whether allocator calls are counted is one switch for the whole process.
static TURN: Mutex<()> = Mutex::new(());

fn smoke(workload: &Workload) -> Result<WorkloadResult, Error> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    run(workload, 1, Pace::SMOKE, |_| true)
}

#[test]
fn everybody_takes_part() {
    let result = smoke(&HONEST).expect("all agree");
    let names: Vec<&str> = result.subjects.iter().map(|subject| subject.name.as_str()).collect();
    assert_eq!(names, ["ratoon", "peer", "slow peer", "floor", "malloc"]);
    assert!(result.subjects.iter().all(|subject| subject.rounds_ns.len() == Pace::SMOKE.rounds));
    let keys: Vec<&str> = result.figures.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "test/allocs",
            "test/honest/over_floor_ns",
            "test/honest/vs_best_peer",
            "test/honest/vs_malloc",
            "test/honest/vs_slow",
        ]
    );
}

#[test]
fn allocations_of_each_subject_alone() {
    let result = smoke(&HONEST).expect("all agree");
    let allocations = |name: &str| {
        let subject = result.subjects.iter().find(|subject| subject.name == name);
        subject.map(|subject| (subject.allocations_per_op, subject.bytes_per_op))
    };
    assert_eq!(allocations("ratoon"), Some((0.0, 0.0)));
    assert_eq!(allocations("malloc"), Some((1.0, 8.0)));
}

#[test]
fn wrong_result() {
    let workload = Workload {
        subjects: |_| {
            vec![
                Subject::new("ratoon", Kind::Ratoon, |i| i),
                Subject::new("peer", Kind::Peer, |i| if i == 63 { 0 } else { i }),
            ]
        },
        ..HONEST
    };
    let error = smoke(&workload).expect_err("one result is wrong");
    let expected = Error::Disagrees { workload: "test/honest", subject: "peer", with: "ratoon" };
    assert_eq!(error, expected);
    assert_eq!(error.to_string(), "test/honest: `peer` computed another result than `ratoon`");
}

#[test]
fn wrong_result_after_long_use() {
    let workload = Workload {
        subjects: |_| {
            // What is wrong only after many operations, and then always: as a pool that hands out what
            // it forgot to reset.
            let used = Cell::new(0_u64);
            let wears_out = move |i| {
                used.set(used.get() + 1);
                i + u64::from(used.get() > 100)
            };
            vec![
                Subject::new("ratoon", Kind::Ratoon, |i| i),
                Subject::new("peer", Kind::Peer, wears_out),
            ]
        },
        ..HONEST
    };
    let error = smoke(&workload).expect_err("it wears out");
    let subject = match error {
        Error::Disagrees { subject, .. } | Error::Unsteady { subject, .. } => subject,
        other => panic!("{other}"),
    };
    assert_eq!(subject, "peer");
}

#[test]
fn rounds_that_differ() {
    let workload = Workload {
        subjects: |_| {
            let round = Cell::new(0);
            let moody = move |iterations| {
                round.set(round.get() + 1);
                // The verification asks for 64.
                let checksum = if iterations == 64 { 7 } else { round.get() };
                Measured { elapsed: Duration::from_micros(200), checksum, counts: Counts::NONE }
            };
            vec![
                Subject::timed("ratoon", Kind::Ratoon, moody),
                Subject::timed("peer", Kind::Peer, |_| Measured {
                    elapsed: Duration::from_micros(200),
                    checksum: 7,
                    counts: Counts::NONE,
                }),
            ]
        },
        ..HONEST
    };
    assert!(matches!(smoke(&workload), Err(Error::Unsteady { subject: "ratoon", .. })));
}

fn subject(name: &str, kind: Kind, rounds_ns: &[f64]) -> SubjectResult {
    SubjectResult {
        name: name.into(),
        kind,
        ns: Summary::of(rounds_ns),
        rounds_ns: rounds_ns.into(),
        times_ratoon: None,
        allocations_per_op: 0.0,
        bytes_per_op: 0.0,
    }
}

fn sitting(ratoon: &[f64], peer: &[f64], slow: &[f64], floor: &[f64]) -> WorkloadResult {
    let subjects = vec![
        subject("ratoon", Kind::Ratoon, ratoon),
        subject("peer", Kind::Peer, peer),
        subject("slow peer", Kind::Peer, slow),
        subject("floor", Kind::Baseline, floor),
    ];
    WorkloadResult::new(&HONEST, "glibc", Contention::default(), subjects)
}

#[test]
fn ratios_pair_by_pair() {
    // The machine is three times slower in the second round: the ratio does not see it, a ratio of
    // medians or means would.
    let result = sitting(&[10.0, 30.0, 10.0], &[20.0, 60.0, 50.0], &[99.0; 3], &[8.0, 25.0, 9.0]);
    assert_eq!(result.figures["test/honest/vs_best_peer"].value, 2.0);
    assert_eq!(result.figures["test/honest/over_floor_ns"].value, 2.0);
    assert_eq!(result.figures.get("test/honest/vs_malloc"), None, "nobody allocated naively");
}

#[test]
fn sittings_put_together() {
    let mut result = sitting(&[10.0; 3], &[20.0; 3], &[40.0; 3], &[5.0; 3]);
    result.add(&HONEST, sitting(&[10.0; 3], &[30.0; 3], &[21.0; 3], &[5.0; 3]));
    result.add(&HONEST, sitting(&[10.0; 3], &[26.0; 3], &[40.0; 3], &[5.0; 3]));
    assert_eq!(result.sittings, 3);
    assert_eq!(result.subjects[0].rounds_ns.len(), 9);
    let figure = Figure { value: 2.6, low: 2.0, high: 3.0 };
    assert_eq!(result.figures["test/honest/vs_best_peer"], figure);
    assert_eq!(result.figures["test/honest/vs_slow"].low, 2.1);
}

#[test]
fn best_peer_is_the_fastest_of_this_run() {
    let result = sitting(&[10.0; 3], &[20.0; 3], &[15.0; 3], &[5.0; 3]);
    assert_eq!(result.best_peer().map(|peer| peer.name.as_str()), Some("slow peer"));
    assert_eq!(result.figures["test/honest/vs_best_peer"], Figure::exact(1.5));
}

#[test]
fn medians_and_quartiles() {
    assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
    assert_eq!(paired_ratio(&[2.0, 30.0, 9.0], &[1.0, 10.0, 3.0]), 3.0);
    let summary = Summary::of(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!((summary.min, summary.q1, summary.median), (1.0, 2.0, 3.0));
    assert_eq!((summary.q3, summary.max), (4.0, 5.0));
    assert!((summary.spread_percent() - 100.0 / 3.0).abs() < 1e-9);
}
