//! The slots of a pool, found by thread without a lock.

use core::hint;
use core::iter;
use core::marker::PhantomData;

use crate::batch::Batch;
use crate::drop_each::drop_each;
use crate::index::{self, MAX_THREADS, NEAR, Ticket};
use crate::slot::{Head, Slot};
use crate::sync::{AtomicPtr, OnceLock, Ordering, array_of, const_fn, static_ref};

/// One entry per thread index; a slot is made when a thread with that index first uses the pool.
pub(crate) struct Slots<T> {
    near: [Entry<T>; NEAR],
    /// For indexes from [`NEAR`] on: 31 KiB, made when the first such thread comes.
    far: OnceLock<Box<[Entry<T>]>>,
}

struct Entry<T> {
    /// Invariant: [`nobodys`], or a leaked box that stays as long as the entry.
    slot: AtomicPtr<Slot<T>>,
    owns: PhantomData<Box<Slot<T>>>,
}

static_ref! {
    /// What an entry without a slot points to: the beginning of a slot that nobody owns. So a thread that
    /// looks for its slot needs no branch for the case that there is none.
    fn nobodys() -> Head = Head::new()
}

impl<T> Slots<T> {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self { near: array_of!(Entry::new(); NEAR), far: OnceLock::new() }
        }
    }

    /// The slot of the calling thread, if it has one and its index is below [`NEAR`].
    #[inline(always)]
    pub(crate) fn find_near(&self, ticket: Ticket) -> Option<&Slot<T>> {
        // One comparison is all it takes: a slot has no owners but those with its own index, so a
        // thread with a larger index, or with none, finds another's.
        self.near[ticket.place()].owned_by(ticket)
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
        slot.owner().set(ticket, &index::lock());
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
            if slot.len() == 0 || slot.owner().is_alive(&table) {
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
            if let Some(slot) = entry.slot_mut() {
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
        drop_each(self.entries_mut().filter_map(Entry::take));
    }
}

impl<T> Entry<T> {
    const_fn! {
        fn new() -> Self {
            Self { slot: AtomicPtr::new(Self::none()), owns: PhantomData }
        }
    }

    const_fn! {
        fn none() -> *mut Slot<T> {
            (&raw const *nobodys()).cast_mut().cast()
        }
    }

    /// The slot, if it belongs to `ticket`, which is the calling thread's.
    #[inline(always)]
    fn owned_by(&self, ticket: Ticket) -> Option<&Slot<T>> {
        let slot = self.load();
        // SAFETY: the invariant of `slot`. (Said, it spares a branch.)
        unsafe { hint::assert_unchecked(!slot.is_null()) };
        // SAFETY: the invariant of `slot`: at least the beginning of one.
        let head = unsafe { &*slot.cast::<Head>() };
        if !head.owner().is_mine(ticket) {
            return None;
        }
        // SAFETY: the invariant of `slot`: it has an owner, so it is one, and valid as long as `self`.
        Some(unsafe { &*slot })
    }

    fn slot(&self) -> Option<&Slot<T>> {
        let slot = self.load();
        // SAFETY: the invariant of `slot`: valid as long as `self`.
        (slot != Self::none()).then(|| unsafe { &*slot })
    }

    #[inline(always)]
    fn load(&self) -> *mut Slot<T> {
        // Acquire pairs with `make`: another thread may have made the slot just now.
        self.slot.load(Ordering::Acquire)
    }

    fn slot_mut(&mut self) -> Option<&mut Slot<T>> {
        let slot = self.slot.load(Ordering::Relaxed);
        // SAFETY: the invariant of `slot`; `&mut self` is the only access to it.
        (slot != Self::none()).then(|| unsafe { &mut *slot })
    }

    fn take(&mut self) -> Option<Box<Slot<T>>> {
        let slot: *mut Slot<T> = self.slot_mut()?;
        self.slot.store(Self::none(), Ordering::Relaxed);
        // SAFETY: the invariant of `slot`; the entry has given it up.
        Some(unsafe { Box::from_raw(slot) })
    }

    /// Makes the slot. Only the thread that has the entry's index does this, so nobody else does.
    #[cold]
    fn make(&self, capacity: usize) -> &Slot<T> {
        let slot = Box::into_raw(Box::new(Slot::new(capacity)));
        self.slot.store(slot, Ordering::Release);
        // SAFETY: the invariant of `slot`, established above.
        unsafe { &*slot }
    }
}

#[cfg(test)]
mod tests {
    use core::ptr;

    use super::*;

    #[test]
    fn slot_of_a_thread_is_found_once_it_is_made() {
        let slots = Slots::<u64>::new();
        let ticket = index::register().expect("the table has room");
        assert!(slots.find_near(ticket).is_none() && slots.find(ticket).is_none());
        let slot = slots.find_or_make(ticket, 4);
        assert!(ptr::eq(slots.find_or_make(ticket, 4), slot));
        assert!(slots.find(ticket).is_some_and(|found| ptr::eq(found, slot)));
        // Many threads may be testing at once.
        if ticket.index() < NEAR {
            assert!(slots.find_near(ticket).is_some_and(|found| ptr::eq(found, slot)));
        }
        assert_eq!(slots.iter().count(), 1);
        for other in [Ticket::UNREGISTERED, Ticket::DEPOT_ONLY] {
            assert!(slots.find_near(other).is_none() && slots.find(other).is_none());
        }
    }
}
