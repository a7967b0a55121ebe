//! Which threads have slots: a table of dense indexes, shared by all pools of the process.
//!
//! An index is reused when its thread has ended, so that there are no more slots than there were threads
//! at one time. A thread is named by its [`Ticket`], which is not reused: so a pool can tell the
//! slot of a thread that has ended from that of the thread which has its index now, even if that
//! one never uses the pool.

use crate::sync::{
    MODEL, MutexGuard, arm_exit_guard, set_thread_ticket, static_mutex, thread_ticket,
};

/// How many threads can own slots at one time. Further ones use the depot only.
pub(crate) const MAX_THREADS: usize = match MODEL {
    None => 4096,
    Some(threads) => threads,
};

/// A thread's name in one word: a serial number, the thread's index, and [`LIVE`](Self::LIVE).
///
/// Where `usize` has 32 bits the serial number wraps after 65,536 threads. Then the slot of a thread that has
/// ended may seem to belong to a live one with the same index, and is not drained until that one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket(usize);

impl Ticket {
    /// No thread.
    pub(crate) const NOBODY: Self = Self(0);

    /// This thread has not asked for an index yet.
    pub(crate) const UNREGISTERED: Self = Self(0b11);

    /// This thread gets no index: its exit guard has run, or the table was full when it asked.
    const DEPOT_ONLY: Self = Self(0b10);

    /// Tells the ticket of a thread with an index from those above.
    const LIVE: usize = 0b01;

    /// Sixteen bytes is the size of an entry in a pool's table: masked, the word is an offset.
    const INDEX_SHIFT: u32 = 4;
    const INDEX_BITS: u32 = MAX_THREADS.ilog2();

    const fn new(serial: usize, index: usize) -> Self {
        let serial = serial << (Self::INDEX_BITS + Self::INDEX_SHIFT);
        Self(serial | index << Self::INDEX_SHIFT | Self::LIVE)
    }

    /// Below [`MAX_THREADS`]; says something only if the thread has an index.
    #[inline(always)]
    pub(crate) const fn index(self) -> usize {
        (self.0 >> Self::INDEX_SHIFT) % MAX_THREADS
    }

    #[inline(always)]
    pub(crate) const fn from_word(word: usize) -> Self {
        Self(word)
    }

    #[inline(always)]
    pub(crate) const fn word(self) -> usize {
        self.0
    }
}

const _: () = assert!(MAX_THREADS.is_power_of_two());

const WORD: usize = u64::BITS as usize;

/// The live threads that have an index.
pub(crate) struct ThreadTable {
    /// Invariant: a bit is set while a live thread has that index.
    taken: [u64; MAX_THREADS.div_ceil(WORD)],
    /// Invariant: who has the index; [`Ticket::NOBODY`] if it is free.
    holders: [Ticket; MAX_THREADS],
    serial: usize,
}

impl ThreadTable {
    const EMPTY: Self = Self {
        taken: [0; MAX_THREADS.div_ceil(WORD)],
        holders: [Ticket::NOBODY; MAX_THREADS],
        serial: 0,
    };

    /// Whether the thread has not ended; stays so while the caller holds the table.
    pub(crate) fn is_alive(&self, ticket: Ticket) -> bool {
        ticket != Ticket::NOBODY && self.holders[ticket.index()] == ticket
    }

    /// Takes the lowest free index: that keeps slots few and close together.
    fn claim(&mut self) -> Option<Ticket> {
        let word = self.taken.iter().position(|&bits| bits != u64::MAX)?;
        let bit = self.taken[word].trailing_ones() as usize;
        let index = word * WORD + bit;
        let holder = self.holders.get_mut(index)?;
        self.taken[word] |= 1 << bit;
        self.serial = self.serial.wrapping_add(1);
        *holder = Ticket::new(self.serial, index);
        Some(*holder)
    }

    fn release(&mut self, ticket: Ticket) {
        debug_assert!(self.is_alive(ticket));
        let index = ticket.index();
        self.taken[index / WORD] &= !(1 << (index % WORD));
        self.holders[index] = Ticket::NOBODY;
    }
}

static_mutex! {
    fn table() -> ThreadTable = ThreadTable::EMPTY
}

/// Holds the table: no thread gets or loses an index, and no slot its owner, meanwhile.
pub(crate) fn lock() -> MutexGuard<'static, ThreadTable> {
    table().lock()
}

/// Who the calling thread is.
#[inline(always)]
pub(crate) fn current() -> Ticket {
    thread_ticket()
}

/// Who the calling thread is, with an index claimed if it is the first time that it asks. `None`: it
/// uses depots only.
pub(crate) fn register() -> Option<Ticket> {
    match current() {
        Ticket::UNREGISTERED => {
            // The guard first: an index without one would never come back.
            let ticket = if arm_exit_guard() { lock().claim() } else { None };
            set_thread_ticket(ticket.unwrap_or(Ticket::DEPOT_ONLY));
            ticket
        }
        Ticket::DEPOT_ONLY => None,
        ticket => Some(ticket),
    }
}

/// Gives this thread's index back; from now on it uses depots only.
pub(crate) fn leave() {
    let ticket = current();
    // Before the index is free: nothing that this thread still runs may touch its old slots.
    set_thread_ticket(Ticket::DEPOT_ONLY);
    if ticket != Ticket::UNREGISTERED && ticket != Ticket::DEPOT_ONLY {
        lock().release(ticket);
    }
}
