//! A slot: a stack of objects that one thread owns.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use crate::sync::{AtomicUsize, Ordering, UnsafeCell};

type Place<T> = UnsafeCell<MaybeUninit<Box<T>>>;

/// A bounded stack whose objects only its owner touches (rule 1).
///
/// Aligned to two cache lines, which some processors fetch in pairs: no two slots share one.
#[repr(align(128))]
pub(crate) struct Slot<T> {
    /// Invariant: `places[..len]` are initialised, the rest is not. Written by the owner only (rule 2).
    len: AtomicUsize,
    /// How many objects were popped. Written by the owner only (rule 2).
    popped: AtomicUsize,
    places: Box<[Place<T>]>,
}

// SAFETY: a slot hands objects of one thread to another (rule 3), hence `T: Send`. References to
// objects never leave it, so `T: Sync` is not needed.
unsafe impl<T: Send> Sync for Slot<T> {}

impl<T> Slot<T> {
    pub(crate) fn new(capacity: usize) -> Self {
        let places = (0..capacity).map(|_| UnsafeCell::new(MaybeUninit::uninit())).collect();
        Self { len: AtomicUsize::new(0), popped: AtomicUsize::new(0), places }
    }

    /// Relaxed: exact for the owner, and for whoever was synchronised with it; a hint for others.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    pub(crate) fn popped(&self) -> usize {
        self.popped.load(Ordering::Relaxed)
    }

    /// Access to the objects.
    ///
    /// # Safety
    ///
    /// While the result lives, the calling thread owns the slot (rule 1), or holds the index table and
    /// the slot's index is free (rule 3).
    #[inline(always)]
    pub(crate) unsafe fn own(&self) -> Owner<'_, T> {
        Owner { slot: self, not_send: PhantomData }
    }

    /// Everything in the slot.
    pub(crate) fn take_all(&mut self) -> Vec<Box<T>> {
        // SAFETY: rule 1: `&mut self` is the only access to the slot.
        let owner = unsafe { self.own() };
        core::iter::from_fn(|| owner.take()).collect()
    }
}

impl<T> Drop for Slot<T> {
    fn drop(&mut self) {
        // A vector goes on dropping the others when one of them panics.
        drop(self.take_all());
    }
}

/// Proof that this thread may touch the objects of a slot.
///
/// None of its methods runs user code or allocates, so two proofs in one thread do not get in each
/// other's way.
pub(crate) struct Owner<'s, T> {
    slot: &'s Slot<T>,
    not_send: PhantomData<*const ()>,
}

impl<T> Clone for Owner<'_, T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Owner<'_, T> {}

impl<T> Owner<'_, T> {
    pub(crate) fn len(self) -> usize {
        self.slot.len()
    }

    pub(crate) fn capacity(self) -> usize {
        self.slot.places.len()
    }

    pub(crate) fn is_full(self) -> bool {
        self.len() == self.capacity()
    }

    /// The object that was pushed last.
    #[inline]
    pub(crate) fn pop(self) -> Option<Box<T>> {
        let object = self.take()?;
        let popped = self.slot.popped.load(Ordering::Relaxed);
        self.slot.popped.store(popped.wrapping_add(1), Ordering::Relaxed);
        Some(object)
    }

    /// Hands the object back if the slot is full.
    #[inline]
    pub(crate) fn push(self, object: Box<T>) -> Result<(), Box<T>> {
        let len = self.slot.len();
        if len == self.slot.places.len() {
            return Err(object);
        }
        // SAFETY: `len` is at most the capacity, and not equal to it.
        unsafe { self.write(len, object) };
        self.slot.len.store(len + 1, Ordering::Relaxed);
        Ok(())
    }

    /// Like [`pop`](Self::pop), for objects that go elsewhere than to a user: not counted.
    #[inline(always)]
    pub(crate) fn take(self) -> Option<Box<T>> {
        let len = self.slot.len();
        let top = len.checked_sub(1)?;
        self.slot.len.store(top, Ordering::Relaxed);
        // SAFETY: `top` was below `len`, and the store above has given the place up.
        Some(unsafe { self.read(top) })
    }

    /// Moves the `n` objects that were pushed longest ago into `target`, which has room for them.
    pub(crate) fn give_coldest(self, n: usize, target: &mut Vec<Box<T>>) {
        let len = self.slot.len();
        assert!(n <= len);
        // Nothing below is expected to panic; if it did, objects would leak, not be dropped twice.
        self.slot.len.store(0, Ordering::Relaxed);
        for place in 0..n {
            // SAFETY: below the old `len`, and given up by the store above.
            target.push(unsafe { self.read(place) });
        }
        for place in n..len {
            // SAFETY: as above.
            let object = unsafe { self.read(place) };
            // SAFETY: below `len`, hence below the capacity.
            unsafe { self.write(place - n, object) };
        }
        self.slot.len.store(len - n, Ordering::Relaxed);
    }

    /// Moves the last `n` objects of `source` into the slot, which has room for them.
    pub(crate) fn fill_from(self, source: &mut Vec<Box<T>>, n: usize) {
        let mut len = self.slot.len();
        assert!(n <= self.slot.places.len() - len);
        for object in source.drain(source.len() - n..) {
            // SAFETY: asserted above.
            unsafe { self.write(len, object) };
            len += 1;
        }
        self.slot.len.store(len, Ordering::Relaxed);
    }

    /// # Safety
    ///
    /// `place` is initialised, and given up: nothing reads it again before it is written.
    #[inline(always)]
    unsafe fn read(self, place: usize) -> Box<T> {
        debug_assert!(place < self.slot.places.len());
        // SAFETY: `len` never exceeds the number of places, so an initialised one exists.
        let place = unsafe { self.slot.places.get_unchecked(place) };
        place.with(|object| {
            // SAFETY: rule 1 (see `own`): no other thread is here; the caller gives the place up.
            unsafe { object.read().assume_init() }
        })
    }

    /// Forgets what the place held.
    ///
    /// # Safety
    ///
    /// `place` is below the capacity.
    #[inline(always)]
    unsafe fn write(self, place: usize, object: Box<T>) {
        debug_assert!(place < self.slot.places.len());
        // SAFETY: as the caller promises.
        let place = unsafe { self.slot.places.get_unchecked(place) };
        place.with_mut(|target| {
            // SAFETY: rule 1 (see `own`): no other thread is here.
            unsafe { target.write(MaybeUninit::new(object)) };
        });
    }
}
