//! One order in progress: what is due when, and what came back.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::order::{Order, Outcome, Pacing, Until, histogram};

pub(super) struct Run {
    start: Instant,
    limit: Limit,
    /// From one batch to the next; `None`: as soon as a connection is free.
    interval: Option<Duration>,
    giant_every: u64,
    /// Batches that were sent.
    pub(super) begun: u64,
    /// Batches that were answered.
    pub(super) ended: u64,
    requests: u64,
    latencies: Histogram<u64>,
}

enum Limit {
    Batches(u64),
    Time(Instant),
}

impl Run {
    pub(super) fn new(order: &Order, depth: u64, start: Instant) -> Run {
        let interval = match order.pacing {
            Pacing::Saturate => None,
            Pacing::PerSecond(rate) => {
                Some(Duration::from_secs_f64(depth as f64 / rate.max(f64::MIN_POSITIVE)))
            }
        };
        let limit = match (order.until, interval) {
            (Until::Requests(requests), _) => Limit::Batches(requests.div_ceil(depth)),
            // All that is due in this time is sent, however late: nothing is left out.
            (Until::Elapsed(time), Some(interval)) => {
                Limit::Batches((time.as_secs_f64() / interval.as_secs_f64()) as u64)
            }
            (Until::Elapsed(time), None) => Limit::Time(start + time),
        };
        Run {
            start,
            limit,
            interval,
            giant_every: order.giant_every,
            begun: 0,
            ended: 0,
            requests: 0,
            latencies: histogram(),
        }
    }

    /// Whether no batch is to be sent any more.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        match self.limit {
            Limit::Batches(batches) => self.begun >= batches,
            Limit::Time(end) => now >= end,
        }
    }

    /// When the next batch is due.
    pub(super) fn due(&self, now: Instant) -> Instant {
        self.interval.map_or(now, |interval| self.start + times(interval, self.begun))
    }

    /// The same, where it does not depend on the server.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.interval.map(|interval| self.start + times(interval, self.begun))
    }

    pub(super) fn is_giant(&self, number: u64) -> bool {
        self.giant_every != 0 && number % self.giant_every == self.giant_every - 1
    }

    /// An answer came `at` that time to a request that was `due`.
    pub(super) fn answered(&mut self, due: Instant, at: Instant) {
        self.requests += 1;
        let latency = at.saturating_duration_since(due).as_nanos();
        self.latencies.saturating_record(u64::try_from(latency).unwrap_or(u64::MAX));
    }

    pub(super) fn outcome(self, elapsed: Duration, cpu: Duration) -> Outcome {
        let latencies = self
            .latencies
            .iter_recorded()
            .map(|step| (step.value_iterated_to(), step.count_at_value()))
            .collect();
        Outcome { requests: self.requests, elapsed, cpu, latencies }
    }
}

/// `Duration` multiplies by 32 bits only, and rounding adds up in a sum.
fn times(interval: Duration, count: u64) -> Duration {
    Duration::from_nanos((interval.as_secs_f64() * 1e9 * count as f64) as u64)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Run;
    use crate::load::order::{Order, Pacing, Until};

    fn at_rate(per_second: f64, until: Until) -> Run {
        let order = Order { pacing: Pacing::PerSecond(per_second), until, giant_every: 0 };
        Run::new(&order, 16, Instant::now())
    }

    #[test]
    fn latency_counts_from_when_a_request_was_due() {
        let mut run = at_rate(1600.0, Until::Elapsed(Duration::from_secs(1)));
        let start = run.start;
        // A server that stands still for 50 ms: the fifth batch was due after 40.
        run.begun = 4;
        let due = run.due(start + Duration::from_millis(50));
        assert_eq!(due, start + Duration::from_millis(40));
        run.answered(due, start + Duration::from_millis(51));
        assert_eq!(run.latencies.max() / 1_000_000, 11);
    }

    #[test]
    fn everything_due_is_sent() {
        let mut run = at_rate(1600.0, Until::Elapsed(Duration::from_secs(1)));
        let late = run.start + Duration::from_secs(5);
        run.begun = 99;
        assert!(!run.is_over(late), "the last batch of the second is still owed");
        run.begun = 100;
        assert!(run.is_over(run.start));
    }

    #[test]
    fn requests_are_rounded_up_to_batches() {
        let mut run = at_rate(1.0, Until::Requests(33));
        run.begun = 2;
        assert!(!run.is_over(run.start));
        run.begun = 3;
        assert!(run.is_over(run.start));
    }
}
