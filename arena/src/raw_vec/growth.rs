//! Growth of a [`RawVec`].
//!
//! The functions take and return its parts, not the whole; see there.

use core::alloc::Layout;
use core::ptr::NonNull;

use super::RawVec;
use crate::error::AllocError;
use crate::memory::{Growth, Memory};

/// Bytes that a slice begins with once something is put into it, where there is room: what it does not
/// need in the end is released, so this costs less than to grow often.
const FIRST_BYTES: usize = 128;
/// Elements that it begins with if they are larger than that.
const FIRST_ELEMENTS: usize = 4;
/// Elements larger than this many bytes begin with one.
const LARGE: usize = 1024;

impl<T, M: Memory> RawVec<'_, T, M> {
    /// Elements of the first block.
    const FIRST: usize = match size_of::<T>() {
        0 => 0,
        size if size > LARGE => 1,
        size if size * FIRST_ELEMENTS > FIRST_BYTES => FIRST_ELEMENTS,
        size => FIRST_BYTES / size,
    };

    /// [`grow`](Self::grow) that does not return when there is no room. Its result comes back in
    /// registers.
    ///
    /// # Safety
    ///
    /// As for `grow`.
    #[cold]
    #[inline(never)]
    #[track_caller]
    pub(super) unsafe fn grow_or_raise(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> (NonNull<T>, usize) {
        // SAFETY: the caller's promise.
        match unsafe { Self::grow_in_place(memory, block, capacity, len, additional) } {
            Some(grown) => grown,
            // SAFETY: the caller's promise.
            None => unsafe { Self::relocate_or_raise(memory, block, capacity, len, additional) },
        }
    }

    /// The block with these parts, or one in place of it, with room for `additional` more elements, and
    /// its capacity. On an error the parts are what they were.
    ///
    /// # Safety
    ///
    /// The parts are those of a `Self`, which forgets them if this succeeds. There is no room for
    /// `additional` elements.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn grow(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> Result<(NonNull<T>, usize), AllocError> {
        // SAFETY: the caller's promise.
        match unsafe { Self::grow_in_place(memory, block, capacity, len, additional) } {
            Some(grown) => Ok(grown),
            // SAFETY: the caller's promise.
            None => unsafe { Self::relocate(memory, block, capacity, len, additional) },
        }
    }

    /// [`grow`](Self::grow) in place.
    ///
    /// # Safety
    ///
    /// As for `grow`.
    #[inline(always)]
    unsafe fn grow_in_place(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> Option<(NonNull<T>, usize)> {
        debug_assert!(additional > capacity - len);
        let min = additional - (capacity - len);
        let elem_size = size_of::<T>();
        let growth = Growth { min, preferred: min.max(capacity), elem_size };
        // SAFETY: the block has this size; if it has none, the answer is `None`.
        let more = unsafe { memory.grow_in_place(block.cast(), capacity * elem_size, growth) }?;
        Some((block, capacity + more))
    }

    /// [`relocate`](Self::relocate) that does not return when there is no room.
    ///
    /// # Safety
    ///
    /// As for `grow`.
    #[inline(never)]
    #[track_caller]
    unsafe fn relocate_or_raise(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> (NonNull<T>, usize) {
        // SAFETY: the caller's promise.
        let moved = unsafe { Self::grow_amortized(memory, block, capacity, len, additional) };
        if let Some(moved) = moved {
            return moved;
        }
        // SAFETY: the caller's promise.
        match unsafe { Self::grow_exact(memory, block, len, additional) } {
            Ok(moved) => moved,
            Err(error) => error.raise(),
        }
    }

    /// [`grow`](Self::grow) by moving the elements.
    ///
    /// # Safety
    ///
    /// As for `grow`.
    #[inline(never)]
    unsafe fn relocate(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> Result<(NonNull<T>, usize), AllocError> {
        // SAFETY: the caller's promise.
        match unsafe { Self::grow_amortized(memory, block, capacity, len, additional) } {
            Some(moved) => Ok(moved),
            // SAFETY: the caller's promise.
            None => unsafe { Self::grow_exact(memory, block, len, additional) },
        }
    }

    /// Moves to a block of at least twice the capacity, so that pushing takes amortised constant time.
    ///
    /// # Safety
    ///
    /// As for `grow`.
    #[inline(always)]
    unsafe fn grow_amortized(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> Option<(NonNull<T>, usize)> {
        // Elements without size have been counted to the end here.
        let needed = len.checked_add(additional)?;
        // The bytes of a block fit an `isize`, and twice as many a `usize`.
        let ample = (2 * capacity).max(needed).max(Self::FIRST);
        let target = memory.allocate_or_none(Layout::array::<T>(ample).ok()?)?.cast();
        // SAFETY: a fresh block, which has more room.
        unsafe { Self::copy(block, target, len) };
        Some((target, ample))
    }

    /// Moves to a block of exactly the size needed, which may still fit if a limit forbids more.
    ///
    /// # Safety
    ///
    /// As for `grow`.
    #[cold]
    #[inline(never)]
    unsafe fn grow_exact(
        memory: &M,
        block: NonNull<T>,
        len: usize,
        additional: usize,
    ) -> Result<(NonNull<T>, usize), AllocError> {
        let needed = len.checked_add(additional).ok_or(AllocError::Overflow)?;
        let layout = Layout::array::<T>(needed).map_err(|_| AllocError::Overflow)?;
        let target = memory.try_allocate(layout)?.cast();
        // SAFETY: a fresh block, which has more room.
        unsafe { Self::copy(block, target, len) };
        Ok((target, needed))
    }

    /// # Safety
    ///
    /// The first `len` elements of `block` are initialised, and `target` is a fresh block with room for
    /// them.
    #[inline(always)]
    unsafe fn copy(block: NonNull<T>, target: NonNull<T>, len: usize) {
        if len > 0 {
            debug_assert!(target != block);
            // SAFETY: the caller's promise; a fresh block overlaps none that is in use.
            unsafe { target.copy_from_nonoverlapping(block, len) };
        }
    }
}
