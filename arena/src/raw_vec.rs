//! A growable buffer in an arena: what vectors, strings, frames and collected slices are made of.
//!
//! It grows in place as long as its block is the last one in the arena. While it is built, others may
//! allocate in the same arena; then it moves when it grows next.
//!
//! Rules:
//!
//! 1. `block` is a block of `memory` for `capacity` elements, or dangling while that is no bytes.
//! 2. The first `len` elements are initialised, and `len <= capacity`.
//! 3. Nobody else knows the block. Elements need no drop, so they may be forgotten at any time.

mod growth;

use core::alloc::Layout;
use core::mem;
#[cfg(feature = "bytes")]
use core::mem::MaybeUninit;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;
use core::slice;

use crate::copy::copy_bytes;
use crate::error::AllocError;
use crate::memory::Memory;
use crate::slice::as_slice;
use crate::value::assert_drop_is_not_needed;

/// Elements that need no drop, in a block that grows.
///
/// Functions that are rarely called take and return the parts, not `self`, so that the whole stays in registers.
pub(crate) struct RawVec<'a, T, M: Memory> {
    memory: &'a M,
    // Invariant: rules 1 to 3, for all three.
    block: NonNull<T>,
    capacity: usize,
    len: usize,
}

impl<'a, T, M: Memory> RawVec<'a, T, M> {
    const IS_ZERO_SIZED: bool = size_of::<T>() == 0;

    #[inline]
    #[track_caller]
    pub(crate) fn with_capacity(memory: &'a M, capacity: usize) -> Self {
        const { assert_drop_is_not_needed::<T>() };
        if capacity == 0 || Self::IS_ZERO_SIZED {
            return Self::empty(memory);
        }
        match Layout::array::<T>(capacity) {
            Ok(layout) => Self { memory, block: memory.allocate(layout).cast(), capacity, len: 0 },
            Err(_) => AllocError::Overflow.raise(),
        }
    }

    #[inline]
    pub(crate) fn try_with_capacity(memory: &'a M, capacity: usize) -> Result<Self, AllocError> {
        const { assert_drop_is_not_needed::<T>() };
        if capacity == 0 || Self::IS_ZERO_SIZED {
            return Ok(Self::empty(memory));
        }
        let layout = Layout::array::<T>(capacity).map_err(|_| AllocError::Overflow)?;
        Ok(Self { memory, block: memory.try_allocate(layout)?.cast(), capacity, len: 0 })
    }

    /// Without a block. There is room for any number of elements that have no size.
    #[inline]
    fn empty(memory: &'a M) -> Self {
        let capacity = if Self::IS_ZERO_SIZED { usize::MAX } else { 0 };
        Self { memory, block: NonNull::dangling(), capacity, len: 0 }
    }

    #[inline(always)]
    #[track_caller]
    pub(crate) fn push(&mut self, element: T) {
        self.reserve(1);
        // SAFETY: there is room for one.
        unsafe { self.push_within_capacity(element) };
    }

    #[inline(always)]
    #[track_caller]
    pub(crate) fn append(&mut self, elements: &[T])
    where
        T: Copy,
    {
        self.reserve(elements.len());
        // SAFETY: there is room for them.
        unsafe { self.append_within_capacity(elements) };
    }

    #[inline(always)]
    pub(crate) fn try_append(&mut self, elements: &[T]) -> Result<(), AllocError>
    where
        T: Copy,
    {
        self.try_reserve(elements.len())?;
        // SAFETY: there is room for them.
        unsafe { self.append_within_capacity(elements) };
        Ok(())
    }

    /// Makes room for `additional` elements. Does not return when there is none to be had.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn reserve(&mut self, additional: usize) {
        let Self { memory, block, capacity, len } = *self;
        if additional > capacity - len {
            // SAFETY: the parts of `self`, which are replaced.
            let grown = unsafe { Self::grow_or_raise(memory, block, capacity, len, additional) };
            (self.block, self.capacity) = grown;
        }
    }

    /// Makes room for `additional` elements.
    #[inline(always)]
    pub(crate) fn try_reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        let Self { memory, block, capacity, len } = *self;
        if additional > capacity - len {
            // SAFETY: the parts of `self`, which are replaced.
            let grown = unsafe { Self::grow(memory, block, capacity, len, additional) }?;
            (self.block, self.capacity) = grown;
        }
        Ok(())
    }

    /// Takes the last element out.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        let last = self.len.checked_sub(1)?;
        self.len = last;
        // SAFETY: last < capacity (rule 2), so this is inside the block.
        let place = unsafe { self.block.add(last) };
        // SAFETY: was initialised (rule 2), and is no element any more.
        Some(unsafe { place.read() })
    }

    /// Forgets the elements from `len` on, if there are as many.
    #[inline]
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    #[inline(always)]
    pub(crate) fn as_slice(&self) -> &[T] {
        // SAFETY: the first `len` elements are initialised (rule 2), and shared as long as `self` is.
        unsafe { slice::from_raw_parts(self.block.as_ptr(), self.len) }
    }

    #[inline(always)]
    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: the first `len` elements are initialised (rule 2), and nobody else's while `self` is
        // borrowed (rule 3).
        unsafe { as_slice(self.block, self.len) }
    }

    /// The room behind the last element.
    #[cfg(feature = "bytes")]
    #[inline]
    pub(crate) fn spare_mut(&mut self) -> &mut [MaybeUninit<T>] {
        // SAFETY: len <= capacity (rule 2), so this is inside the block or at its end.
        let spare = unsafe { self.block.add(self.len) };
        // SAFETY: the rest of the block is ours (rule 3), and may be uninitialised.
        unsafe { as_slice(spare.cast(), self.capacity - self.len) }
    }

    /// # Safety
    ///
    /// `additional` elements of the spare room have been initialised.
    #[cfg(feature = "bytes")]
    #[inline]
    pub(crate) unsafe fn assume_appended(&mut self, additional: usize) {
        debug_assert!(additional <= self.capacity - self.len);
        self.len += additional;
    }

    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Releases what was reserved for more.
    #[inline]
    pub(crate) fn finish(self) -> &'a mut [T] {
        let Self { memory, mut block, capacity, len } = self;
        if len < capacity && !Self::IS_ZERO_SIZED {
            // SAFETY: the parts of `self`, of which the block is replaced; its end is not used any more.
            block = unsafe { Self::trim(memory, block, capacity, len) };
        }
        // SAFETY: `len` elements are initialised (rule 2), and the block is ours no more.
        unsafe { as_slice(block, len) }
    }

    /// # Safety
    ///
    /// `len < capacity`.
    #[inline(always)]
    unsafe fn push_within_capacity(&mut self, element: T) {
        debug_assert!(self.len < self.capacity);
        // SAFETY: len < capacity, so this is inside the block.
        let place = unsafe { self.block.add(self.len) };
        // SAFETY: inside the block, which is ours (rule 3).
        unsafe { place.write(element) };
        self.len += 1;
    }

    /// # Safety
    ///
    /// There is room for as many elements.
    #[inline(always)]
    unsafe fn append_within_capacity(&mut self, elements: &[T])
    where
        T: Copy,
    {
        debug_assert!(elements.len() <= self.capacity - self.len);
        // SAFETY: len <= capacity (rule 2), so this is inside the block or at its end.
        let place = unsafe { self.block.add(self.len) };
        let source = elements.as_ptr().cast::<u8>();
        // SAFETY: the elements fit behind `len`; nobody else can refer to our block (rule 3).
        unsafe { copy_bytes(source, place.cast().as_ptr(), size_of_val(elements)) };
        self.len += elements.len();
    }

    /// Shortens the block with these parts; returns where it is.
    ///
    /// # Safety
    ///
    /// The parts are those of a `Self` whose elements from `len` on are not used any more.
    #[cold]
    #[inline(never)]
    unsafe fn trim(memory: &M, block: NonNull<T>, capacity: usize, len: usize) -> NonNull<T> {
        let elem_size = size_of::<T>();
        // SAFETY: the block has this size (rule 1), and len <= capacity. It was handed out for elements.
        unsafe { memory.trim(block.cast(), capacity * elem_size, len * elem_size) }.cast()
    }
}

/// A drop guard: a [`RawVec`] that releases its block unless it is finished, because of an error or of a panic in
/// the code that yields the elements.
pub(crate) struct RawVecGuard<'a, T, M: Memory>(RawVec<'a, T, M>);

impl<'a, T, M: Memory> RawVecGuard<'a, T, M> {
    #[inline]
    pub(crate) fn new(elements: RawVec<'a, T, M>) -> Self {
        Self(elements)
    }

    #[inline]
    pub(crate) fn finish(self) -> &'a mut [T] {
        let RawVec { memory, block, capacity, len } = self.0;
        mem::forget(self);
        RawVec { memory, block, capacity, len }.finish()
    }
}

impl<'a, T, M: Memory> Deref for RawVecGuard<'a, T, M> {
    type Target = RawVec<'a, T, M>;

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T, M: Memory> DerefMut for RawVecGuard<'_, T, M> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<T, M: Memory> Drop for RawVecGuard<'_, T, M> {
    #[inline]
    fn drop(&mut self) {
        let RawVec { memory, block, capacity, .. } = self.0;
        if size_of::<T>() != 0 {
            // SAFETY: the parts, which end with `self`.
            unsafe { RawVec::trim(memory, block, capacity, 0) };
        }
    }
}
