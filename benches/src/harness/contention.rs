//! How long threads that measure had to wait for a processor: what tells a busy machine from a quiet one.
//!
//! Work of others on a processor that no measuring thread wants does no harm, so the load of the whole
//! machine says little. The kernel counts for each thread how long it was ready and did not run.

use std::fs;
use std::ops::{AddAssign, Sub};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// What threads ran and waited, in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contention {
    /// Nanoseconds on a processor.
    pub run_ns: u64,
    /// Nanoseconds in which threads were ready to run and another thread had the processor.
    pub wait_ns: u64,
    /// Times that a thread was taken off its processor before it gave it up.
    pub involuntary_switches: u64,
}

/// Share of the time wanted from which figures are not judged.
///
/// A wait lasts as long as a time slice of the scheduler, about as long as a round. With a tenth of the time
/// lost, one or two rounds of ten are hit, and one or two pairs of five: the median of all pairs then still lies
/// in the middle half of those that were not hit. With more it need not.
const DISTURBED: f64 = 0.1;

/// Of children that have ended.
static CHILDREN: Mutex<Contention> =
    Mutex::new(Contention { run_ns: 0, wait_ns: 0, involuntary_switches: 0 });

/// A wait of a few time slices in all is what any system does.
const SLICES_NS: u64 = 10_000_000;

impl Contention {
    /// Of the threads that this process has now, since each of them began. Nothing where the system does
    /// not tell.
    pub fn of_this_process() -> Contention {
        Contention::of_tasks(Path::new("/proc/self/task"))
    }

    /// Remembers those of a child process that is about to end.
    pub fn note_child(id: u32) {
        let child = Contention::of_tasks(Path::new(&format!("/proc/{id}/task")));
        *CHILDREN.lock().unwrap_or_else(PoisonError::into_inner) += child;
    }

    /// The same with the children that were noted.
    pub fn with_noted_children() -> Contention {
        let mut sum = Contention::of_this_process();
        sum += *CHILDREN.lock().unwrap_or_else(PoisonError::into_inner);
        sum
    }

    fn of_tasks(tasks: &Path) -> Contention {
        let mut sum = Contention::default();
        for task in fs::read_dir(tasks).into_iter().flatten().flatten() {
            let read = |name| fs::read_to_string(task.path().join(name)).unwrap_or_default();
            sum += Contention::parse(&read("schedstat"), &read("status")).unwrap_or_default();
        }
        sum
    }

    /// From `schedstat` (nanoseconds run and waited, time slices) and `status` of a thread.
    fn parse(schedstat: &str, status: &str) -> Option<Contention> {
        let mut numbers = schedstat.split_whitespace().map_while(|number| number.parse().ok());
        let (run_ns, wait_ns) = (numbers.next()?, numbers.next()?);
        let switches =
            status.lines().find_map(|line| line.strip_prefix("nonvoluntary_ctxt_switches:"));
        let involuntary_switches =
            switches.and_then(|count| count.trim().parse().ok()).unwrap_or_default();
        Some(Contention { run_ns, wait_ns, involuntary_switches })
    }

    /// Share of the time that threads wanted and did not get, from 0 to 1.
    pub fn waited(&self) -> f64 {
        self.wait_ns as f64 / (self.run_ns + self.wait_ns).max(1) as f64
    }

    /// Whether so much was lost that a comparison says nothing.
    pub fn is_disturbing(&self) -> bool {
        self.wait_ns > SLICES_NS && share_is_disturbing(self.waited())
    }
}

/// Whether losing this share of processor time, to other programs or to the host, voids a comparison.
pub fn share_is_disturbing(share: f64) -> bool {
    share > DISTURBED
}

impl AddAssign for Contention {
    fn add_assign(&mut self, other: Contention) {
        self.run_ns += other.run_ns;
        self.wait_ns += other.wait_ns;
        self.involuntary_switches += other.involuntary_switches;
    }
}

impl Sub for Contention {
    type Output = Contention;

    /// What came in between. Threads that have ended meanwhile make no negative times.
    fn sub(self, earlier: Contention) -> Contention {
        Contention {
            run_ns: self.run_ns.saturating_sub(earlier.run_ns),
            wait_ns: self.wait_ns.saturating_sub(earlier.wait_ns),
            involuntary_switches: self
                .involuntary_switches
                .saturating_sub(earlier.involuntary_switches),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Contention;

    #[test]
    fn lines_of_the_kernel() {
        let status = "Name:\tx\nvoluntary_ctxt_switches:\t9\nnonvoluntary_ctxt_switches:\t7\n";
        let contention = Contention::parse("900 100 3\n", status).expect("two numbers");
        assert_eq!(contention, Contention { run_ns: 900, wait_ns: 100, involuntary_switches: 7 });
        assert_eq!(Contention::parse("", status), None);
        assert_eq!(Contention::parse("900", status), None);
    }

    #[test]
    fn shares_of_the_time_wanted() {
        let waited = |run_ns, wait_ns| Contention { run_ns, wait_ns, involuntary_switches: 0 };
        assert_eq!(waited(0, 0).waited(), 0.0, "nothing ran");
        assert_eq!(waited(300, 100).waited(), 0.25);
        let ms = 1_000_000;
        assert!(!waited(900 * ms, 100 * ms).is_disturbing(), "a tenth is borne");
        assert!(waited(899 * ms, 101 * ms).is_disturbing());
        assert!(!waited(10 * ms, 10 * ms).is_disturbing(), "a few time slices are borne");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn two_threads_on_one_processor_wait() {
        use std::thread;
        use std::time::{Duration, Instant};

        let spin = || {
            crate::harness::processors::pin_to_nth(0);
            let (before, start) = (Contention::of_this_process(), Instant::now());
            while start.elapsed() < Duration::from_millis(100) {}
            Contention::of_this_process() - before
        };
        let both = thread::scope(|scope| {
            let threads = [scope.spawn(spin), scope.spawn(spin)];
            threads.map(|thread| thread.join().expect("it spins"))
        });
        assert!(both.iter().any(Contention::is_disturbing), "{both:?}");
    }
}
