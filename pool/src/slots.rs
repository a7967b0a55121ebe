//! The slots of a pool, found by thread without a lock.

use core::hint;
use core::iter;
use core::marker::PhantomData;
use core::ptr;

use crate::batch::Batch;
use crate::index::{self, MAX_THREADS, ThreadTable, Ticket};
use crate::slot::Slot;
use crate::sync::{AtomicPtr, AtomicUsize, MODEL, OnceLock, Ordering, array_of, const_fn};

/// Indexes whose entry is inside the table; the others are further away. A power of two.
const NEAR: usize = if MODEL.is_some() { MAX_THREADS / 2 } else { 64 };

/// One entry per thread index; a slot is made when a thread with that index first uses the pool.
pub(crate) struct Slots<T> {
    near: [Entry<T>; NEAR],
    /// For indexes from `NEAR` on: 63 KiB, made when the first such thread comes.
    far: OnceLock<Box<[Entry<T>]>>,
    owns: PhantomData<Box<Slot<T>>>,
}

struct Entry<T> {
    /// The ticket of the thread that owns the slot (rule 1). Written while the table of threads is held, by
    /// the thread itself.
    owner: AtomicUsize,
    /// Invariant: null, or a leaked box that stays until the table of slots is dropped; not null if there
    /// was ever an owner.
    slot: AtomicPtr<Slot<T>>,
}

impl<T> Slots<T> {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self { near: array_of!(Entry::new(); NEAR), far: OnceLock::new(), owns: PhantomData }
        }
    }

    /// The slot of the calling thread, if it has one and its index is below [`NEAR`].
    #[inline(always)]
    pub(crate) fn find_near(&self, ticket: Ticket) -> Option<&Slot<T>> {
        // One comparison is all it takes: an entry holds no ticket but those with its own index, so
        // a thread with a larger index, or with none, finds another's.
        self.near[ticket.index() % NEAR].owned_by(ticket)
    }

    /// The slot of the calling thread, if it has one.
    pub(crate) fn find(&self, ticket: Ticket) -> Option<&Slot<T>> {
        let index = ticket.index();
        match self.near.get(index) {
            Some(entry) => entry.owned_by(ticket),
            None => self.far.get()?.get(index - NEAR)?.owned_by(ticket),
        }
    }

    /// The slot of the calling thread, which has an index; made or adopted if it has none.
    pub(crate) fn find_or_make(&self, ticket: Ticket, capacity: usize) -> &Slot<T> {
        let entry = match self.near.get(ticket.index()) {
            Some(entry) => entry,
            None => &self.far.get_or_init(Self::make_far)[ticket.index() - NEAR],
        };
        if let Some(slot) = entry.owned_by(ticket) {
            return slot;
        }
        let slot = entry.slot().unwrap_or_else(|| entry.make(capacity));
        entry.adopt(ticket, &index::lock());
        slot
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Slot<T>> {
        self.entries().filter_map(Entry::slot)
    }

    /// Moves objects out of slots whose thread has ended, as many as fit the batch.
    pub(crate) fn drain_dead(&self, batch: &mut Batch<T>) {
        let table = index::lock();
        for entry in self.entries() {
            let Some(slot) = entry.slot() else { continue };
            if slot.len() == 0 || table.is_alive(entry.owner()) {
                continue;
            }
            // SAFETY: rule 3: the table is held and the owner has ended.
            let owner = unsafe { slot.own() };
            batch.fill(iter::from_fn(|| owner.take()));
            if batch.is_full() {
                return;
            }
        }
    }

    /// Every object of every slot.
    pub(crate) fn take_all(&mut self) -> Vec<Box<T>> {
        let mut objects = Vec::new();
        for entry in self.entries_mut() {
            // SAFETY: the invariant of `slot`; `&mut self` is the only access to it.
            if let Some(slot) = unsafe { entry.slot.load(Ordering::Relaxed).as_mut() } {
                objects.append(&mut slot.take_all());
            }
        }
        objects
    }

    fn entries(&self) -> impl Iterator<Item = &Entry<T>> {
        self.near.iter().chain(self.far.get().into_iter().flatten())
    }

    fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry<T>> {
        self.near.iter_mut().chain(self.far.get_mut().into_iter().flatten())
    }

    #[cold]
    fn make_far() -> Box<[Entry<T>]> {
        (NEAR..MAX_THREADS).map(|_| Entry::new()).collect()
    }
}

impl<T> Drop for Slots<T> {
    fn drop(&mut self) {
        let mut slots = Vec::new();
        for entry in self.entries_mut() {
            let slot = entry.slot.load(Ordering::Relaxed);
            if !slot.is_null() {
                // SAFETY: the invariant of `slot`; the entry is gone after this.
                slots.push(unsafe { Box::from_raw(slot) });
            }
        }
        // A vector goes on dropping the others when an object panics.
        drop(slots);
    }
}

impl<T> Entry<T> {
    const_fn! {
        fn new() -> Self {
            Self {
                owner: AtomicUsize::new(Ticket::NOBODY.word()),
                slot: AtomicPtr::new(ptr::null_mut()),
            }
        }
    }

    /// The slot, if it belongs to `ticket`, which is the calling thread's.
    #[inline(always)]
    fn owned_by(&self, ticket: Ticket) -> Option<&Slot<T>> {
        // Relaxed, both: a thread finds its own ticket only where it has stored it itself, after
        // it had the slot.
        if self.owner() != ticket {
            return None;
        }
        let slot = self.slot.load(Ordering::Relaxed);
        // SAFETY: the invariant of `slot`: there is an owner. (Said, it spares a branch.)
        unsafe { hint::assert_unchecked(!slot.is_null()) };
        // SAFETY: the same: so it is valid as long as `self`.
        Some(unsafe { &*slot })
    }

    /// Relaxed: see `owned_by`; other threads read it while they hold the table of threads.
    #[inline(always)]
    fn owner(&self) -> Ticket {
        Ticket::from_word(self.owner.load(Ordering::Relaxed))
    }

    fn slot(&self) -> Option<&Slot<T>> {
        // Acquire pairs with `make`: the slot may be another thread's.
        let slot = self.slot.load(Ordering::Acquire);
        // SAFETY: the invariant of `slot`: null, or valid as long as `self`.
        unsafe { slot.as_ref() }
    }

    /// Makes the slot. Only the thread that has the entry's index does this, so nobody else does.
    #[cold]
    fn make(&self, capacity: usize) -> &Slot<T> {
        let slot = Box::into_raw(Box::new(Slot::new(capacity)));
        self.slot.store(slot, Ordering::Release);
        // SAFETY: the invariant of `slot`, established above.
        unsafe { &*slot }
    }

    /// Makes the calling thread, which has the entry's index, the owner.
    fn adopt(&self, ticket: Ticket, table: &ThreadTable) {
        debug_assert!(table.is_alive(ticket) && !table.is_alive(self.owner()));
        self.owner.store(ticket.word(), Ordering::Relaxed);
    }
}
