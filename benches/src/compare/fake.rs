//! A report that nobody measured, for tests of how reports are shown.

use super::machine::Machine;
use super::{Report, SectionResult, TableResult};
use crate::harness::{
    Contention, Figure, Kind, Ratio, SubjectResult, Summary, Workload, WorkloadResult,
};
use crate::workloads::{Bar, Chart, Table};

/// A pool that wins under glibc and loses under mimalloc, and a server with charts. Its names try to
/// break out of the page.
pub(super) fn report() -> Report {
    let machine = Machine::new("a <quick> run".into());
    let section = SectionResult {
        name: "pool".into(),
        title: "Pools & <others>".into(),
        workloads: vec![workload("glibc", &[10.0, 11.0, 12.0], &[15.0, 16.5, 24.0])],
        other_mallocs: vec![workload("mimalloc", &[30.0, 30.0, 30.0], &[15.0, 10.0, 15.0])],
        tables: vec![table()],
    };
    Report::new(machine, vec![section])
}

const WORKLOAD: Workload = Workload {
    key: "pool/context_1t",
    title: "a <b>context</b>",
    leaves_out: "\"everything\" else",
    ratios: &[Ratio::VsBestPeer],
    subjects: |_| Vec::new(),
};

fn workload(malloc: &str, ours: &[f64], peer: &[f64]) -> WorkloadResult {
    let subject = |name: &str, kind, rounds: &[f64]| SubjectResult {
        name: name.into(),
        kind,
        ns: Summary::of(rounds),
        rounds_ns: rounds.into(),
        times_ratoon: None,
        allocations_per_op: 0.5,
        bytes_per_op: 100.0,
    };
    let subjects = vec![
        subject("ratoon", Kind::Ratoon, ours),
        subject("<script>peer</script>", Kind::Peer, peer),
        subject("floor", Kind::Baseline, &[0.1, 0.1, 0.1]),
    ];
    let mut result = WorkloadResult::new(&WORKLOAD, malloc, Contention::default(), subjects);
    if malloc != "glibc" {
        result.figures.clear();
    }
    result
}

fn table() -> TableResult {
    let mut table = Table::new(&["server", "requests/s"]);
    table.row(["naive", "1000"]);
    table.row(["<all>", "2000"]);
    table.figure("server/depth16/rps_vs_naive", Figure { value: 2.0, low: 1.9, high: 2.1 });
    table.figure("server/allocs_per_request", Figure::exact(0.0));
    table.figure("something/else", Figure::exact(7.0));
    table.remark("Nobody was <measured>.");
    let bar = |label: &str, kind, value: f64| Bar {
        label: label.into(),
        kind,
        value,
        text: format!("{value}"),
    };
    table.charts.push(Chart::Bars {
        title: "requests".into(),
        bars: vec![bar("naive", Kind::Malloc, 1.0), bar("all", Kind::Ratoon, 100.0)],
    });
    table.charts.push(Chart::Lines {
        y: "MiB".into(),
        x: "seconds".into(),
        logarithmic: true,
        lines: vec![
            ("naive".into(), vec![(0.0, 1.0), (1.0, 2.0)]),
            ("all".into(), vec![(0.0, 1.0), (1.0, 1.0)]),
        ],
    });
    TableResult {
        key: "server/depth16".into(),
        title: "sixteen at a time".into(),
        note: "a note".into(),
        table,
    }
}
