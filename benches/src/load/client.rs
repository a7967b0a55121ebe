//! Connections on one thread, each with one batch on its way at most.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use mio::{Events, Poll};

use super::connection::Connection;
use super::order::{Order, Outcome, Target};
use super::run::Run;
use super::tape::Tape;

/// A load generator that is connected.
pub struct Client {
    poll: Poll,
    events: Events,
    connections: Vec<Connection>,
    /// Connections without a batch on its way, the one that has waited longest first.
    idle: VecDeque<usize>,
    tape: Tape,
    busy_wait: bool,
    depth: u64,
    /// Batches begun so far, in all orders.
    number: u64,
    buffer: Box<[u8]>,
}

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// If the server does not take a connection.
    ///
    /// # Panics
    /// If the target's depth is 0.
    pub fn connect(target: &Target) -> io::Result<Client> {
        let poll = Poll::new()?;
        let connections = (0..target.connections)
            .map(|at| Connection::open(&poll, target.address, at))
            .collect::<io::Result<Vec<Connection>>>()?;
        Ok(Client {
            poll,
            events: Events::with_capacity(1024),
            idle: (0..connections.len()).collect(),
            connections,
            tape: Tape::new(target.depth),
            busy_wait: target.busy_wait,
            depth: target.depth as u64,
            number: 0,
            buffer: vec![0; 256 * 1024].into(),
        })
    }

    /// Does what it is told, and checks every answer.
    ///
    /// # Errors
    /// If an answer differs from what it must be or does not come in ten seconds, or if a connection
    /// breaks.
    pub fn run(&mut self, order: &Order) -> io::Result<Outcome> {
        let start = Instant::now();
        let mut run = Run::new(order, self.depth, start);
        let cpu = cpu_time();
        let mut last_answer = start;
        loop {
            let now = Instant::now();
            self.begin_what_is_due(&mut run, now)?;
            if run.begun == run.ended && run.is_over(now) {
                break;
            }
            self.wait(&run, now)?;
            if let Some(at) = self.read_answers(&mut run)? {
                last_answer = at;
            } else if now.saturating_duration_since(last_answer) > PATIENCE
                && run.begun != run.ended
            {
                return Err(late(run.begun - run.ended));
            }
        }
        let cpu = cpu_time().saturating_sub(cpu);
        Ok(run.outcome(last_answer - start, cpu))
    }

    fn begin_what_is_due(&mut self, run: &mut Run, now: Instant) -> io::Result<()> {
        while let Some(&at) = self.idle.front() {
            let due = run.due(now);
            if due > now || run.is_over(now) {
                break;
            }
            self.idle.pop_front();
            let giant = run.is_giant(self.number);
            self.connections[at].begin(&self.tape, self.number, giant, due)?;
            self.number += 1;
            run.begun += 1;
        }
        Ok(())
    }

    fn wait(&mut self, run: &Run, now: Instant) -> io::Result<()> {
        let timeout = match run.next_due() {
            Some(_) if self.busy_wait => Duration::ZERO,
            Some(due) if !self.idle.is_empty() => due.saturating_duration_since(now),
            _ => Duration::from_millis(100),
        };
        match self.poll.poll(&mut self.events, Some(timeout)) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                self.events.clear();
                Ok(())
            }
            result => result,
        }
    }

    /// When the last answer came, if one did.
    fn read_answers(&mut self, run: &mut Run) -> io::Result<Option<Instant>> {
        let mut last = None;
        for event in &self.events {
            let at = event.token().0;
            let connection = &mut self.connections[at];
            connection.write(&self.tape)?;
            let progress = connection.read(&self.tape, &mut self.buffer)?;
            for _ in 0..progress.answers {
                run.answered(connection.due(), progress.at);
            }
            if progress.answers != 0 {
                last = Some(progress.at);
            }
            if progress.ended {
                run.ended += 1;
                self.idle.push_back(at);
            }
        }
        Ok(last)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("connections", &self.connections.len())
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}

fn late(batches: u64) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, format!("{batches} batches were not answered in 10 s"))
}

/// Processor time of the calling thread; of the whole process where a thread's is not known.
fn cpu_time() -> Duration {
    #[cfg(target_os = "linux")]
    const WHOSE: libc::c_int = libc::RUSAGE_THREAD;
    #[cfg(not(target_os = "linux"))]
    const WHOSE: libc::c_int = libc::RUSAGE_SELF;
    // SAFETY: all zeroes is a valid value of this plain structure.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a structure of the right type; a failure leaves zeroes.
    unsafe { libc::getrusage(WHOSE, &mut usage) };
    let time = |time: libc::timeval| {
        Duration::new(time.tv_sec.unsigned_abs(), time.tv_usec.unsigned_abs() as u32 * 1000)
    };
    time(usage.ru_utime) + time(usage.ru_stime)
}
