//! What a monitor does beside a load.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Does `work` while another thread calls `monitor` again and again, with a pause of `pause` in between.
pub fn beside_monitor<R>(
    pause: Duration,
    monitor: impl Fn() + Sync,
    work: impl FnOnce() -> R,
) -> R {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                monitor();
                thread::sleep(pause);
            }
        });
        let _stop = Stop(&stop);
        work()
    })
}

/// Ends the monitor, also when the work panics: the scope waits for it.
struct Stop<'s>(&'s AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn monitor_runs_and_ends() {
        let calls = AtomicUsize::new(0);
        let monitor = || _ = calls.fetch_add(1, Ordering::Relaxed);
        let done = beside_monitor(Duration::ZERO, monitor, || {
            while calls.load(Ordering::Relaxed) < 3 {
                thread::yield_now();
            }
            7
        });
        assert_eq!(done, 7);
    }

    #[test]
    fn monitor_ends_when_the_work_panics() {
        let work = || beside_monitor(Duration::ZERO, || (), || panic!("the work"));
        assert!(catch_unwind(AssertUnwindSafe(work)).is_err());
    }
}
