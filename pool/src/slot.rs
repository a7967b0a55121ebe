//! A slot: a stack of objects that one thread owns.
//!
//! What was decided by experiment, on two cores of a Sapphire Rapids, medians of interleaved rounds; figures of
//! one row belong to one run, those of different rows do not compare. The workloads are those of `cargo compare
//! --section pool`, run over copies of this crate that differ in one thing each:
//!
//! | question | figures | so |
//! |---|---|---|
//! | a place of its own for the top | `get_put_1t`: 2.6 ns with it, 3.8 without | with it |
//! | gets counted where they happen, or derived | `get_put_1t`: 2.64 ns at get, 2.12 uncounted (floor 0.89); at put or before the top is cleared 7 to 9 % more | at get: nothing else knows how many there were, and [`Stats`](crate::Stats) and the trimmer ask |
//! | boxes, or small values in the slot | opool, which can hold either, boxes against values: 28 and 27 ns at 8 bytes, 23 and 38 at 64, 26 and 81 at 512, 28 and 790 at 4 KiB; not tried in this crate | boxes, with one address for life |
//! | how many objects move at once, `M`, half of `local_capacity` | `handoff`: 210 ns at a capacity of 8, 120 at 32, 105 at 64, 108 at 128 | 64, fixed: from there on it is flat, so adapting it was not tried |
//! | the next object fetched ahead of its get | `handoff`: no difference once the same variant, run twice, was the control; `depth_64`, `depth_1000`: 3 to 4 % more | not |
//! | a depot that gives what has rested longest | `handoff`: no difference, likewise | the hottest, which is in a cache |
//! | the lock of the depot: `parking_lot`'s or `std`'s | `handoff`, `context_2t`, `depth_1000`: no difference in two runs of each | `std`'s: no dependency, and no memory taken where threads meet |

use core::iter;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::panic::RefUnwindSafe;
use core::ptr::{self, NonNull};
use std::collections::VecDeque;

use crate::drop_each::drop_each;
use crate::index::TicketCell;
use crate::sync::{AtomicPtr, AtomicUsize, Ordering, UnsafeCell, const_fn};

/// A bounded stack whose objects only its owner touches (rule 1).
///
/// The object on top has a place of its own. Most code holds one object at a time: then a get is one load
/// and one store, and a put likewise, where a length would travel through memory twice per cycle
/// (`pool/get_put_1t`: 2.6 ns against 3.8 ns).
#[repr(C)]
pub(crate) struct Slot<T> {
    /// The first field: a table of slots asks for the owner before it knows that there is a slot.
    head: Head,
    /// Invariant: null, or a leaked box that the slot owns. Written by the owner only (rule 2).
    top: AtomicPtr<T>,
    /// How many objects were popped. Written by the owner only (rule 2).
    popped: AtomicUsize,
    /// Invariant: at most the number of places; `places[..len]` are initialised, the others are not. Written
    /// by the owner only (rule 2).
    len: AtomicUsize,
    /// What lies below the top, the coldest first.
    places: UnsafeCell<Box<[MaybeUninit<Box<T>>]>>,
    _apart: Apart,
}

/// What a slot begins with.
#[repr(C)]
pub(crate) struct Head {
    _apart: Apart,
    /// The thread that owns the slot; nobody if it is leased.
    owner: TicketCell,
}

/// Nothing: keeps what different threads write on different cache lines, and on different pairs of them,
/// which some processors fetch together. Alignment would do the same, but glibc serves it slowly and
/// fragments its heap (`pool/cold`: 4 times as long).
struct Apart {
    _bytes: [MaybeUninit<u8>; 128],
}

impl Head {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self { _apart: Apart::NEW, owner: TicketCell::new() }
        }
    }

    pub(crate) fn owner(&self) -> &TicketCell {
        &self.owner
    }
}

impl Apart {
    const NEW: Self = Self { _bytes: [MaybeUninit::uninit(); 128] };
}

// SAFETY: a slot hands objects of one thread to another (rule 3), hence `T: Send`. References to
// objects never leave it, so `T: Sync` is not needed. All other fields are atomics.
unsafe impl<T: Send> Sync for Slot<T> {}

// As for `Pool`: a `Local` holds this part of it.
impl<T> RefUnwindSafe for Slot<T> {}

impl<T> Slot<T> {
    /// A slot for `capacity` objects; for one at least.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            head: Head::new(),
            top: AtomicPtr::new(ptr::null_mut()),
            popped: AtomicUsize::new(0),
            len: AtomicUsize::new(0),
            places: UnsafeCell::new(Box::new_uninit_slice(capacity - 1)),
            _apart: Apart::NEW,
        }
    }

    pub(crate) fn owner(&self) -> &TicketCell {
        self.head.owner()
    }

    /// How many objects there are. Exact for the owner, and for whoever was synchronised with it; a hint
    /// for others.
    pub(crate) fn len(&self) -> usize {
        // Relaxed, here and below: the owner reads what it wrote itself; for others it is a hint.
        let top = self.top.load(Ordering::Relaxed);
        self.len.load(Ordering::Relaxed) + usize::from(!top.is_null())
    }

    pub(crate) fn popped(&self) -> usize {
        self.popped.load(Ordering::Relaxed)
    }

    /// Access to the objects.
    ///
    /// # Safety
    ///
    /// While the result lives, the calling thread owns the slot (rule 1), or holds the table of threads and
    /// the slot's owner has ended (rule 3).
    #[inline(always)]
    pub(crate) unsafe fn own(&self) -> Owner<'_, T> {
        Owner { slot: self, not_send: PhantomData }
    }

    /// Everything in the slot.
    pub(crate) fn take_all(&mut self) -> Vec<Box<T>> {
        // SAFETY: rule 1: `&mut self` is the only access to the slot.
        let owner = unsafe { self.own() };
        let mut objects = Vec::with_capacity(owner.len());
        objects.extend(iter::from_fn(|| owner.take()));
        objects
    }
}

impl<T> Drop for Slot<T> {
    fn drop(&mut self) {
        // SAFETY: rule 1: `&mut self` is the only access to the slot.
        let owner = unsafe { self.own() };
        drop_each(iter::from_fn(|| owner.take()));
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

/// The top.
impl<T> Owner<'_, T> {
    /// The object that was pushed last, if it is on top. Else there may be others.
    #[inline(always)]
    pub(crate) fn pop_top(self) -> Option<Box<T>> {
        let object = self.take_top()?;
        self.count();
        Some(object)
    }

    /// Hands the object back if the top is taken. Else there may be room.
    #[inline(always)]
    pub(crate) fn push_top(self, object: Box<T>) -> Result<(), Box<T>> {
        self.show_access();
        if !self.slot.top.load(Ordering::Relaxed).is_null() {
            return Err(object);
        }
        self.slot.top.store(Box::into_raw(object), Ordering::Relaxed);
        Ok(())
    }

    #[inline(always)]
    fn take_top(self) -> Option<Box<T>> {
        self.show_access();
        let top = NonNull::new(self.slot.top.load(Ordering::Relaxed))?;
        self.slot.top.store(ptr::null_mut(), Ordering::Relaxed);
        // SAFETY: the invariant of `top`, which has given the box up.
        Some(unsafe { Box::from_raw(top.as_ptr()) })
    }

    /// Shows a model that the objects are touched: an atomic pointer does not by itself.
    #[inline(always)]
    fn show_access(self) {
        self.slot.places.with_mut(|_| ());
    }

    /// Counts an object that a user got.
    #[inline(always)]
    pub(crate) fn count(self) {
        let popped = self.slot.popped.load(Ordering::Relaxed);
        self.slot.popped.store(popped.wrapping_add(1), Ordering::Relaxed);
    }
}

/// The whole stack.
impl<T> Owner<'_, T> {
    pub(crate) fn len(self) -> usize {
        self.slot.len()
    }

    /// Whether objects lie on one another: else there is room for a single one.
    pub(crate) fn is_stack(self) -> bool {
        self.places() > 0
    }

    #[inline(always)]
    pub(crate) fn is_full(self) -> bool {
        self.len() == 1 + self.places()
    }

    /// The object that was pushed last.
    #[inline(always)]
    pub(crate) fn pop(self) -> Option<Box<T>> {
        let object = self.take()?;
        self.count();
        Some(object)
    }

    /// Like [`pop`](Self::pop), for objects that go elsewhere than to a user: not counted.
    #[inline(always)]
    pub(crate) fn take(self) -> Option<Box<T>> {
        self.take_top().or_else(|| {
            let last = self.below().checked_sub(1)?;
            self.set_below(last);
            // SAFETY: `last` was below `len`, and is given up by the line above.
            Some(self.with_place(last, |place| unsafe { place.read() }))
        })
    }

    /// Hands the object back if the slot is full.
    #[inline(always)]
    pub(crate) fn push(self, object: Box<T>) -> Result<(), Box<T>> {
        let covered = self.slot.top.load(Ordering::Relaxed);
        if !covered.is_null() {
            let len = self.below();
            if len == self.places() {
                return Err(object);
            }
            // SAFETY: nothing lives at or above `len`, and the slot is not full.
            self.with_place(len, |place| unsafe { place.cast::<*mut T>().write(covered) });
            self.set_below(len + 1);
        }
        self.slot.top.store(Box::into_raw(object), Ordering::Relaxed);
        Ok(())
    }

    /// Moves the `n` objects that were pushed longest ago, but not the top, to the back of `target`, which has
    /// capacity for them.
    pub(crate) fn give_coldest(self, n: usize, target: &mut VecDeque<Box<T>>) {
        let len = self.below();
        assert!(n <= len && n <= target.capacity() - target.len());
        self.with_place(0, |bottom| {
            target.extend((0..n).map(|index| {
                // SAFETY: `index` is below `len`, the number of objects.
                let place = unsafe { bottom.add(index) };
                // SAFETY: an object lives there; the copy below overwrites it, or `set_below` gives it up.
                unsafe { place.read() }
            }));
            // SAFETY: `n` is at most `len`, the number of objects.
            let kept = unsafe { bottom.add(n) };
            // SAFETY: the others move down; the `n` at the bottom have moved out.
            unsafe { ptr::copy(kept, bottom, len - n) };
        });
        self.set_below(len - n);
    }

    /// Moves the last `n` objects of `source` below the top, where there is room for them.
    pub(crate) fn fill_from(self, source: &mut VecDeque<Box<T>>, n: usize) {
        let len = self.below();
        assert!(n <= source.len() && n <= self.places() - len);
        let moved = source.drain(source.len() - n..);
        self.with_place(len, |end| {
            for (index, object) in moved.enumerate() {
                // SAFETY: `index` is below `n`, and there is room for `n`, as asserted.
                let place = unsafe { end.add(index) };
                // SAFETY: nothing lives at or above `len`.
                unsafe { place.write(object) };
            }
        });
        self.set_below(len + n);
    }

    #[inline(always)]
    fn below(self) -> usize {
        self.slot.len.load(Ordering::Relaxed)
    }

    #[inline(always)]
    fn set_below(self, len: usize) {
        debug_assert!(len <= self.places());
        self.slot.len.store(len, Ordering::Relaxed);
    }

    /// How many objects can lie below the top.
    #[inline(always)]
    fn places(self) -> usize {
        // SAFETY: rule 1 (see `own`): no other thread is here, and this one holds no reference.
        self.slot.places.with_mut(|places| unsafe { (&*places).len() })
    }

    /// Lends a pointer to the place `index`, or to the end, for as long as the closure runs.
    #[inline(always)]
    fn with_place<R>(self, index: usize, f: impl FnOnce(*mut Box<T>) -> R) -> R {
        debug_assert!(index <= self.places());
        self.slot.places.with_mut(|places| {
            // SAFETY: rule 1 (see `own`): no other thread is here, and this one holds no reference.
            let places = unsafe { (*places).as_mut_ptr() };
            // SAFETY: `index` is at most the number of places.
            f(unsafe { places.add(index) }.cast())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(slot: &Slot<usize>, capacity: usize) -> Owner<'_, usize> {
        // SAFETY: rule 1: no other thread knows the slot.
        let owner = unsafe { slot.own() };
        for n in 0..capacity {
            assert!(!owner.is_full(), "{n} of {capacity}");
            assert_eq!(owner.push(Box::new(n)), Ok(()));
            assert_eq!(owner.len(), n + 1);
        }
        assert!(owner.is_full());
        assert_eq!(owner.push(Box::new(capacity)), Err(Box::new(capacity)));
        owner
    }

    #[test]
    fn slot_is_full_with_as_many_objects_as_it_was_made_for() {
        for capacity in 1..=10 {
            let slot = Slot::new(capacity);
            let owner = filled(&slot, capacity);
            assert_eq!(owner.is_stack(), capacity > 1);
            for n in (0..capacity).rev() {
                assert_eq!(owner.pop(), Some(Box::new(n)));
            }
            assert_eq!((owner.pop(), owner.len(), slot.popped()), (None, 0, capacity));
        }
    }

    #[test]
    fn top_is_had_without_the_rest() {
        let slot = Slot::new(3);
        let owner = filled(&slot, 3);
        assert_eq!(owner.push_top(Box::new(7)), Err(Box::new(7)));
        assert_eq!(owner.pop_top(), Some(Box::new(2)));
        assert_eq!((owner.pop_top(), owner.len(), slot.popped()), (None, 2, 1));
        assert_eq!(owner.push_top(Box::new(7)), Ok(()));
        assert_eq!((owner.take(), owner.take()), (Some(Box::new(7)), Some(Box::new(1))));
        assert_eq!((owner.len(), slot.popped()), (1, 1), "what is taken is not counted");
    }
}
