//! A slot: a stack of objects that one thread owns.

use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr;

use crate::sync::{AtomicUsize, Ordering, UnsafeCell};

/// A bounded stack whose objects only its owner touches (rule 1).
///
/// Aligned to two cache lines, which some processors fetch in pairs: no two slots share one.
#[repr(align(128))]
pub(crate) struct Slot<T> {
    /// Invariant: at most `capacity`; `places[..len]` are initialised, the rest is not. Written by
    /// the owner only (rule 2).
    len: AtomicUsize,
    /// How many objects were popped. Written by the owner only (rule 2).
    popped: AtomicUsize,
    /// Invariant: the number of places.
    capacity: usize,
    places: UnsafeCell<Box<[MaybeUninit<Box<T>>]>>,
}

// SAFETY: a slot hands objects of one thread to another (rule 3), hence `T: Send`. References to
// objects never leave it, so `T: Sync` is not needed.
unsafe impl<T: Send> Sync for Slot<T> {}

impl<T> Slot<T> {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            len: AtomicUsize::new(0),
            popped: AtomicUsize::new(0),
            capacity,
            places: UnsafeCell::new(Box::new_uninit_slice(capacity)),
        }
    }

    /// Relaxed: exact for the owner, and for whoever was synchronised with it; a hint for others.
    #[inline(always)]
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
/// None of its methods runs user code or allocates (rule 5), so two proofs in one thread do not get in each
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
    #[inline(always)]
    pub(crate) fn len(self) -> usize {
        self.slot.len()
    }

    #[inline(always)]
    pub(crate) fn capacity(self) -> usize {
        self.slot.capacity
    }

    pub(crate) fn is_full(self) -> bool {
        self.len() == self.capacity()
    }

    /// The object that was pushed last.
    #[inline(always)]
    pub(crate) fn pop(self) -> Option<Box<T>> {
        let object = self.take()?;
        let popped = self.slot.popped.load(Ordering::Relaxed);
        self.slot.popped.store(popped.wrapping_add(1), Ordering::Relaxed);
        Some(object)
    }

    /// Like [`pop`](Self::pop), for objects that go elsewhere than to a user: not counted.
    #[inline(always)]
    pub(crate) fn take(self) -> Option<Box<T>> {
        let top = self.len().checked_sub(1)?;
        self.set_len(top);
        // SAFETY: `top` was below `len`, and is given up by the line above.
        Some(self.with_place(top, |place| unsafe { place.read() }))
    }

    /// Hands the object back if the slot is full.
    #[inline(always)]
    pub(crate) fn push(self, object: Box<T>) -> Result<(), Box<T>> {
        let len = self.len();
        if len == self.capacity() {
            return Err(object);
        }
        // SAFETY: nothing lives at or above `len`.
        self.with_place(len, |place| unsafe { place.write(object) });
        self.set_len(len + 1);
        Ok(())
    }

    /// Moves the `n` objects that were pushed longest ago to the end of `target`, which has
    /// capacity for them.
    pub(crate) fn give_coldest(self, n: usize, target: &mut Vec<Box<T>>) {
        let len = self.len();
        assert!(n <= len && n <= target.capacity() - target.len());
        let end = target.spare_capacity_mut().as_mut_ptr().cast();
        self.with_place(0, |bottom| {
            // SAFETY: `n` objects live at the bottom, and the vector has room for `n`, as asserted.
            unsafe { ptr::copy_nonoverlapping(bottom, end, n) };
            // SAFETY: `n` is at most `len`, the number of objects.
            let kept = unsafe { bottom.add(n) };
            // SAFETY: the others move down; the `n` at the bottom have moved out.
            unsafe { ptr::copy(kept, bottom, len - n) };
        });
        self.set_len(len - n);
        // SAFETY: `n` more objects were written above.
        unsafe { target.set_len(target.len() + n) };
    }

    /// Moves the last `n` objects of `source` into the slot, which has room for them.
    pub(crate) fn fill_from(self, source: &mut Vec<Box<T>>, n: usize) {
        let len = self.len();
        assert!(n <= source.len() && n <= self.capacity() - len);
        let rest = source.len() - n;
        // SAFETY: `rest` is at most the length.
        unsafe { source.set_len(rest) };
        let moved = source.spare_capacity_mut().as_ptr().cast();
        // SAFETY: `n` objects live above the vector's new length, which has given them up, and
        // the slot has room for `n`, as asserted.
        self.with_place(len, |end| unsafe { ptr::copy_nonoverlapping(moved, end, n) });
        self.set_len(len + n);
    }

    #[inline(always)]
    fn set_len(self, len: usize) {
        debug_assert!(len <= self.capacity());
        self.slot.len.store(len, Ordering::Relaxed);
    }

    /// Lends a pointer to the place `index`, or to the end, for as long as the closure runs.
    #[inline(always)]
    fn with_place<R>(self, index: usize, f: impl FnOnce(*mut Box<T>) -> R) -> R {
        debug_assert!(index <= self.capacity());
        self.slot.places.with_mut(|places| {
            // SAFETY: rule 1 (see `own`): no other thread is here, and this one holds no reference.
            let places = unsafe { (*places).as_mut_ptr() };
            // SAFETY: `len` is at most the capacity, and no caller asks for a place above `len`.
            f(unsafe { places.add(index) }.cast())
        })
    }
}
