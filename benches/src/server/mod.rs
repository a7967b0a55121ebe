//! The HTTP/1.1 server of the experiment: tokio, httparse, keep-alive and pipelining, on loopback.
//!
//! Each worker is a thread with a runtime of its own; a thread that accepts hands connections to them
//! in turn. That is tokio as actix-web runs it. Tasks do not move between threads, so a worker's
//! allocator calls are all those of its requests, and can be counted without anything shared.

mod axum;
mod connection;
mod limits;
mod mailbox;
mod variant;
mod worker;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

pub use connection::refusal;
pub use limits::raise_file_limit;
pub use variant::Variant;

use crate::alloc::Counts;
use crate::harness::processors::pin_to;
use crate::workloads::request::{
    All, AllNaive, PerConnection, Serve, WithArena, WithHeaderMap, WithPool,
};
use mailbox::Mailbox;
use worker::Worker;

/// A server that runs until the process ends.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    workers: Vec<Worker>,
    monitor: fn(),
}

impl Server {
    /// Serves as `variant` on `port` of the loopback interface (0: on any that is free) with `workers`
    /// threads. Each is put on one of `processors`, in turn, unless there are none.
    ///
    /// # Errors
    /// If the port is not to be had, or a thread cannot be started.
    ///
    /// # Panics
    /// If `workers` is 0.
    pub fn start(
        variant: Variant,
        port: u16,
        workers: usize,
        processors: &[usize],
    ) -> io::Result<Server> {
        let (naive, reused) = (axum::serve_naive, axum::serve_reused);
        match variant {
            Variant::Naive => Server::of::<AllNaive>(port, workers, processors),
            Variant::Pool => Server::of::<WithPool>(port, workers, processors),
            Variant::Arena => Server::of::<WithArena>(port, workers, processors),
            Variant::HeaderMap => Server::of::<WithHeaderMap>(port, workers, processors),
            Variant::All => Server::of::<All>(port, workers, processors),
            Variant::PerConnection => Server::of::<PerConnection>(port, workers, processors),
            Variant::AxumNaive => Server::with(port, workers, processors, axum::monitor, naive),
            Variant::AxumReused => Server::with(port, workers, processors, axum::monitor, reused),
        }
    }

    /// Serves with `S` on each connection; see [`start`](Server::start).
    ///
    /// # Errors
    /// As `start`.
    ///
    /// # Panics
    /// As `start`.
    pub fn of<S: Serve>(port: u16, workers: usize, processors: &[usize]) -> io::Result<Server> {
        Server::with(port, workers, processors, S::monitor, connection::serve_all::<S>)
    }

    fn with<F: Future>(
        port: u16,
        workers: usize,
        processors: &[usize],
        monitor: fn(),
        serve: impl Fn(Mailbox) -> F + Copy + Send + 'static,
    ) -> io::Result<Server> {
        assert!(workers > 0, "somebody has to work");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let nth = |index: usize| processors.get(index % processors.len().max(1)).copied();
        let workers = (0..workers)
            .map(|index| Worker::start(nth(index), serve))
            .collect::<io::Result<Vec<Worker>>>()?;
        let mailboxes: Vec<_> = workers.iter().map(Worker::mailbox).collect();
        let processor = nth(0);
        thread::Builder::new().name("accept".into()).spawn(move || {
            if let Some(processor) = processor {
                pin_to(processor);
            }
            accept(&listener, &mailboxes);
        })?;
        Ok(Server { address, workers, monitor })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Allocator calls of all workers while counting was on.
    pub fn counts(&self) -> Counts {
        self.workers.iter().map(Worker::counts).fold(Counts::NONE, Counts::plus)
    }

    /// Starts a monitor that trims what the variant pools, and reads its statistics, once per
    /// `period`, until the process ends.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn monitor(&self, period: Duration) -> io::Result<()> {
        let monitor = self.monitor;
        thread::Builder::new().name("monitor".into()).spawn(move || {
            loop {
                monitor();
                thread::sleep(period);
            }
        })?;
        Ok(())
    }
}

/// Hands connections to the workers in turn, until these are gone.
fn accept(listener: &TcpListener, workers: &[mailbox::Sender]) {
    let mut next = 0;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                if workers[next].connection(stream).is_err() {
                    return;
                }
                next = (next + 1) % workers.len();
            }
            // The client is gone already, or no file descriptor is free: the next may be luckier.
            Err(_) => thread::sleep(Duration::from_millis(10)),
        }
    }
}
