//! Objects that know what happened to them, and threads that do as they are told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use ratoon_pool::Reset;

/// How many probes were made, reset and dropped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    made: AtomicUsize,
    resets: AtomicUsize,
    dropped: AtomicUsize,
}

impl Ledger {
    pub(crate) fn probe(&self) -> Probe {
        let id = self.0.made.fetch_add(1, Ordering::Relaxed);
        Probe { id, value: 0, text: String::new(), reusable: true, ledger: self.clone() }
    }

    pub(crate) fn made(&self) -> usize {
        self.0.made.load(Ordering::Relaxed)
    }

    pub(crate) fn resets(&self) -> usize {
        self.0.resets.load(Ordering::Relaxed)
    }

    pub(crate) fn dropped(&self) -> usize {
        self.0.dropped.load(Ordering::Relaxed)
    }

    pub(crate) fn alive(&self) -> usize {
        self.made() - self.dropped()
    }
}

/// An object that counts in its [`Ledger`].
#[derive(Debug)]
pub(crate) struct Probe {
    pub(crate) id: usize,
    pub(crate) value: u64,
    pub(crate) text: String,
    pub(crate) reusable: bool,
    ledger: Ledger,
}

impl Reset for Probe {
    fn reset(&mut self) {
        self.ledger.0.resets.fetch_add(1, Ordering::Relaxed);
        self.value = 0;
        self.text.clear();
    }

    fn reusable(&self) -> bool {
        self.reusable
    }

    fn retained_bytes(&self) -> usize {
        self.text.capacity()
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.ledger.0.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

/// A thread that runs one closure at a time and waits for the next.
pub(crate) struct Worker {
    jobs: Option<mpsc::Sender<Box<dyn FnOnce() + Send>>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn spawn() -> Self {
        let (jobs, todo) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let thread = thread::spawn(move || todo.into_iter().for_each(|job| job()));
        Self { jobs: Some(jobs), thread: Some(thread) }
    }

    /// Runs `job` in the worker, to its end.
    pub(crate) fn run<R: Send + 'static>(&self, job: impl FnOnce() -> R + Send + 'static) -> R {
        let (done, result) = mpsc::channel();
        let job = Box::new(move || done.send(job()).expect("the caller waits"));
        self.jobs.as_ref().expect("present until drop").send(job).expect("the worker lives");
        result.recv().expect("the job does not panic")
    }
}

impl Drop for Worker {
    /// Joined: thread-local destructors have run afterwards.
    fn drop(&mut self) {
        self.jobs = None;
        let ended = self.thread.take().expect("present until drop").join();
        assert!(thread::panicking() || ended.is_ok());
    }
}
