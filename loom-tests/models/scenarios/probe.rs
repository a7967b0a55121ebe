//! An object that notices when it is shared, dirty, dropped twice or never.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ratoon_pool::Reset;

use crate::checker::{Leak, Word};

/// Nobody holds the probe.
const FRESH: u32 = 0;

/// Nobody can hold it any more.
const DROPPED: u32 = u32::MAX;

/// An object in which the holder writes its name.
///
/// The name lies in a [`Word`], so that an access which meets another one, or is not ordered after
/// it, fails the model.
#[derive(Debug)]
pub(crate) struct Probe {
    holder: Word,
    _leak: Leak,
    log: Log,
}

impl Probe {
    pub(crate) fn new(log: &Log) -> Self {
        log.0.made.fetch_add(1, Ordering::Relaxed);
        Self { holder: Word::new(FRESH), _leak: Leak::new(), log: log.clone() }
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
        // Accesses like any other: whoever drops must have been handed the object properly.
        assert_ne!(self.holder.get(), DROPPED, "an object is dropped twice");
        self.holder.set(DROPPED);
        self.log.0.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

/// What happened to the probes of one execution. Not visible to the checker, so that counting orders
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
