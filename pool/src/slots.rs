//! The slots of a pool, found by thread index without a lock.

use core::iter;
use core::marker::PhantomData;
use core::ptr;
use std::sync::OnceLock;

use crate::batch::Batch;
use crate::index::{self, MAX_THREADS};
use crate::slot::Slot;
use crate::sync::{AtomicPtr, MODEL, Ordering, const_fn};

/// Indexes whose entry is inside the table; the others are one load further away.
const NEAR: usize = if MODEL { MAX_THREADS } else { 64 };

/// One entry per thread index; a slot is made when a thread first uses the pool.
pub(crate) struct Slots<T> {
    /// Invariant: null, or a leaked box that stays until the table is dropped. Only the thread that
    /// has the index makes its slot.
    near: [AtomicPtr<Slot<T>>; NEAR],
    /// The same for indexes from `NEAR` on: 32 KiB, made when the first such thread comes.
    far: OnceLock<Box<[AtomicPtr<Slot<T>>]>>,
    owns: PhantomData<Box<Slot<T>>>,
}

impl<T> Slots<T> {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self {
                near: [const { AtomicPtr::new(ptr::null_mut()) }; NEAR],
                far: OnceLock::new(),
                owns: PhantomData,
            }
        }
    }

    /// The slot of a thread index below [`NEAR`], if it has been made. Any number may be asked for.
    #[inline(always)]
    pub(crate) fn find_near(&self, index: usize) -> Option<&Slot<T>> {
        self.load(self.near.get(index)?)
    }

    /// The slot of a thread index, if it has been made. Any number may be asked for.
    pub(crate) fn find(&self, index: usize) -> Option<&Slot<T>> {
        match self.near.get(index) {
            Some(entry) => self.load(entry),
            None => self.load(self.far.get()?.get(index - NEAR)?),
        }
    }

    /// The slot of the calling thread, whose index is given; made if it does not exist.
    #[cold]
    pub(crate) fn find_or_make(&self, index: usize, capacity: usize) -> &Slot<T> {
        debug_assert_eq!(index, index::current());
        if let Some(slot) = self.find(index) {
            return slot;
        }
        let entry = match self.near.get(index) {
            Some(entry) => entry,
            None => &self.far.get_or_init(Self::make_far)[index - NEAR],
        };
        let slot = Box::into_raw(Box::new(Slot::new(capacity)));
        // Release: others (trim, stats) come through this pointer.
        entry.store(slot, Ordering::Release);
        self.load(entry).expect("stored above")
    }

    /// Every slot with its index.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Slot<T>)> {
        let far = self.far.get().into_iter().flatten();
        let entries = self.near.iter().chain(far).enumerate();
        entries.filter_map(|(index, entry)| Some((index, self.load(entry)?)))
    }

    /// Moves objects out of slots whose thread has ended, as many as fit the batch.
    pub(crate) fn drain_dead(&self, batch: &mut Batch<T>) {
        let table = index::lock();
        for (index, slot) in self.iter() {
            if slot.len() == 0 || !table.is_free(index) {
                continue;
            }
            // SAFETY: rule 3: the table is held and the index is free.
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
        self.each_mut(|slot| {
            // SAFETY: the invariant of the entries; `&mut self` is the only access to the slots.
            let slot = unsafe { &mut *slot };
            objects.append(&mut slot.take_all());
        });
        objects
    }

    #[inline(always)]
    fn load<'s>(&'s self, entry: &'s AtomicPtr<Slot<T>>) -> Option<&'s Slot<T>> {
        // Acquire, for those who did not make the slot themselves.
        let slot = entry.load(Ordering::Acquire);
        // SAFETY: the invariant of the entries: null, or valid as long as `self`.
        unsafe { slot.as_ref() }
    }

    fn make_far() -> Box<[AtomicPtr<Slot<T>>]> {
        (NEAR..MAX_THREADS).map(|_| AtomicPtr::new(ptr::null_mut())).collect()
    }

    fn each_mut(&mut self, mut f: impl FnMut(*mut Slot<T>)) {
        let far = self.far.get_mut().into_iter().flatten();
        for entry in self.near.iter_mut().chain(far) {
            let slot = entry.load(Ordering::Relaxed);
            if !slot.is_null() {
                f(slot);
            }
        }
    }
}

impl<T> Drop for Slots<T> {
    fn drop(&mut self) {
        let mut slots = Vec::new();
        // SAFETY: the invariant of the entries; the table is gone after this.
        self.each_mut(|slot| slots.push(unsafe { Box::from_raw(slot) }));
        // A vector goes on dropping the others when an object panics.
        drop(slots);
    }
}
