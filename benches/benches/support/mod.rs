//! Criterion on the workloads that `compare` measures: the same subjects, verified before.

use std::time::Duration;

use criterion::Criterion;
use ratoon_benches::harness::threads::on_large_stack;
use ratoon_benches::harness::{self, Workload};
use ratoon_benches::workloads::Section;

/// Threads of the workloads that use several.
const THREADS: usize = 2;

/// Measures all workloads of a section, or those that the command line names.
pub(crate) fn section(section: &Section) {
    on_large_stack(|| {
        // Rounds that are long enough for a median; the honest comparison is `cargo compare`.
        let mut criterion = Criterion::default()
            .sample_size(30)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_millis(900))
            .configure_from_args();
        for workload in section.workloads {
            bench(&mut criterion, workload);
        }
        criterion.final_summary();
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
