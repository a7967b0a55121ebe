//! A pool without its factory: what a guard needs to put its object back.

use core::iter;
use core::mem::{self, ManuallyDrop};
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::time::Duration;
use std::thread;

use crossbeam_utils::CachePadded;

use crate::Reset;
use crate::batch::Batch;
use crate::depot::Depot;
use crate::index;
use crate::leases::{Lease, Leases};
use crate::slot::{Owner, Slot};
use crate::slots::Slots;
use crate::stats::{Counter, Counters, Stats};
use crate::sync::const_fn;

/// What a pool keeps at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Objects in a slot, `2·M`.
    pub(crate) local_capacity: usize,
    /// Objects in the depot.
    pub(crate) shared_capacity: usize,
    /// Heap bytes that one object may retain.
    pub(crate) max_retained_bytes: usize,
    /// How long an object in the depot must not have been needed until a trim frees it.
    pub(crate) trim_window: Duration,
}

/// Slots in front, the depot behind them.
pub(crate) struct Inner<T> {
    slots: Slots<T>,
    leases: Leases<T>,
    limits: Limits,
    depot: CachePadded<Depot<T>>,
    counters: CachePadded<Counters>,
}

// As for `Pool`: the guards hold this part of it.
impl<T> UnwindSafe for Inner<T> {}
impl<T> RefUnwindSafe for Inner<T> {}

impl<T> Inner<T> {
    const_fn! {
        pub(crate) fn new(limits: Limits) -> Self {
            Self {
                slots: Slots::new(),
                leases: Leases::new(),
                limits,
                depot: CachePadded::new(Depot::new(limits.shared_capacity)),
                counters: CachePadded::new(Counters::new()),
            }
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }

    /// This thread's slot, if it is found in a few loads. All others come through `make_slot`.
    #[inline(always)]
    pub(crate) fn near_slot(&self) -> Option<Owner<'_, T>> {
        let slot = self.slots.find_near(index::current())?;
        // SAFETY: rule 1: the slot of this thread's index. The proof cannot leave the thread.
        Some(unsafe { slot.own() })
    }

    /// An idle object that the slot, which the caller owns, does not have. `None` for a slot: it was not found
    /// in a few loads.
    pub(crate) fn take_slow(&self, slot: Option<Owner<'_, T>>) -> Option<Box<T>> {
        let Some(slot) = slot.or_else(|| self.make_slot()) else { return self.take_shared() };
        slot.pop().or_else(|| {
            if !slot.is_stack() {
                return self.take_shared();
            }
            let object = self.depot.pop_block(slot, self.block())?;
            slot.count();
            Some(object)
        })
    }

    fn take_shared(&self) -> Option<Box<T>> {
        self.depot.pop().inspect(|_| self.counters.popped.add(1))
    }

    /// Keeps a clean object on top of a slot that the caller owns, or wherever there is room, or drops it.
    #[inline(always)]
    fn store(&self, slot: Option<Owner<'_, T>>, object: Box<T>) {
        match slot {
            Some(slot) => {
                if let Err(object) = slot.push_top(object) {
                    self.store_below(slot, object);
                }
            }
            None => self.store_slow(None, object),
        }
    }

    /// Not inlined, so that a guard's drop, which stands in many places, is short there.
    #[cold]
    #[inline(never)]
    fn store_below(&self, slot: Owner<'_, T>, object: Box<T>) {
        if let Err(object) = slot.push(object) {
            self.store_slow(Some(slot), object);
        }
    }

    /// `None` for a slot: it was not found in a few loads.
    #[cold]
    #[inline(never)]
    fn store_slow(&self, slot: Option<Owner<'_, T>>, object: Box<T>) {
        let Some(slot) = slot.or_else(|| self.make_slot()) else {
            return self.store_shared(object);
        };
        let Err(object) = slot.push(object) else { return };
        if !slot.is_stack() {
            return self.store_shared(object);
        }
        if !self.depot.relieve(slot, self.block()) {
            return self.discard(object, &self.counters.no_room);
        }
        let pushed = slot.push(object);
        debug_assert!(pushed.is_ok(), "a relieved slot has room");
    }

    fn store_shared(&self, object: Box<T>) {
        if let Err(object) = self.depot.push(object) {
            self.discard(object, &self.counters.no_room);
        }
    }

    /// How many objects a slot exchanges with the depot, `M`: half of what it holds, so that a use
    /// that goes up and down by a few objects around a boundary stays in the slot.
    fn block(&self) -> usize {
        self.limits.local_capacity.div_ceil(2)
    }

    /// This thread's slot, if it has one.
    fn own_slot(&self) -> Option<Owner<'_, T>> {
        let slot = self.slots.find(index::current())?;
        // SAFETY: rule 1, as in `near_slot`.
        Some(unsafe { slot.own() })
    }

    /// This thread's slot, made if it is the first time that the thread uses the pool.
    fn make_slot(&self) -> Option<Owner<'_, T>> {
        if self.limits.local_capacity == 0 {
            return None;
        }
        let slot = self.slots.find_or_make(index::register()?, self.limits.local_capacity);
        // SAFETY: rule 1, as in `near_slot`.
        Some(unsafe { slot.own() })
    }

    /// Drops an object, counted first: its `Drop` may panic, or ask for figures.
    #[cold]
    pub(crate) fn discard(&self, object: Box<T>, reason: &Counter) {
        reason.add(1);
        drop(object);
    }

    /// Whether `prefill` can succeed.
    pub(crate) fn has_room(&self) -> bool {
        self.depot.room() > 0 || self.make_slot().is_some_and(|slot| !slot.is_full())
    }

    /// `None` where no slot may keep anything.
    pub(crate) fn lease(&self) -> Option<&Lease<T>> {
        let capacity = self.limits.local_capacity;
        (capacity > 0).then(|| self.leases.lease(capacity))
    }
}

impl<T: Reset> Inner<T> {
    /// Takes an object back: into this thread's slot, or the depot, or nowhere.
    ///
    /// # Safety
    ///
    /// The object is there, and not used afterwards.
    #[inline(always)]
    pub(crate) unsafe fn put(&self, object: &mut ManuallyDrop<Box<T>>) {
        // SAFETY: as the caller promises.
        let Some(object) = (unsafe { self.clean(object) }) else { return };
        self.store(self.near_slot(), object);
    }

    /// The same for a slot that the caller owns.
    ///
    /// # Safety
    ///
    /// The object is there, and not used afterwards.
    #[inline(always)]
    pub(crate) unsafe fn put_in(
        &self,
        slot: Option<Owner<'_, T>>,
        object: &mut ManuallyDrop<Box<T>>,
    ) {
        // SAFETY: as the caller promises.
        let Some(object) = (unsafe { self.clean(object) }) else { return };
        self.store(slot, object);
    }

    /// Runs all user code of a put, before any slot is touched (rule 5). `None`: discarded.
    ///
    /// # Safety
    ///
    /// The object is there, and not used afterwards.
    #[inline(always)]
    unsafe fn clean(&self, object: &mut ManuallyDrop<Box<T>>) -> Option<Box<T>> {
        // Asked before the object is taken: what has no owner needs no landing pad, and guards
        // are dropped in many places.
        let panicking = thread::panicking();
        // SAFETY: as the caller promises.
        let mut object = unsafe { ManuallyDrop::take(object) };
        if panicking {
            self.discard_unwinding(object);
            return None;
        }
        // If user code panics, the object is dropped by unwinding, and counted by this.
        let unwound = CountOnDrop(&self.counters.panicked);
        // `T`'s methods: the box around it has its own, which count it as retained.
        let value: &mut T = &mut object;
        value.reset();
        let judged = self.judge(value);
        mem::forget(unwound);
        if judged != Judged::FIT {
            self.reject(object, judged);
            return None;
        }
        Some(object)
    }

    /// Keeps a new object, which was reset, where every thread can find it, or else in this thread's slot. `false`
    /// if there is no room, or if it is none that a put would keep.
    pub(crate) fn prefill(&self, object: Box<T>) -> bool {
        let unwound = CountOnDrop(&self.counters.panicked);
        let judged = self.judge(&object);
        mem::forget(unwound);
        if judged != Judged::FIT {
            self.reject(object, judged);
            return false;
        }
        let Err(object) = self.depot.push(object) else { return true };
        let pushed = match self.make_slot() {
            Some(slot) => slot.push(object),
            None => Err(object),
        };
        match pushed {
            Ok(()) => true,
            Err(object) => {
                self.discard(object, &self.counters.no_room);
                false
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn discard_unwinding(&self, object: Box<T>) {
        self.discard(object, &self.counters.panicked);
    }

    #[cold]
    #[inline(never)]
    fn reject(&self, object: Box<T>, judged: Judged) {
        let Counters { not_reusable, too_large, .. } = self.counters();
        self.discard(object, if judged.reusable { too_large } else { not_reusable });
    }

    /// Asks an object that was reset whether it may rest.
    #[inline(always)]
    fn judge(&self, value: &T) -> Judged {
        Judged {
            reusable: value.reusable(),
            too_large: value.retained_bytes() > self.limits.max_retained_bytes,
        }
    }
}

/// Giving memory back.
impl<T> Inner<T> {
    /// Frees what the depot did not need for a whole window that has ended at the time `now`; see
    /// [`window`](crate::window).
    pub(crate) fn trim_at(&self, now: Duration) {
        self.drain_dead(|batch| self.depot.put_batch(batch));
        self.drop_coldest(self.depot.unneeded(now, self.limits.trim_window));
    }

    pub(crate) fn clear(&self) {
        self.drain_dead(|_| ());
        self.drop_own();
        self.drop_coldest(self.depot.fill());
    }

    pub(crate) fn clear_all(&mut self) {
        let mut objects = self.slots.take_all();
        objects.append(&mut self.leases.take_all());
        objects.extend(self.depot.take_all());
        self.counters.trimmed.add(objects.len());
        drop(objects);
    }

    /// Moves what this thread keeps into the depot; what has no room there is dropped.
    pub(crate) fn flush_own(&self) {
        if let Some(slot) = self.own_slot() {
            self.flush(slot);
        }
    }

    pub(crate) fn flush(&self, slot: Owner<'_, T>) {
        self.empty(slot, &self.counters.no_room, |batch| self.depot.put_batch(batch));
    }

    fn drop_own(&self) {
        if let Some(slot) = self.own_slot() {
            self.empty(slot, &self.counters.trimmed, |_| ());
        }
    }

    /// Empties a slot; what `keep` leaves in the batch is dropped.
    fn empty(&self, slot: Owner<'_, T>, reason: &Counter, keep: impl Fn(&mut Batch<T>)) {
        // Only what is here now: a `Drop` that puts objects back must not keep this going.
        let mut left = slot.len();
        let mut batch = Batch::new();
        while left > 0 {
            batch.fill(iter::from_fn(|| slot.take()).take(left));
            left = if batch.is_empty() { 0 } else { left - batch.len() };
            keep(&mut batch);
            self.drop_batch(&mut batch, reason);
        }
    }

    /// Drops up to `n` objects of the depot, a batch at a time.
    fn drop_coldest(&self, n: usize) {
        let mut left = n;
        let mut batch = Batch::new();
        while left > 0 {
            self.depot.take_coldest(left, &mut batch);
            left = if batch.is_empty() { 0 } else { left - batch.len() };
            self.drop_batch(&mut batch, &self.counters.trimmed);
        }
    }

    /// Empties the slots of threads that have ended; what `keep` leaves in the batch is dropped.
    fn drain_dead(&self, mut keep: impl FnMut(&mut Batch<T>)) {
        let mut batch = Batch::new();
        loop {
            self.slots.drain_dead(&mut batch);
            if batch.is_empty() {
                return;
            }
            keep(&mut batch);
            self.drop_batch(&mut batch, &self.counters.trimmed);
        }
    }

    fn drop_batch(&self, batch: &mut Batch<T>, reason: &Counter) {
        if !batch.is_empty() {
            reason.add(batch.len());
            drop(mem::replace(batch, Batch::new()));
        }
    }
}

/// Looking at it.
impl<T> Inner<T> {
    pub(crate) fn stats(&self) -> Stats {
        Stats {
            created: self.counters.created.read(),
            reused: self.reused(),
            detached: self.counters.detached.read(),
            discarded: self.counters.discarded(),
            depot_exchanges: self.depot.exchanges(),
            idle_in_depot: self.depot.fill(),
            idle_in_threads: self.all_slots().map(Slot::len).sum(),
        }
    }

    fn reused(&self) -> u64 {
        let in_slots: u64 = self.all_slots().map(|slot| slot.popped() as u64).sum();
        self.counters.popped.read().wrapping_add(in_slots)
    }

    fn all_slots(&self) -> impl Iterator<Item = &Slot<T>> {
        self.slots.iter().chain(self.leases.slots())
    }
}

/// What an object says about itself after its reset.
#[derive(Clone, Copy, PartialEq)]
struct Judged {
    reusable: bool,
    too_large: bool,
}

impl Judged {
    const FIT: Self = Self { reusable: true, too_large: false };
}

/// Counts unless it is forgotten.
struct CountOnDrop<'c>(&'c Counter);

impl Drop for CountOnDrop<'_> {
    fn drop(&mut self) {
        self.0.add(1);
    }
}
