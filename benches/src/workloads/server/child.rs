//! What the child processes do: serve, or send load, until their parent hangs up.

use std::io::{self, BufRead, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::process::{LoadOrder, ServerOrder, ServerPlan};
use crate::alloc::counting;
use crate::harness::processors::pin_to;
use crate::load::{Client, Outcome, Target, hold};
use crate::server::{Server, raise_file_limit};
use crate::workloads::Failure;

/// Serves on any free port, tells which, and does what it is told.
///
/// # Errors
/// If the server cannot be started, or the parent says what cannot be understood.
pub fn serve(plan: &str) -> Result<(), Failure> {
    let plan: ServerPlan = serde_json::from_str(plan)?;
    raise_file_limit();
    let server = Server::start(plan.variant, 0, plan.workers, &plan.processors)?;
    if let Some(period) = plan.monitor {
        server.monitor(period)?;
    }
    answer(&server.address())?;
    for_each_order(|order| match order {
        ServerOrder::Count => {
            let counts = server.counts();
            counting(true);
            answer(&counts)
        }
        ServerOrder::Counted => {
            counting(false);
            answer(&server.counts())
        }
    })
}

/// Connects, says so, and does what it is told.
///
/// # Errors
/// If an answer of the server is wrong or late, or the parent says what cannot be understood.
pub fn load(target: &str) -> Result<(), Failure> {
    let target: Target = serde_json::from_str(target)?;
    raise_file_limit();
    if let Some(processor) = target.processor {
        pin_to(processor);
    }
    let mut client = Client::connect(&target)?;
    let mut held: Vec<TcpStream> = Vec::new();
    answer(&())?;
    for_each_order(|order| match order {
        LoadOrder::Run(order) => answer(&client.run(&order)?),
        LoadOrder::Hold(connections) => {
            held.extend(hold(target.address, connections)?);
            let (elapsed, cpu) = (Duration::ZERO, Duration::ZERO);
            answer(&Outcome { requests: held.len() as u64, elapsed, cpu, latencies: Vec::new() })
        }
    })
}

fn for_each_order<T: DeserializeOwned>(
    mut obey: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for line in io::stdin().lock().lines() {
        obey(serde_json::from_str(&line?)?)?;
    }
    Ok(())
}

fn answer(answer: &impl Serialize) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", serde_json::to_string(answer)?)?;
    stdout.flush()?;
    Ok(())
}
