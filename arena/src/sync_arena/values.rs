//! Values, slices and deferred drops in a shared arena.
//!
//! No bound asks that a plain value be `Send`: its `&mut T` stays with the thread that allocated it
//! unless `T` may be sent, and the arena never touches the value again. A deferred value is dropped by
//! whoever resets the arena, so it must be `Send`.
#![expect(clippy::mut_from_ref, reason = "every call hands out a block of its own")]

use core::alloc::Layout;
use core::mem::{ManuallyDrop, needs_drop};

use super::SyncArena;
use crate::boxed::ArenaBox;
use crate::deferred::Deferred;
use crate::error::{AllocError, Rejected};
use crate::slice::{collect, init_copy, init_with};
use crate::value::{assert_drop_is_not_needed, init};

impl SyncArena {
    /// Moves `value` into the arena.
    ///
    /// Does not build for a type that needs `Drop`, because the arena would never run it: see
    /// [`Arena::alloc`](crate::Arena::alloc) for what to do instead.
    ///
    /// ```
    /// use ratoon_arena::SyncArena;
    ///
    /// let arena = SyncArena::new();
    /// let point = arena.alloc([1.0, 2.0]);
    /// point[0] += 0.5;
    /// assert_eq!(*point, [1.5, 2.0]);
    /// ```
    ///
    /// ```compile_fail,E0080
    /// ratoon_arena::SyncArena::new().alloc(String::from("this would leak"));
    /// ```
    ///
    /// What was allocated is borrowed from the arena, so it cannot be used after a reset:
    ///
    /// ```compile_fail,E0502
    /// let mut arena = ratoon_arena::SyncArena::new();
    /// let number = arena.alloc(7);
    /// arena.reset();
    /// *number += 1;
    /// ```
    ///
    /// # Panics
    ///
    /// If the limit is hit. Memory that cannot be had ends in
    /// [`handle_alloc_error`](std::alloc::handle_alloc_error).
    #[inline(always)]
    #[track_caller]
    pub fn alloc<T>(&self, value: T) -> &mut T {
        const { assert_drop_is_not_needed::<T>() };
        let block = self.allocate_for::<T>();
        // SAFETY: a fresh block for a `T`.
        unsafe { init(block, value) }
    }

    /// [`alloc`](Self::alloc) that hands the value back when there is no room.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    #[inline(always)]
    pub fn try_alloc<T>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        const { assert_drop_is_not_needed::<T>() };
        self.try_alloc_any(value)
    }

    /// Moves `value` into the arena and drops it together with the returned box, on whichever thread
    /// that is. The memory comes back at reset.
    ///
    /// ```
    /// let arena = ratoon_arena::SyncArena::new();
    /// let name = arena.alloc_box(String::from("dropped with its box"));
    /// assert_eq!(name.len(), 20);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_box<T>(&self, value: T) -> ArenaBox<'_, T> {
        // First the block: a panic for want of room drops the value.
        let block = self.allocate_for::<ManuallyDrop<T>>();
        // SAFETY: a fresh block for this type.
        ArenaBox::new(unsafe { init(block, ManuallyDrop::new(value)) })
    }

    /// [`alloc_box`](Self::alloc_box) that hands the value back when there is no room.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    #[inline]
    pub fn try_alloc_box<T>(&self, value: T) -> Result<ArenaBox<'_, T>, Rejected<T>> {
        match self.try_alloc(ManuallyDrop::new(value)) {
            Ok(value) => Ok(ArenaBox::new(value)),
            Err(Rejected { value, error }) => {
                Err(Rejected { value: ManuallyDrop::into_inner(value), error })
            }
        }
    }

    /// Moves `value` into the arena and drops it when the arena is reset or dropped, newest first,
    /// on the thread that does so. Takes a short lock.
    ///
    /// ```
    /// use ratoon_arena::SyncArena;
    ///
    /// let mut arena = SyncArena::new();
    /// let shared = std::sync::Arc::new(());
    /// arena.alloc_deferred(shared.clone());
    /// assert_eq!(std::sync::Arc::strong_count(&shared), 2);
    /// arena.reset();
    /// assert_eq!(std::sync::Arc::strong_count(&shared), 1);
    /// ```
    ///
    /// ```compile_fail,E0277
    /// ratoon_arena::SyncArena::new().alloc_deferred(std::rc::Rc::new(7));
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[track_caller]
    pub fn alloc_deferred<T: Send + 'static>(&self, value: T) -> &mut T {
        match self.try_alloc_deferred(value) {
            Ok(value) => value,
            Err(Rejected { error, .. }) => error.raise(),
        }
    }

    /// [`alloc_deferred`](Self::alloc_deferred) that hands the value back when there is no room.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    pub fn try_alloc_deferred<T: Send + 'static>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        if !needs_drop::<T>() {
            return self.try_alloc_any(value);
        }
        match self.try_allocate(Layout::new::<Deferred<T>>()) {
            Ok(block) => {
                // SAFETY: a fresh block for a `Deferred<T>`, which is not handed out again before the
                // list has been run; `T` is `Send` and borrows nothing.
                let mut value = unsafe { self.core.lock().deferred.push(block.cast(), value) };
                // SAFETY: initialised, and this caller's alone until the arena is reset.
                Ok(unsafe { value.as_mut() })
            }
            Err(error) => Err(Rejected { value, error }),
        }
    }

    /// Copies a slice into the arena.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_slice_copy<T: Copy>(&self, source: &[T]) -> &mut [T] {
        match self.try_alloc_slice_copy(source) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    /// [`alloc_slice_copy`](Self::alloc_slice_copy) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    #[inline]
    pub fn try_alloc_slice_copy<T: Copy>(&self, source: &[T]) -> Result<&mut [T], AllocError> {
        let block = self.try_allocate(Layout::for_value(source))?;
        // SAFETY: a fresh block with the slice's layout.
        Ok(unsafe { init_copy(block, source) })
    }

    /// Clones a slice into the arena. Does not build for elements that need `Drop`.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `clone` does.
    #[track_caller]
    pub fn alloc_slice_clone<T: Clone>(&self, source: &[T]) -> &mut [T] {
        self.alloc_slice_fill_with(source.len(), |i| source[i].clone())
    }

    /// [`alloc_slice_clone`](Self::alloc_slice_clone) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had; then nothing was cloned.
    pub fn try_alloc_slice_clone<T: Clone>(&self, source: &[T]) -> Result<&mut [T], AllocError> {
        self.try_alloc_slice_fill_with(source.len(), |i| source[i].clone())
    }

    /// A slice of `len` elements, the i-th of which is `fill(i)`.
    ///
    /// `fill` may allocate in the same arena. If it panics, the elements made so far are leaked,
    /// which does no harm as they need no `Drop`.
    ///
    /// ```
    /// use ratoon_arena::SyncArena;
    ///
    /// let arena = SyncArena::new();
    /// assert_eq!(arena.alloc_slice_fill_with(4, |i| i * i), [0, 1, 4, 9]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if the slice does not fit an `isize`.
    #[track_caller]
    pub fn alloc_slice_fill_with<T>(&self, len: usize, fill: impl FnMut(usize) -> T) -> &mut [T] {
        match self.try_alloc_slice_fill_with(len, fill) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    /// [`alloc_slice_fill_with`](Self::alloc_slice_fill_with) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit, memory cannot be had, or the slice does not fit an `isize`.
    pub fn try_alloc_slice_fill_with<T>(
        &self,
        len: usize,
        fill: impl FnMut(usize) -> T,
    ) -> Result<&mut [T], AllocError> {
        const { assert_drop_is_not_needed::<T>() };
        let layout = Layout::array::<T>(len).map_err(|_| AllocError::Overflow)?;
        let block = self.try_allocate(layout)?.cast();
        // SAFETY: a fresh block for `len` elements.
        Ok(unsafe { init_with(block, len, fill) })
    }

    /// A slice of `len` clones of `value`. Does not build for elements that need `Drop`.
    ///
    /// ```
    /// let arena = ratoon_arena::SyncArena::new();
    /// assert_eq!(arena.alloc_slice_fill_clone(3, &"ab"), ["ab", "ab", "ab"]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `clone` does.
    #[track_caller]
    #[doc(alias = "alloc_slice_fill_copy")]
    pub fn alloc_slice_fill_clone<T: Clone>(&self, len: usize, value: &T) -> &mut [T] {
        self.alloc_slice_fill_with(len, |_| value.clone())
    }

    /// A slice of `len` clones of `value`. Does not build for elements that need `Drop`.
    ///
    /// # Errors
    ///
    /// If there is no room; then nothing was cloned.
    pub fn try_alloc_slice_fill_clone<T: Clone>(
        &self,
        len: usize,
        value: &T,
    ) -> Result<&mut [T], AllocError> {
        self.try_alloc_slice_fill_with(len, |_| value.clone())
    }

    /// A slice of `len` default values. Does not build for elements that need `Drop`.
    ///
    /// ```
    /// let arena = ratoon_arena::SyncArena::new();
    /// assert_eq!(arena.alloc_slice_fill_default::<u16>(3), [0, 0, 0]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `default` does.
    #[track_caller]
    pub fn alloc_slice_fill_default<T: Default>(&self, len: usize) -> &mut [T] {
        self.alloc_slice_fill_with(len, |_| T::default())
    }

    /// A slice of `len` default values. Does not build for elements that need `Drop`.
    ///
    /// # Errors
    ///
    /// If there is no room; then no value was made.
    pub fn try_alloc_slice_fill_default<T: Default>(
        &self,
        len: usize,
    ) -> Result<&mut [T], AllocError> {
        self.try_alloc_slice_fill_with(len, |_| T::default())
    }

    /// A slice of all that `elements` yields. Does not build for elements that need `Drop`.
    ///
    /// The iterator may allocate in the same arena. Its size hint saves moves and may be wrong; where
    /// there is no room for as many elements as it promises, none is taken.
    ///
    /// ```
    /// let arena = ratoon_arena::SyncArena::new();
    /// assert_eq!(arena.alloc_slice_fill_iter("to be".split(' ')), ["to", "be"]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if the iterator does.
    #[track_caller]
    pub fn alloc_slice_fill_iter<T>(&self, elements: impl IntoIterator<Item = T>) -> &mut [T] {
        match self.try_alloc_slice_fill_iter(elements) {
            Ok(slice) => slice,
            Err(error) => error.raise(),
        }
    }

    /// [`alloc_slice_fill_iter`](Self::alloc_slice_fill_iter) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had. Some elements may have been taken from the iterator
    /// then.
    pub fn try_alloc_slice_fill_iter<T>(
        &self,
        elements: impl IntoIterator<Item = T>,
    ) -> Result<&mut [T], AllocError> {
        collect(self, elements)
    }

    /// Allocates without asking what becomes of the value.
    #[inline(always)]
    fn try_alloc_any<T>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        match self.try_allocate_for::<T>() {
            // SAFETY: a fresh block for a `T`.
            Ok(block) => Ok(unsafe { init(block, value) }),
            Err(error) => Err(Rejected { value, error }),
        }
    }
}
