//! Dense thread indexes: one per thread, shared by all pools of the process, reused.

use crate::sync::{
    MODEL, MutexGuard, arm_exit_guard, set_thread_index, static_mutex, thread_index,
};

/// How many threads can own slots at one time. Further ones use the depot only.
pub(crate) const MAX_THREADS: usize = if MODEL { 2 } else { 4096 };

/// This thread has not asked for an index yet.
pub(crate) const UNREGISTERED: usize = usize::MAX;

/// This thread gets no index: its exit guard has run, or the table was full when it asked.
const DEPOT_ONLY: usize = usize::MAX - 1;

const WORD: usize = u64::BITS as usize;

/// Which indexes are taken.
///
/// Invariant: a bit is set while a live thread has that index. Bits change under the lock only, which
/// is what orders the last access of the thread that leaves before the first access of the one that
/// takes over, or of a trimmer (rules 1 and 3).
pub(crate) struct IndexTable {
    taken: [u64; MAX_THREADS.div_ceil(WORD)],
}

impl IndexTable {
    /// Takes the lowest free index: that keeps slots few and close together.
    fn claim(&mut self) -> Option<usize> {
        let word = self.taken.iter().position(|&bits| bits != u64::MAX)?;
        let bit = self.taken[word].trailing_ones() as usize;
        let index = word * WORD + bit;
        (index < MAX_THREADS).then(|| {
            self.taken[word] |= 1 << bit;
            index
        })
    }

    fn release(&mut self, index: usize) {
        debug_assert!(!self.is_free(index));
        self.taken[index / WORD] &= !(1 << (index % WORD));
    }

    /// Whether no live thread has `index`; stays true while the caller holds the table.
    pub(crate) fn is_free(&self, index: usize) -> bool {
        self.taken[index / WORD] & (1 << (index % WORD)) == 0
    }
}

static_mutex! {
    fn table() -> IndexTable = IndexTable { taken: [0; MAX_THREADS.div_ceil(WORD)] }
}

/// Holds the table: no index changes hands meanwhile.
pub(crate) fn lock() -> MutexGuard<'static, IndexTable> {
    table().lock()
}

/// This thread's index, or a number of at least [`MAX_THREADS`] if it has none.
#[inline(always)]
pub(crate) fn current() -> usize {
    thread_index()
}

/// This thread's index, claimed if it is the first time that it asks. `None`: depot only.
#[cold]
pub(crate) fn register() -> Option<usize> {
    match current() {
        UNREGISTERED => {
            // The guard first: an index without one would never come back.
            let index = if arm_exit_guard() { lock().claim() } else { None };
            set_thread_index(index.unwrap_or(DEPOT_ONLY));
            index
        }
        DEPOT_ONLY => None,
        index => Some(index),
    }
}

/// Gives this thread's index back; from now on it uses depots only.
pub(crate) fn leave() {
    let index = current();
    // Before the index is free: nothing that this thread still runs may touch its old slots.
    set_thread_index(DEPOT_ONLY);
    if index < MAX_THREADS {
        lock().release(index);
    }
}
