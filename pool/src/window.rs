//! What a trim may free: what the depot did not need for a whole window of time.
//!
//! A trim that freed what is idle at that moment would be a trap: a monitor that calls it in a pause makes the
//! next burst allocate everything anew. The depot's lowest fill over a window is the number of objects that the
//! load did not need in it. Only the clock ends a window, so a monitor that calls more often frees nothing
//! earlier.
//!
//! Rejected: a window of work done instead of time. It needs a second rule for pools at rest, and a third for
//! monitors that take a pause between two bursts for rest. A window of calls cannot serve both a monitor that
//! calls every millisecond and one that calls every ten seconds.

use core::time::Duration;

/// The window that is under way; behind the lock of the depot.
#[derive(Debug)]
pub(crate) struct Window {
    /// When it began. `None` before the first trim.
    start: Option<Duration>,
    /// The lowest fill of the depot since then.
    low: usize,
}

impl Window {
    pub(crate) const fn new() -> Self {
        Self { start: None, low: 0 }
    }

    /// The depot now holds this many objects.
    #[inline(always)]
    pub(crate) fn see(&mut self, fill: usize) {
        self.low = self.low.min(fill);
    }

    /// How many of `fill` objects may be freed at the time `now`: the lowest fill if this call ends a window of
    /// this length, otherwise none. The next window begins with those that are left.
    ///
    /// Two threads may come in another order than they read the clock: a time before the start ends no window.
    pub(crate) fn unneeded(&mut self, now: Duration, length: Duration, fill: usize) -> usize {
        if self.start.is_some_and(|start| now.saturating_sub(start) < length) {
            return 0;
        }
        let unneeded = self.low.min(fill);
        self.start = Some(now);
        self.low = fill - unneeded;
        unneeded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: Duration = Duration::from_secs(30);

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn first_trim_begins_a_window_and_the_lowest_fill_is_freed_at_its_end() {
        let mut window = Window::new();
        window.see(100);
        assert_eq!(window.unneeded(at(0), LENGTH, 100), 0);
        window.see(30);
        window.see(90);
        assert_eq!(window.unneeded(at(29_999), LENGTH, 90), 0, "a millisecond before the end");
        assert_eq!(window.unneeded(at(30_000), LENGTH, 90), 30);
        assert_eq!(window.unneeded(at(59_999), LENGTH, 60), 0);
        assert_eq!(window.unneeded(at(60_000), LENGTH, 60), 60, "no object was needed");
    }

    #[test]
    fn number_of_calls_does_not_matter() {
        for millis in [1, 10, 1_000, 10_000] {
            let mut window = Window::new();
            let freed = (0..=60_000 / millis).map(|call| {
                window.see(40);
                window.see(100);
                window.unneeded(at(call * millis), LENGTH, 100)
            });
            assert_eq!(freed.sum::<usize>(), 40 + 40, "every {millis} ms");
        }
    }

    #[test]
    fn older_reading_of_the_clock_ends_no_window() {
        let mut window = Window::new();
        assert_eq!(window.unneeded(at(50_000), LENGTH, 100), 0);
        assert_eq!(window.unneeded(at(0), LENGTH, 100), 0);
        assert_eq!(window.unneeded(at(79_999), LENGTH, 100), 0, "the start did not move");
        assert_eq!(window.unneeded(at(80_000), LENGTH, 100), 100);
    }

    #[test]
    fn window_of_no_length_ends_with_each_call_and_one_without_end_never() {
        let mut window = Window::new();
        assert_eq!(window.unneeded(at(0), Duration::ZERO, 100), 0);
        assert_eq!(window.unneeded(at(0), Duration::ZERO, 100), 100);
        let mut window = Window::new();
        assert_eq!(window.unneeded(at(0), Duration::MAX, 100), 0);
        assert_eq!(window.unneeded(Duration::MAX - at(1), Duration::MAX, 100), 0);
    }
}
