//! Criterion on the workloads that `compare` measures: the same subjects, verified before.

mod settings;

use criterion::Criterion;
use ratoon_benches::harness::{self, Workload};
use ratoon_benches::workloads::Section;

/// Threads of the workloads that use several.
const THREADS: usize = 2;

/// Measures all workloads of a section, or those that the command line names.
pub(crate) fn section(section: &Section) {
    settings::with_criterion(|criterion| {
        for workload in section.workloads {
            bench(criterion, workload);
        }
    });
}

fn bench(criterion: &mut Criterion, workload: &Workload) {
    let subjects = match harness::verified(workload, THREADS, |_| true) {
        Ok(subjects) => subjects,
        Err(error) => panic!("{error}"),
    };
    let mut group = criterion.benchmark_group(workload.key);
    for mut subject in subjects {
        group.bench_function(subject.name, |bencher| {
            bencher.iter_custom(|iterations| subject.run(iterations).elapsed);
        });
    }
    group.finish();
}
