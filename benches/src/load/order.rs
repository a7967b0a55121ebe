//! What a load generator is told, and what it answers. Both go over pipes as lines of JSON.

use std::net::SocketAddr;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// Where to send requests.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The server's address.
    pub address: SocketAddr,
    /// Connections.
    pub connections: usize,
    /// Requests that are sent at once on a connection, before an answer is awaited.
    pub depth: usize,
    /// The processor to run on.
    pub processor: Option<usize>,
    /// Whether to wait busily. A sleeper wakes up late, and is taken for a slow server; but where the
    /// server has no processor of its own, waiting busily takes it away from the server.
    pub busy_wait: bool,
}

/// One stretch of load.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// How fast.
    pub pacing: Pacing,
    /// How long.
    pub until: Until,
    /// Each so-manieth batch is a single giant request; 0 for none.
    pub giant_every: u64,
}

/// How fast to send.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Pacing {
    /// The next batch as soon as the last one was answered, on each connection.
    Saturate,
    /// So many requests per second, whatever the server does.
    PerSecond(f64),
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Until {
    /// After this time.
    Elapsed(Duration),
    /// After at least this many requests.
    Requests(u64),
}

/// What became of an [`Order`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Requests that were answered.
    pub requests: u64,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// Processor time that the load generator itself took meanwhile.
    pub cpu: Duration,
    /// Latencies in nanoseconds, and how often each was seen.
    pub latencies: Vec<(u64, u64)>,
}

impl Outcome {
    /// Requests per second.
    pub fn per_second(&self) -> f64 {
        self.requests as f64 / self.elapsed.as_secs_f64()
    }

    /// Share of a processor that the load generator took.
    pub fn client_busy(&self) -> f64 {
        self.cpu.as_secs_f64() / self.elapsed.as_secs_f64()
    }

    /// Adds the latencies to a histogram of nanoseconds.
    pub fn add_to(&self, histogram: &mut Histogram<u64>) {
        for &(nanoseconds, count) in &self.latencies {
            histogram.saturating_record_n(nanoseconds, count);
        }
    }

    /// What two load generators did at the same time.
    #[must_use]
    pub fn together(mut self, other: Outcome) -> Outcome {
        self.requests += other.requests;
        self.elapsed = self.elapsed.max(other.elapsed);
        self.cpu += other.cpu;
        self.latencies.extend(other.latencies);
        self
    }
}

/// An empty histogram for latencies of a nanosecond to a minute, to three digits.
pub(crate) fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 60_000_000_000, 3).expect("the bounds are in order")
}
