//! Objects that know what happened to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

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
        self.0.made.fetch_add(1, Ordering::Relaxed);
        Probe { value: 0, text: String::new(), ledger: self.clone() }
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
}

/// An object that counts in its [`Ledger`].
#[derive(Debug)]
pub(crate) struct Probe {
    pub(crate) value: u64,
    pub(crate) text: String,
    ledger: Ledger,
}

impl Reset for Probe {
    fn reset(&mut self) {
        self.ledger.0.resets.fetch_add(1, Ordering::Relaxed);
        self.value = 0;
        self.text.clear();
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
