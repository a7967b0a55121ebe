//! A slice under construction, whose length is not known in advance.
//!
//! It grows in place as long as its block is the last one in the arena. While it is built, others may
//! allocate in the same arena; then it moves when it grows next.

use core::alloc::Layout;
use core::mem;
use core::ptr::NonNull;

use crate::arena::Arena;
use crate::copy::copy_bytes;
use crate::error::AllocError;
use crate::slice::as_slice;

/// Elements that need no drop, in a block that grows.
pub(crate) struct Building<'a, T> {
    arena: &'a Arena,
    // Invariant: a block of `arena` for `capacity` elements, the first `len` of which are
    // initialised; dangling while the capacity is 0.
    block: NonNull<T>,
    capacity: usize,
    len: usize,
}

impl<'a, T> Building<'a, T> {
    pub(crate) fn with_capacity(arena: &'a Arena, capacity: usize) -> Result<Self, AllocError> {
        const { assert!(!mem::needs_drop::<T>()) };
        let mut building = Self { arena, block: NonNull::dangling(), capacity: 0, len: 0 };
        if capacity > 0 {
            building.resize(capacity)?;
        }
        Ok(building)
    }

    #[inline]
    pub(crate) fn push(&mut self, element: T) -> Result<(), AllocError> {
        self.reserve(1)?;
        debug_assert!(self.len < self.capacity);
        // SAFETY: len < capacity, so this is inside the block.
        let place = unsafe { self.block.add(self.len) };
        // SAFETY: inside the block, which is ours.
        unsafe { place.write(element) };
        self.len += 1;
        Ok(())
    }

    #[inline]
    pub(crate) fn append(&mut self, elements: &[T]) -> Result<(), AllocError>
    where
        T: Copy,
    {
        self.reserve(elements.len())?;
        debug_assert!(elements.len() <= self.capacity - self.len);
        // SAFETY: len <= capacity, so this is inside the block or at its end.
        let place = unsafe { self.block.add(self.len) };
        let source = elements.as_ptr().cast::<u8>();
        // SAFETY: the elements fit behind `len`; nobody else can refer to our block.
        unsafe { copy_bytes(source, place.cast().as_ptr(), size_of_val(elements)) };
        self.len += elements.len();
        Ok(())
    }

    /// Gives back what was reserved for more.
    pub(crate) fn finish(mut self) -> &'a mut [T] {
        if self.len < self.capacity {
            // Shrinking in place cannot fail; a block that is not the last one stays as it is.
            let _ = self.resize(self.len);
        }
        let (block, len) = (self.block, self.len);
        mem::forget(self);
        // SAFETY: `len` elements are initialised, and the block is ours no more.
        unsafe { as_slice(block, len) }
    }

    #[inline]
    fn reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        if additional > self.capacity - self.len { self.grow(additional) } else { Ok(()) }
    }

    #[cold]
    fn grow(&mut self, additional: usize) -> Result<(), AllocError> {
        let needed = self.len.checked_add(additional).ok_or(AllocError::Overflow)?;
        let amortised = self.capacity.saturating_mul(2).max(needed).max(8);
        // Where a limit forbids the reserve, what is needed may still fit.
        self.resize(amortised).or_else(|_| self.resize(needed))
    }

    fn resize(&mut self, capacity: usize) -> Result<(), AllocError> {
        let new = Layout::array::<T>(capacity).map_err(|_| AllocError::Overflow)?;
        // SAFETY: the block was handed out for this layout, or is dangling and has no bytes.
        let block = unsafe { self.arena.region.resize(self.block.cast(), self.layout(), new) }?;
        self.block = block.cast();
        self.capacity = capacity;
        Ok(())
    }

    fn layout(&self) -> Layout {
        // Was computed without overflow when the block was made.
        Layout::array::<T>(self.capacity).unwrap_or(Layout::new::<()>())
    }
}

impl<T> Drop for Building<'_, T> {
    /// An unfinished slice: an error, or a panic in what yields the elements.
    fn drop(&mut self) {
        // SAFETY: the block was handed out for this layout, or is dangling and has no bytes.
        unsafe { self.arena.region.deallocate(self.block.cast(), self.layout()) }
    }
}
