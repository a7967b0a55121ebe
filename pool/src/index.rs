//! Which threads have slots: a table of dense indexes, shared by all pools of the process.
//!
//! An index is reused when its thread has ended, so that there are no more slots than there were threads
//! at one time. A thread is named by its [`Ticket`], which is not reused: so a pool can tell the
//! slot of a thread that has ended from that of the thread which has its index now, even if that
//! one never uses the pool.

use core::hint;
use core::num::NonZero;

use crate::sync::{
    AtomicUsize, MODEL, Mutex, MutexGuard, Ordering, arm_exit_guard, const_fn, set_thread_ticket,
    static_ref, thread_ticket,
};

/// How many threads can own slots at one time. A thread that asks for an index while there are this many uses depots
/// only, for as long as it lives.
pub(crate) const MAX_THREADS: usize = match MODEL {
    None => 4096,
    Some(threads) => threads,
};

/// Threads whose index is below this find their slots fast.
pub(crate) const NEAR: usize = match MODEL {
    None => 128,
    Some(threads) => threads / 2,
};

/// A thread's name, which no other thread has had, and where to look for its slot.
///
/// Where `usize` has 32 bits the serial number wraps after 524,288 threads. Then the slot of a thread that has
/// ended may seem to belong to a live one with the same index, and is not drained until that one ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticket {
    /// A serial number, the thread's index, and a bit that tells it from the words below.
    word: NonZero<usize>,
    /// Invariant: below [`NEAR`], and the index of a thread that has one below that. It is in the word, too, but
    /// to get it out would take a third more instructions per get and put.
    place: usize,
}

impl Ticket {
    /// This thread has not asked for an index yet.
    pub(crate) const UNREGISTERED: Self = Self::without_index(0b010);

    /// This thread gets no index, for as long as it lives: its exit guard has run, or the table was full when it
    /// asked.
    pub(crate) const DEPOT_ONLY: Self = Self::without_index(0b100);

    const INDEXED: usize = 0b001;
    const INDEX_SHIFT: u32 = 1;
    const INDEX_BITS: u32 = MAX_THREADS.ilog2();

    const fn new(serial: usize, index: usize) -> Self {
        let named = serial << Self::INDEX_BITS | index;
        let word = NonZero::new(named << Self::INDEX_SHIFT | Self::INDEXED);
        Self { word: word.expect("a bit is set"), place: index % NEAR }
    }

    const fn without_index(word: usize) -> Self {
        Self { word: NonZero::new(word).expect("a bit is set"), place: 0 }
    }

    fn has_index(self) -> bool {
        self.word.get() & Self::INDEXED != 0
    }

    /// Below [`MAX_THREADS`]; says something only if the thread has an index.
    pub(crate) fn index(self) -> usize {
        (self.word.get() >> Self::INDEX_SHIFT) % MAX_THREADS
    }

    /// Below [`NEAR`]: the index, if that is.
    #[inline(always)]
    pub(crate) fn place(self) -> usize {
        // SAFETY: the invariant of `place`.
        unsafe { hint::assert_unchecked(self.place < NEAR) };
        self.place
    }
}

impl PartialEq for Ticket {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

/// Where the owner of something is written down: the word of a ticket, or zero, which is none, for nobody.
pub(crate) struct TicketCell(AtomicUsize);

impl TicketCell {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self(AtomicUsize::new(0))
        }
    }

    /// Whether the owner is the calling thread, whose ticket this is.
    #[inline(always)]
    pub(crate) fn is_mine(&self, ticket: Ticket) -> bool {
        // Relaxed: a thread finds its own ticket only where it has stored it itself.
        self.0.load(Ordering::Relaxed) == ticket.word.get()
    }

    pub(crate) fn is_alive(&self, table: &ThreadTable) -> bool {
        // Relaxed: written only while the table is held, as it is now.
        let owner = NonZero::new(self.0.load(Ordering::Relaxed));
        owner.is_some_and(|word| table.is_alive(Ticket { word, place: 0 }))
    }

    /// Makes the calling thread, whose ticket this is, the owner. Whoever holds the table sees either no
    /// change, or also what was done before it.
    pub(crate) fn set(&self, ticket: Ticket, table: &ThreadTable) {
        debug_assert!(table.is_alive(ticket) && !self.is_alive(table));
        self.0.store(ticket.word.get(), Ordering::Relaxed);
    }
}

const _: () = assert!(MAX_THREADS.is_power_of_two() && NEAR <= MAX_THREADS);

const WORD: usize = u64::BITS as usize;

/// The live threads that have an index.
pub(crate) struct ThreadTable {
    /// Invariant: a bit is set while a live thread has that index.
    taken: [u64; MAX_THREADS.div_ceil(WORD)],
    /// Invariant: who has the index; `None` if it is free.
    holders: [Option<Ticket>; MAX_THREADS],
    serial: usize,
}

impl ThreadTable {
    const EMPTY: Self =
        Self { taken: [0; MAX_THREADS.div_ceil(WORD)], holders: [None; MAX_THREADS], serial: 0 };

    /// Whether the thread has not ended; stays so while the caller holds the table.
    pub(crate) fn is_alive(&self, ticket: Ticket) -> bool {
        ticket.has_index() && self.holders[ticket.index()] == Some(ticket)
    }

    /// Takes the lowest free index: that keeps slots few and close together.
    fn claim(&mut self) -> Option<Ticket> {
        let word = self.taken.iter().position(|&bits| bits != u64::MAX)?;
        let bit = self.taken[word].trailing_ones() as usize;
        let index = word * WORD + bit;
        let holder = self.holders.get_mut(index)?;
        self.taken[word] |= 1 << bit;
        self.serial = self.serial.wrapping_add(1);
        *holder = Some(Ticket::new(self.serial, index));
        *holder
    }

    fn release(&mut self, ticket: Ticket) {
        debug_assert!(self.is_alive(ticket));
        let index = ticket.index();
        self.taken[index / WORD] &= !(1 << (index % WORD));
        self.holders[index] = None;
    }
}

static_ref! {
    fn table() -> Mutex<ThreadTable> = Mutex::new(ThreadTable::EMPTY)
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
    let mut ticket = current();
    if ticket == Ticket::UNREGISTERED {
        ticket = claim_if(arm_exit_guard, lock).unwrap_or(Ticket::DEPOT_ONLY);
        set_thread_ticket(ticket);
    }
    ticket.has_index().then_some(ticket)
}

/// An index for a thread whose exit guard can be armed. The guard comes first: an index without one would
/// never be given back.
fn claim_if<'t>(
    arm: impl FnOnce() -> bool,
    lock: impl FnOnce() -> MutexGuard<'t, ThreadTable>,
) -> Option<Ticket> {
    if arm() { lock().claim() } else { None }
}

/// Gives this thread's index back; from now on it uses depots only.
pub(crate) fn leave() {
    let ticket = current();
    // Before the index is free: nothing that this thread still runs may touch its old slots.
    set_thread_ticket(Ticket::DEPOT_ONLY);
    if ticket.has_index() {
        lock().release(ticket);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn indexes_are_dense_and_lowest_first_and_tickets_are_not_used_again() {
        let mut table = Box::new(ThreadTable::EMPTY);
        let mut words = HashSet::new();
        let mut claim = |table: &mut ThreadTable| {
            let ticket = table.claim()?;
            assert!(words.insert(ticket.word), "{ticket:?} was used before");
            assert!(table.is_alive(ticket));
            Some(ticket)
        };
        let tickets: Vec<_> = (0..MAX_THREADS).map(|_| claim(&mut table).unwrap()).collect();
        for (index, ticket) in tickets.iter().enumerate() {
            assert_eq!((ticket.index(), ticket.place()), (index, index % NEAR));
        }
        assert!(table.claim().is_none());

        // Both in one word, one in another, and the last.
        for freed in [[3, 61], [64, 127], [5, 700], [62, MAX_THREADS - 1]] {
            for index in freed {
                table.release(tickets[index]);
                assert!(!table.is_alive(tickets[index]));
            }
            for index in freed {
                assert_eq!(claim(&mut table).unwrap().index(), index);
            }
            assert!(table.claim().is_none());
        }
        assert!(!table.is_alive(tickets[3]) && table.is_alive(tickets[4]));
    }

    #[test]
    fn thread_whose_exit_guard_cannot_be_armed_takes_no_index() {
        let table = Box::new(Mutex::new(ThreadTable::EMPTY));
        assert!(claim_if(|| false, || table.lock()).is_none());
        let first = claim_if(|| true, || table.lock()).expect("every index is free");
        assert_eq!(first.index(), 0, "an index was leaked");
    }

    #[test]
    fn threads_without_an_index_are_not_alive() {
        let mut table = Box::new(ThreadTable::EMPTY);
        let others = [Ticket::UNREGISTERED, Ticket::DEPOT_ONLY];
        assert!(others.iter().all(|&ticket| !table.is_alive(ticket)));
        let first = table.claim().unwrap();
        assert!(others.iter().all(|&ticket| !table.is_alive(ticket) && ticket != first));
        let owner = TicketCell::new();
        assert!(!owner.is_alive(&table) && !owner.is_mine(first));
        assert!(others.iter().all(|&ticket| !owner.is_mine(ticket)), "nobody is no thread");
        owner.set(first, &table);
        assert!(owner.is_alive(&table) && owner.is_mine(first));
    }
}
