//! Allocation of single values.

use core::mem::{ManuallyDrop, needs_drop};
use core::ptr::NonNull;

use crate::arena::Arena;
use crate::boxed::ArenaBox;
use crate::deferred::Deferred;
use crate::error::Rejected;

#[expect(clippy::mut_from_ref, reason = "each call hands out memory of its own")]
impl Arena {
    /// Moves `value` into the arena. It is never dropped.
    ///
    /// Takes constant time, a handful of instructions while the chunk has room and one call to the global
    /// allocator at most. The same is true of every method that allocates, beside the time to write what
    /// it was given.
    ///
    /// # Types that need to be dropped
    ///
    /// Such a value would leak what it owns, so for its type this does not build. Use
    /// [`alloc_box`](Self::alloc_box), which drops it with the box, or
    /// [`alloc_deferred`](Self::alloc_deferred), which drops it at the reset, or wrap it in
    /// [`ManuallyDrop`] to leak it knowingly. `cargo check` does not report the error, because it
    /// shows only when the code for a concrete type is generated; `cargo build` and `cargo test` do.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let point = arena.alloc((3, 4));
    /// point.0 += 1;
    /// assert_eq!(*point, (4, 4));
    /// ```
    ///
    /// ```compile_fail
    /// let arena = ratoon_arena::Arena::new();
    /// arena.alloc(String::from("this would leak"));
    /// ```
    ///
    /// # Panics
    ///
    /// If the arena's limit is reached. Memory that cannot be had ends in
    /// [`handle_alloc_error`](std::alloc::handle_alloc_error). This holds for every method that has a
    /// `try_` twin.
    #[inline(always)]
    #[track_caller]
    pub fn alloc<T>(&self, value: T) -> &mut T {
        const { assert_drop_is_not_needed::<T>() };
        let block = self.region.allocate_for::<T>();
        // SAFETY: a fresh block for a `T`.
        unsafe { init(block, value) }
    }

    /// Moves `value` into the arena. It is never dropped; see [`alloc`](Self::alloc).
    ///
    /// ```
    /// use ratoon_arena::{AllocError, Arena};
    ///
    /// let arena = Arena::builder().limit(10).build();
    /// assert_eq!(arena.try_alloc(7_u64).map(|number| *number), Ok(7));
    /// let rejected = arena.try_alloc(8_u64).unwrap_err();
    /// assert_eq!(rejected.value, 8);
    /// assert_eq!(rejected.error, AllocError::Limit { requested: 8, used: 8, limit: 10 });
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no room: with the reason and the value.
    #[inline(always)]
    pub fn try_alloc<T>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        const { assert_drop_is_not_needed::<T>() };
        self.try_alloc_any(value)
    }

    /// Moves `value` into the arena and drops it together with the returned box. The memory comes
    /// back at reset.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let names = arena.alloc_box(vec!["a".to_string()]);
    /// assert_eq!(names.len(), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_box<T>(&self, value: T) -> ArenaBox<'_, T> {
        // First the block: a panic for want of room drops the value.
        let block = self.region.allocate_for::<ManuallyDrop<T>>();
        // SAFETY: a fresh block for this type.
        ArenaBox::new(unsafe { init(block, ManuallyDrop::new(value)) })
    }

    /// Moves `value` into the arena and drops it together with the returned box.
    ///
    /// # Errors
    ///
    /// If there is no room: with the reason and the value.
    #[inline]
    pub fn try_alloc_box<T>(&self, value: T) -> Result<ArenaBox<'_, T>, Rejected<T>> {
        match self.try_alloc(ManuallyDrop::new(value)) {
            Ok(value) => Ok(ArenaBox::new(value)),
            Err(Rejected { value, error }) => {
                Err(Rejected { value: ManuallyDrop::into_inner(value), error })
            }
        }
    }

    /// Moves `value` into the arena and drops it when its memory is released: at
    /// [`reset`](Self::reset), when the arena is dropped, or at the end of the
    /// [child scope](crate::Scope::child) it was made in. Newest first. Costs two words of memory, and at
    /// the end an indirect call.
    ///
    /// `T: 'static`, because what it borrows could be gone by then; `T: Send`, because the arena may
    /// have moved to another thread.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// let shared = Arc::new(());
    /// let mut arena = ratoon_arena::Arena::new();
    /// arena.alloc_deferred(Arc::clone(&shared));
    /// assert_eq!(Arc::strong_count(&shared), 2);
    /// arena.reset();
    /// assert_eq!(Arc::strong_count(&shared), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_deferred<T: Send + 'static>(&self, value: T) -> &mut T {
        match self.try_alloc_deferred(value) {
            Ok(value) => value,
            Err(Rejected { error, .. }) => error.raise(),
        }
    }

    /// Moves `value` into the arena and drops it when its memory is released; see
    /// [`alloc_deferred`](Self::alloc_deferred).
    ///
    /// # Errors
    ///
    /// If there is no room: with the reason and the value.
    #[inline]
    pub fn try_alloc_deferred<T: Send + 'static>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        if !needs_drop::<T>() {
            return self.try_alloc_any(value);
        }
        let block = match self.region.try_allocate_for::<Deferred<T>>() {
            Ok(block) => block,
            Err(error) => return Err(Rejected { value, error }),
        };
        // SAFETY: a fresh block for this type. It is released at a reset or at the end of a child
        // scope, both of which run the list first. `T` is `Send + 'static`.
        let mut value = unsafe { self.deferred.push(block, value) };
        // SAFETY: just initialised, and handed out once; the list reads only its node until the
        // reference is gone.
        Ok(unsafe { value.as_mut() })
    }

    /// Allocates without asking what becomes of the value.
    #[inline(always)]
    fn try_alloc_any<T>(&self, value: T) -> Result<&mut T, Rejected<T>> {
        match self.region.try_allocate_for::<T>() {
            // SAFETY: a fresh block for a `T`.
            Ok(block) => Ok(unsafe { init(block, value) }),
            Err(error) => Err(Rejected { value, error }),
        }
    }
}

/// Fails to build for a type that needs to be dropped.
pub(crate) const fn assert_drop_is_not_needed<T>() {
    assert!(
        !needs_drop::<T>(),
        "an arena never drops this value, but its type needs to be dropped: use `alloc_box` (dropped \
         with the box) or `alloc_deferred` (dropped at reset), or wrap it in `ManuallyDrop`"
    );
}

/// # Safety
///
/// `block` is fit to be written with a `T`, and nobody else's for `'a`.
#[inline(always)]
pub(crate) unsafe fn init<'a, T>(mut block: NonNull<T>, value: T) -> &'a mut T {
    debug_assert!(block.is_aligned());
    // SAFETY: the caller's promise.
    unsafe { block.write(value) };
    // SAFETY: just initialised; the caller's promise.
    unsafe { block.as_mut() }
}
