//! An object that notices when it is shared, dirty, dropped twice or never.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use loom::alloc::Track;
use loom::cell::Cell;
use ratoon_pool::Reset;

/// Nobody holds the probe.
const FRESH: u32 = 0;

/// An object in which the holder writes its name.
///
/// The name lies in a loom cell: an access that does not happen after the one before it fails the
/// model, also where the value read would have been right. An object that is never dropped fails it
/// as a leak.
#[derive(Debug)]
pub(crate) struct Probe {
    holder: Cell<u32>,
    _leak: Track<()>,
    log: Log,
}

impl Probe {
    pub(crate) fn new(log: &Log) -> Self {
        log.0.made.fetch_add(1, Ordering::Relaxed);
        Self { holder: Cell::new(FRESH), _leak: Track::new(()), log: log.clone() }
    }

    /// Takes the probe, which must be fresh: no other holder, and no trace of an earlier one.
    #[track_caller]
    pub(crate) fn claim(&self, holder: u32) {
        assert_eq!(self.holder.get(), FRESH, "an object came out dirty, or to two holders");
        self.holder.set(holder);
    }

    /// The holder is still alone with it.
    #[track_caller]
    pub(crate) fn assert_held(&self, holder: u32) {
        assert_eq!(self.holder.get(), holder, "an object changed under its holder");
    }
}

impl Reset for Probe {
    fn reset(&mut self) {
        self.holder.set(FRESH);
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        // An access like any other: whoever drops must have been handed the object properly.
        self.holder.set(u32::MAX);
        self.log.0.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

/// What happened to the probes of one execution. Not visible to loom, so that counting orders
/// nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    made: AtomicUsize,
    dropped: AtomicUsize,
}

impl Log {
    pub(crate) fn made(&self) -> usize {
        self.0.made.load(Ordering::Relaxed)
    }

    pub(crate) fn dropped(&self) -> usize {
        self.0.dropped.load(Ordering::Relaxed)
    }
}
