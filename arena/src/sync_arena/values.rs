//! Values, slices and deferred drops in a shared arena.
//!
//! No bound asks that a plain value be `Send`: its `&mut T` stays with the thread that allocated it
//! unless `T` may be sent, and the arena never touches the value again. A deferred value is dropped by
//! whoever resets the arena, so it must be `Send`.
#![expect(clippy::mut_from_ref, reason = "every call hands out a block of its own")]

use core::alloc::Layout;
use core::mem::needs_drop;
use core::ptr::NonNull;
use core::slice;

use super::SyncArena;
use crate::copy::copy_bytes;
use crate::deferred::Deferred;
use crate::error::{AllocError, Rejected};

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
    /// # Panics
    ///
    /// If the limit is hit. Memory that cannot be had ends in
    /// [`handle_alloc_error`](std::alloc::handle_alloc_error).
    #[inline]
    pub fn alloc<T>(&self, value: T) -> &mut T {
        const { assert_no_drop::<T>() };
        match self.allocate_block(Layout::new::<T>()) {
            // SAFETY: a fresh block for a `T`.
            Ok(block) => unsafe { write(block.cast(), value) },
            Err(error) => error.raise(),
        }
    }

    /// [`alloc`](Self::alloc) that hands the value back when there is no room.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    #[inline]
    pub fn try_alloc<T>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        const { assert_no_drop::<T>() };
        match self.allocate_block(Layout::new::<T>()) {
            // SAFETY: a fresh block for a `T`.
            Ok(block) => Ok(unsafe { write(block.cast(), value) }),
            Err(error) => Err(Rejected { value, error }),
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
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    pub fn alloc_deferred<T: Send + 'static>(&self, value: T) -> &mut T {
        self.try_alloc_deferred(value).unwrap_or_else(|rejected| rejected.error.raise())
    }

    /// [`alloc_deferred`](Self::alloc_deferred) that hands the value back when there is no room.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    pub fn try_alloc_deferred<T: Send + 'static>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        match self.allocate_block(Layout::new::<Deferred<T>>()) {
            Ok(block) => {
                // SAFETY: a fresh block for a `Deferred<T>`, which is not handed out again before the
                // list has been run; `T` is `Send` and borrows nothing.
                let mut value = unsafe { self.deferred.lock().push(block.cast(), value) };
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
    pub fn alloc_slice_copy<T: Copy>(&self, source: &[T]) -> &mut [T] {
        self.try_alloc_slice_copy(source).unwrap_or_else(|error| error.raise())
    }

    /// [`alloc_slice_copy`](Self::alloc_slice_copy) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    #[inline]
    pub fn try_alloc_slice_copy<T: Copy>(&self, source: &[T]) -> Result<&mut [T], AllocError> {
        let block = self.allocate_block(Layout::for_value(source))?;
        // SAFETY: the block is fresh and as large as the source.
        unsafe { copy_bytes(source.as_ptr().cast(), block.as_ptr(), size_of_val(source)) };
        // SAFETY: every element was copied, and the block is this caller's alone.
        Ok(unsafe { slice::from_raw_parts_mut(block.cast().as_ptr(), source.len()) })
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
    pub fn alloc_slice_fill_with<T>(&self, len: usize, fill: impl FnMut(usize) -> T) -> &mut [T] {
        self.try_alloc_slice_fill_with(len, fill).unwrap_or_else(|error| error.raise())
    }

    /// [`alloc_slice_fill_with`](Self::alloc_slice_fill_with) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit, memory cannot be had, or the slice does not fit an `isize`.
    pub fn try_alloc_slice_fill_with<T>(
        &self,
        len: usize,
        mut fill: impl FnMut(usize) -> T,
    ) -> Result<&mut [T], AllocError> {
        const { assert_no_drop::<T>() };
        let layout = Layout::array::<T>(len).map_err(|_| AllocError::Overflow)?;
        let block = self.allocate_block(layout)?.cast::<T>();
        for i in 0..len {
            let element = fill(i);
            // SAFETY: i < len elements fit the block.
            let place = unsafe { block.add(i) };
            // SAFETY: inside a fresh block, aligned for `T`.
            unsafe { place.write(element) };
        }
        // SAFETY: all `len` elements were written, and the block is this caller's alone.
        Ok(unsafe { slice::from_raw_parts_mut(block.as_ptr(), len) })
    }
}

/// Writes `value` to its place.
///
/// # Safety
///
/// `block` is fit to be written with a `T` and nobody else's for as long as `'a`.
#[inline(always)]
unsafe fn write<'a, T>(mut block: NonNull<T>, value: T) -> &'a mut T {
    debug_assert!(block.is_aligned());
    // SAFETY: the caller's promise.
    unsafe { block.write(value) };
    // SAFETY: just initialised; the caller's promise.
    unsafe { block.as_mut() }
}

const fn assert_no_drop<T>() {
    assert!(
        !needs_drop::<T>(),
        "the arena never runs `Drop`: use `alloc_deferred`, or a type that needs no drop"
    );
}
