//! Server and load generator as child processes of this binary, and what they are told over pipes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::alloc::Counts;
use crate::harness::Contention;
use crate::load::{Order, Outcome, Target};
use crate::server::Variant;
use crate::workloads::Failure;

/// What a server is started with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ServerPlan {
    /// Which one.
    pub(super) variant: Variant,
    /// Threads that serve.
    pub(super) workers: usize,
    /// Where they run; empty: anywhere.
    pub(super) processors: Vec<usize>,
    /// How often a monitor trims, if there is one.
    pub(super) monitor: Option<Duration>,
}

/// What a server is told while it runs.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum ServerOrder {
    /// Count allocator calls from now on.
    Count,
    /// Stop that, and tell how many there were.
    Counted,
}

/// What a load generator is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum LoadOrder {
    /// Send requests.
    Run(Order),
    /// Open so many connections, use each once, and keep them.
    Hold(usize),
}

/// A process that answers each line with a line.
#[derive(Debug)]
struct Dialogue {
    role: &'static str,
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Dialogue {
    fn start(role: &'static str, plan: &impl Serialize) -> Result<Dialogue, Failure> {
        let mut child = Command::new(env::current_exe()?)
            .args(["child", role, &serde_json::to_string(plan)?])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let orders = child.stdin.take().ok_or("a pipe is missing")?;
        let answers = BufReader::new(child.stdout.take().ok_or("a pipe is missing")?);
        Ok(Dialogue { role, child, orders, answers })
    }

    fn tell(&mut self, order: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(order)? + "\n";
        match self.orders.write_all(line.as_bytes()) {
            Ok(()) => Ok(()),
            Err(_) => Err(self.last_words()),
        }
    }

    fn answer<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(read) if read > 0 => Ok(serde_json::from_str(&line)?),
            _ => Err(self.last_words()),
        }
    }

    /// Why the process ended.
    fn last_words(&mut self) -> Failure {
        let mut words = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            // What cannot be read cannot be told.
            let _ = stderr.read_to_string(&mut words);
        }
        let words = words.trim().trim_start_matches("error: ");
        match words {
            "" => format!("the {} process ended without a word", self.role).into(),
            words => words.into(),
        }
    }
}

impl Drop for Dialogue {
    fn drop(&mut self) {
        Contention::note_child(self.child.id());
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server in a process of its own.
#[derive(Debug)]
pub(super) struct ServerProcess {
    dialogue: Dialogue,
    pub(super) address: SocketAddr,
}

impl ServerProcess {
    pub(super) fn start(plan: &ServerPlan) -> Result<ServerProcess, Failure> {
        let mut dialogue = Dialogue::start("serve", plan)?;
        let address = dialogue.answer()?;
        Ok(ServerProcess { dialogue, address })
    }

    /// Counts the allocator calls of all workers while `work` is done.
    pub(super) fn counting<R>(
        &mut self,
        work: impl FnOnce() -> Result<R, Failure>,
    ) -> Result<(R, Counts), Failure> {
        self.dialogue.tell(&ServerOrder::Count)?;
        let before: Counts = self.dialogue.answer()?;
        let result = work()?;
        self.dialogue.tell(&ServerOrder::Counted)?;
        let after: Counts = self.dialogue.answer()?;
        Ok((result, after - before))
    }

    /// Resident memory in bytes.
    pub(super) fn resident_bytes(&self) -> Result<u64, Failure> {
        let statm = fs::read_to_string(format!("/proc/{}/statm", self.dialogue.child.id()))
            .map_err(|error| no_proc(&error))?;
        let pages = statm.split_whitespace().nth(1).ok_or("statm is cut")?;
        Ok(pages.parse::<u64>()? * page_size())
    }

    /// Processor time of all its threads so far.
    pub(super) fn cpu(&self) -> Result<Duration, Failure> {
        let mut nanoseconds = 0;
        let tasks = fs::read_dir(format!("/proc/{}/task", self.dialogue.child.id()));
        for task in tasks.map_err(|error| no_proc(&error))? {
            let schedstat = fs::read_to_string(task?.path().join("schedstat"))?;
            let on_processor = schedstat.split_whitespace().next().ok_or("schedstat is empty")?;
            nanoseconds += on_processor.parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }
}

fn no_proc(error: &io::Error) -> Failure {
    format!("memory and processor time of a server are read from Linux's /proc: {error}").into()
}

fn page_size() -> u64 {
    // SAFETY: no pointers, no preconditions.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(size).unwrap_or(4096)
}

/// A load generator in a process of its own.
#[derive(Debug)]
pub(super) struct LoadProcess(Dialogue);

impl LoadProcess {
    pub(super) fn start(target: &Target) -> Result<LoadProcess, Failure> {
        let mut dialogue = Dialogue::start("load", target)?;
        let () = dialogue.answer()?;
        Ok(LoadProcess(dialogue))
    }

    pub(super) fn begin(&mut self, order: LoadOrder) -> Result<(), Failure> {
        self.0.tell(&order)
    }

    pub(super) fn end(&mut self) -> Result<Outcome, Failure> {
        self.0.answer()
    }
}
