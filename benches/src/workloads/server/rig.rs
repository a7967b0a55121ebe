//! A server and its load, each on processors of its own as far as there are enough.

use std::time::Duration;

use super::process::{LoadOrder, LoadProcess, ServerPlan, ServerProcess};
use crate::harness::processors;
use crate::load::{Order, Outcome, Pacing, Target, Until};
use crate::server::Variant;
use crate::workloads::{Failure, Settings};

/// Connections of a load generator.
pub(super) const CONNECTIONS: usize = 16;

/// Which processors serve, and which send.
#[derive(Debug, Clone)]
pub(super) struct Place {
    servers: Vec<usize>,
    clients: Vec<usize>,
}

impl Place {
    /// As many workers as threads were asked for, if there is another processor to send from for each.
    pub(super) fn new(settings: &Settings) -> Place {
        Place::among(&processors::available(), settings.threads)
    }

    fn among(processors: &[usize], threads: usize) -> Place {
        let workers = threads.min(processors.len() / 2);
        let (servers, rest) = processors.split_at(workers);
        let clients = rest.get(..workers).unwrap_or_default();
        Place { servers: servers.into(), clients: clients.into() }
    }

    /// Threads that serve.
    pub(super) fn workers(&self) -> usize {
        self.servers.len().max(1)
    }

    /// What the report says about it.
    pub(super) fn remark(&self) -> String {
        match self.workers() {
            _ if self.servers.is_empty() => {
                "Server and load share the only processor: requests per second say what both cost \
                 together, and latencies little."
                    .into()
            }
            1 => format!(
                "The server has one thread on processor {}, the load generator one on processor {}, \
                 with {CONNECTIONS} connections. What the kernel does for a connection is done on \
                 both.",
                self.servers[0], self.clients[0]
            ),
            workers => format!(
                "The server has {workers} threads on processors of their own, and as many load \
                 generators send from others, with {CONNECTIONS} connections each."
            ),
        }
    }
}

/// A server under load.
#[derive(Debug)]
pub(super) struct Rig {
    pub(super) variant: Variant,
    // Before the server, so that they hang up first.
    load: Vec<LoadProcess>,
    pub(super) server: ServerProcess,
}

impl Rig {
    /// Starts both, and warms the server up for every connection.
    pub(super) fn start(
        variant: Variant,
        depth: usize,
        place: &Place,
        monitor: Option<Duration>,
    ) -> Result<Rig, Failure> {
        let plan = ServerPlan {
            variant,
            workers: place.workers(),
            processors: place.servers.clone(),
            monitor,
        };
        let server = ServerProcess::start(&plan)?;
        let load = (0..place.workers())
            .map(|at| {
                LoadProcess::start(&Target {
                    address: server.address,
                    connections: CONNECTIONS,
                    depth,
                    processor: place.clients.get(at).copied(),
                    busy_wait: !place.clients.is_empty(),
                })
            })
            .collect::<Result<Vec<LoadProcess>, Failure>>()?;
        let mut rig = Rig { variant, load, server };
        rig.saturate(Until::Requests(WARM_UP * CONNECTIONS as u64))?;
        Ok(rig)
    }

    /// As fast as the server can.
    pub(super) fn saturate(&mut self, until: Until) -> Result<Outcome, Failure> {
        run(&mut self.load, Order { pacing: Pacing::Saturate, until, giant_every: 0 })
    }

    /// At a constant rate.
    pub(super) fn at_rate(&mut self, per_second: f64, time: Duration) -> Result<Outcome, Failure> {
        let pacing = Pacing::PerSecond(per_second / self.load.len() as f64);
        run(&mut self.load, Order { pacing, until: Until::Elapsed(time), giant_every: 0 })
    }

    /// Anything.
    pub(super) fn run(&mut self, order: Order) -> Result<Outcome, Failure> {
        run(&mut self.load, order)
    }

    /// Allocator calls of the server while it is saturated.
    pub(super) fn count(
        &mut self,
        until: Until,
    ) -> Result<(Outcome, crate::alloc::Counts), Failure> {
        let Rig { load, server, .. } = self;
        let order = Order { pacing: Pacing::Saturate, until, giant_every: 0 };
        server.counting(|| run(load, order))
    }

    /// Holds so many connections more, which rest after one request.
    pub(super) fn hold(&mut self, connections: usize) -> Result<(), Failure> {
        self.load[0].begin(LoadOrder::Hold(connections))?;
        self.load[0].end().map(drop)
    }
}

/// Requests per connection after which nothing is new to the server: each of its maps and arenas has
/// seen every request many times.
const WARM_UP: u64 = 200;

fn run(load: &mut [LoadProcess], order: Order) -> Result<Outcome, Failure> {
    for process in &mut *load {
        process.begin(LoadOrder::Run(order))?;
    }
    let mut outcomes = load.iter_mut().map(LoadProcess::end);
    let first = outcomes.next().ok_or("nobody sends")??;
    outcomes.try_fold(first, |sum, outcome| Ok(sum.together(outcome?)))
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_processor_for_each_side() {
        let place = Place::among(&[0, 1], 2);
        assert_eq!((place.servers.as_slice(), place.clients.as_slice()), (&[0][..], &[1][..]));
        let place = Place::among(&[2, 3, 5, 7], 2);
        assert_eq!(
            (place.servers.as_slice(), place.clients.as_slice()),
            (&[2, 3][..], &[5, 7][..])
        );
        let place = Place::among(&[4], 2);
        assert!(place.servers.is_empty() && place.clients.is_empty());
        assert_eq!(place.workers(), 1);
    }
}
