//! How criterion measures here.

use std::time::Duration;

use criterion::Criterion;
use ratoon_benches::harness::threads::on_large_stack;

/// Does `work` with criterion as the command line configures it. Rounds are long enough for a median; the honest
/// comparison is `cargo compare`.
pub(crate) fn with_criterion(work: impl FnOnce(&mut Criterion) + Send) {
    on_large_stack(|| {
        let mut criterion = Criterion::default()
            .sample_size(30)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_millis(900))
            .configure_from_args();
        work(&mut criterion);
        criterion.final_summary();
    });
}
