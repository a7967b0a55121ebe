//! The load generator against servers that behave, and others.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use ratoon_benches::load::{Client, Order, Outcome, Pacing, Target, Until, hold};
use ratoon_benches::server::{Server, Variant};
use ratoon_benches::workloads::request::{AllNaive, Serve, Served, Unserved};

fn target(address: SocketAddr, connections: usize, depth: usize) -> Target {
    Target { address, connections, depth, processor: None, busy_wait: false }
}

fn client(address: SocketAddr, connections: usize, depth: usize) -> Client {
    Client::connect(&target(address, connections, depth)).expect("it listens")
}

fn saturate(requests: u64) -> Order {
    Order { pacing: Pacing::Saturate, until: Until::Requests(requests), giant_every: 0 }
}

fn counted(outcome: &Outcome) -> u64 {
    outcome.latencies.iter().map(|&(_, count)| count).sum()
}

#[test]
fn every_request_is_answered_and_counted() {
    let server = Server::start(Variant::All, 0, 1, &[]).expect("a free port");
    for (connections, depth, requests, expected) in
        [(1, 1, 10, 10), (4, 1, 103, 103), (3, 16, 100, 112)]
    {
        let mut client = client(server.address(), connections, depth);
        // Connections are used again.
        for _ in 0..2 {
            let outcome = client.run(&saturate(requests)).expect("all answers are right");
            assert_eq!(outcome.requests, expected);
            assert_eq!(counted(&outcome), expected);
            assert!(outcome.per_second() > 0.0);
        }
    }
}

#[test]
fn giants_in_between() {
    let server = Server::start(Variant::All, 0, 1, &[]).expect("a free port");
    let mut client = client(server.address(), 2, 4);
    let order = Order { giant_every: 5, ..saturate(40) };
    let outcome = client.run(&order).expect("all answers are right");
    // Ten batches, two of which are a single giant.
    assert_eq!(outcome.requests, 8 * 4 + 2);
}

#[test]
fn all_that_is_due_at_a_rate() {
    let server = Server::start(Variant::Naive, 0, 1, &[]).expect("a free port");
    let mut client = client(server.address(), 4, 2);
    let outcome = client
        .run(&Order {
            pacing: Pacing::PerSecond(400.0),
            until: Until::Elapsed(Duration::from_millis(250)),
            giant_every: 0,
        })
        .expect("all answers are right");
    assert_eq!(outcome.requests, 100);
    assert!(outcome.elapsed >= Duration::from_millis(240), "{:?}", outcome.elapsed);
}

/// Stands still for 300 ms at the tenth request.
#[derive(Debug, Default)]
struct Stalling {
    handler: AllNaive,
    requests: u64,
}

impl Serve for Stalling {
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved> {
        self.requests += 1;
        if self.requests == 10 {
            thread::sleep(Duration::from_millis(300));
        }
        self.handler.serve(input, out)
    }

    fn monitor() {}
}

#[test]
fn a_stall_hits_all_that_was_due_meanwhile() {
    let server = Server::of::<Stalling>(0, 1, &[]).expect("a free port");
    let mut client = client(server.address(), 1, 1);
    let outcome = client
        .run(&Order {
            pacing: Pacing::PerSecond(100.0),
            until: Until::Elapsed(Duration::from_millis(600)),
            giant_every: 0,
        })
        .expect("all answers are right");
    // Thirty were due in the 300 ms, twenty of them at least 100 ms before the end. Counted from when
    // they were sent, only one would have been late.
    let late = outcome.latencies.iter().filter(|&&(nanoseconds, _)| nanoseconds >= 100_000_000);
    let late: u64 = late.map(|&(_, count)| count).sum();
    assert!(late >= 19, "{late} of {}", outcome.requests);
    assert_eq!(outcome.requests, 60);
}

/// Spoils one byte of the hundredth answer.
#[derive(Debug, Default)]
struct Lying(AllNaive);

static ANSWERS: AtomicU64 = AtomicU64::new(0);

impl Serve for Lying {
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<Served, Unserved> {
        let served = self.0.serve(input, out)?;
        if ANSWERS.fetch_add(1, Ordering::Relaxed) == 99 {
            *out.last_mut().expect("an answer") ^= 1;
        }
        Ok(served)
    }

    fn monitor() {}
}

#[test]
fn wrong_answer() {
    let server = Server::of::<Lying>(0, 1, &[]).expect("a free port");
    let mut client = client(server.address(), 2, 4);
    let error = client.run(&saturate(1_000)).expect_err("one answer is wrong");
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("had to come"), "{error}");
}

#[test]
fn server_that_hangs_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    let server = thread::spawn(move || drop(listener.accept()));
    let mut client = client(address, 1, 1);
    assert!(client.run(&saturate(1)).is_err());
    server.join().expect("no panic");
}

#[test]
fn no_server() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    drop(listener);
    assert!(Client::connect(&target(address, 1, 1)).is_err());
    assert!(hold(address, 1).is_err());
}

#[test]
fn connections_held() {
    let server = Server::start(Variant::PerConnection, 0, 1, &[]).expect("a free port");
    let held = hold(server.address(), 20).expect("all answers are right");
    assert_eq!(held.len(), 20);
    // They are open, and others are served beside them.
    assert!(client(server.address(), 1, 1).run(&saturate(5)).is_ok());
    assert!(held.iter().all(|stream| stream.peer_addr().is_ok()));
}
