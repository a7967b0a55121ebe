//! Slots that are leased to a [`Local`](crate::Local) instead of belonging to a thread index.

use core::iter;
use core::marker::PhantomData;
use core::ptr;

use crate::drop_each::drop_each;
use crate::slot::Slot;
use crate::sync::{AtomicBool, AtomicPtr, Ordering, const_fn};

/// A list that only grows: as long as the most `Local`s that were alive at one time.
pub(crate) struct Leases<T> {
    /// Invariant: null, or a leaked box that stays until the list is dropped; the same for `next`.
    head: AtomicPtr<Lease<T>>,
    owns: PhantomData<Box<Lease<T>>>,
}

/// A slot, and whether somebody has it.
pub(crate) struct Lease<T> {
    slot: Slot<T>,
    /// Whoever turns this from `false` to `true` owns the slot (rule 1) until he turns it back.
    taken: AtomicBool,
    /// Written before the lease is published, then read only.
    next: AtomicPtr<Lease<T>>,
}

impl<T> Leases<T> {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self { head: AtomicPtr::new(ptr::null_mut()), owns: PhantomData }
        }
    }

    /// A slot that nobody has, made if there is none. To be given back with [`Lease::release`].
    pub(crate) fn lease(&self, capacity: usize) -> &Lease<T> {
        match self.iter().find(|lease| lease.try_take()) {
            Some(lease) => lease,
            None => self.add(capacity),
        }
    }

    pub(crate) fn slots(&self) -> impl Iterator<Item = &Slot<T>> {
        self.iter().map(|lease| &lease.slot)
    }

    /// Every object of every slot. No `Local` is alive, so those that were forgotten are free again.
    pub(crate) fn take_all(&mut self) -> Vec<Box<T>> {
        let mut objects = Vec::new();
        let mut next = self.head.load(Ordering::Relaxed);
        // SAFETY: the invariant of `head`; `&mut self` is the only access to the list.
        while let Some(lease) = unsafe { next.as_mut() } {
            objects.append(&mut lease.slot.take_all());
            lease.taken.store(false, Ordering::Relaxed);
            next = lease.next.load(Ordering::Relaxed);
        }
        objects
    }

    fn iter(&self) -> impl Iterator<Item = &Lease<T>> {
        // Acquire pairs with `add`: the lease was written before it was published.
        let mut next = self.head.load(Ordering::Acquire);
        iter::from_fn(move || {
            // SAFETY: the invariant of `head`.
            let lease = unsafe { next.as_ref() }?;
            next = lease.next.load(Ordering::Relaxed);
            Some(lease)
        })
    }

    #[cold]
    fn add(&self, capacity: usize) -> &Lease<T> {
        let lease = Box::into_raw(Box::new(Lease {
            slot: Slot::new(capacity),
            taken: AtomicBool::new(true),
            next: AtomicPtr::new(ptr::null_mut()),
        }));
        // SAFETY: the invariant of `head`: from here on it stays.
        let added = unsafe { &*lease };
        // Relaxed: nothing is done here with the lease that `head` points to. Whoever finds this one
        // sees that one as well, because a read-modify-write continues the release of the store before it.
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            added.next.store(head, Ordering::Relaxed);
            // Release publishes the lease.
            match self.head.compare_exchange(head, lease, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return added,
                Err(other) => head = other,
            }
        }
    }
}

impl<T> Drop for Leases<T> {
    fn drop(&mut self) {
        let mut next = self.head.load(Ordering::Relaxed);
        drop_each(iter::from_fn(|| {
            // SAFETY: the invariant of `head`; the list is gone after this.
            let lease = unsafe { (!next.is_null()).then(|| Box::from_raw(next)) }?;
            next = lease.next.load(Ordering::Relaxed);
            Some(lease)
        }));
    }
}

impl<T> Lease<T> {
    pub(crate) fn slot(&self) -> &Slot<T> {
        &self.slot
    }

    /// Gives the slot back. What is still in it is the next one's.
    pub(crate) fn release(&self) {
        // Release: the next one to take it sees all that was done to the slot.
        self.taken.store(false, Ordering::Release);
    }

    fn try_take(&self) -> bool {
        // Acquire pairs with `release`. The load spares a write to a line that somebody works on.
        !self.taken.load(Ordering::Relaxed)
            && self
                .taken
                .compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed)
                .is_ok()
    }
}
