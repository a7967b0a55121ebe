//! What the scenarios take from loom.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use loom::model::Builder;
/// Unlike that of std, its count is visible to the checker.
pub(crate) use loom::sync::Arc as CheckedArc;
pub(crate) use loom::sync::Mutex;
pub(crate) use loom::thread::JoinHandle;

/// How many threads stand for one that a scenario names.
pub(crate) const CROWD: usize = 1;

/// How often a thread does what a scenario says.
pub(crate) const ROUNDS: usize = 1;

/// Starts a thread that gives its index back at its end, as the exit guard of a real one does:
/// loom runs the destructors of thread-locals after `join` only.
pub(crate) fn spawn<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> JoinHandle<R> {
    loom::thread::spawn(|| {
        let result = body();
        ratoon_pool::__model::leave();
        result
    })
}

/// A word of shared memory that is no atomic. An access that does not happen after the one before it
/// fails the model, also where the value read would have been right.
#[derive(Debug)]
pub(crate) struct Word(loom::cell::Cell<u32>);

impl Word {
    pub(crate) fn new(value: u32) -> Self {
        Self(loom::cell::Cell::new(value))
    }

    #[track_caller]
    pub(crate) fn get(&self) -> u32 {
        self.0.get()
    }

    #[track_caller]
    pub(crate) fn set(&self, value: u32) {
        self.0.set(value);
    }
}

/// Stands for memory by its addresses, which loom does not see: memory that comes to a thread without
/// being ordered after its use by another one fails the model.
#[derive(Debug)]
pub(crate) struct Memory(std::sync::Mutex<HashMap<usize, Word>>);

impl Memory {
    pub(crate) fn new() -> Self {
        Self(std::sync::Mutex::default())
    }

    pub(crate) fn write(&self, address: usize) {
        // No other thread of the model runs meanwhile: loom's cells are no points to switch at.
        let mut words = self.0.lock().expect("no thread panicked");
        words.entry(address).or_insert_with(|| Word::new(0)).set(1);
    }
}

/// Fails the model if it is never dropped.
#[derive(Debug)]
pub(crate) struct Leak {
    _track: loom::alloc::Track<()>,
}

impl Leak {
    pub(crate) fn new() -> Self {
        Self { _track: loom::alloc::Track::new(()) }
    }
}

/// Explores every execution within the bounds and says how many there were.
///
/// A panic in an execution ends the process with loom's account of it.
pub(crate) fn explore(model: fn()) -> u64 {
    // loom remembers of the loads of an atomic only the last one. Where a thread loads what another has
    // loaded, and then stores, loom does not see that the first load could have come after the store; it
    // does where the storing thread comes first. So each order is where exploring begins once.
    explore_from(model, false) + explore_from(model, true)
}

fn explore_from(model: fn(), others_first: bool) -> u64 {
    OTHERS_FIRST.store(others_first, Ordering::Relaxed);
    let executions = std::sync::Arc::new(AtomicU64::new(0));
    let mut builder = Builder::new();
    // Every known bug of this kind shows with two forced switches; `LOOM_MAX_PREEMPTIONS` says more.
    builder.preemption_bound = builder.preemption_bound.or(Some(2));
    builder.check({
        let executions = std::sync::Arc::clone(&executions);
        move || {
            executions.fetch_add(1, Ordering::Relaxed);
            model();
        }
    });
    executions.load(Ordering::Relaxed)
}

/// Whether exploring begins where the threads that the main one has started run before it.
static OTHERS_FIRST: AtomicBool = AtomicBool::new(false);

/// To be called by the main thread when it has started others.
pub(crate) fn started() {
    if OTHERS_FIRST.load(Ordering::Relaxed) {
        loom::thread::yield_now();
    }
}
