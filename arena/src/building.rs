//! A slice under construction, whose length is not known in advance.
//!
//! It grows in place as long as its block is the last one in the arena. While it is built, others may
//! allocate in the same arena; then it moves when it grows next.

use core::alloc::Layout;
use core::mem;
#[cfg(feature = "bytes")]
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::slice;

use crate::copy::copy_bytes;
use crate::error::AllocError;
use crate::region::Region;
use crate::slice::as_slice;

/// Where a slice under construction takes its block from.
pub(crate) trait Memory {
    /// A block for `layout`, or the reason why there is none.
    fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError>;

    /// Changes the size of a block; see [`Region::resize`].
    ///
    /// # Safety
    ///
    /// `block` was handed out here for `old` and not given back since, or `old` has no bytes. It must
    /// not be used after this has succeeded.
    unsafe fn resize(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<u8>, AllocError>;

    /// Gives a block back; see [`Region::deallocate`].
    ///
    /// # Safety
    ///
    /// As for `resize`. The block must not be used any more.
    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout);
}

impl Memory for Region {
    #[inline(always)]
    fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        self.try_allocate(layout)
    }

    #[inline]
    unsafe fn resize(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<u8>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { self.resize(block, old, new) }
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.deallocate(block, layout) }
    }
}

/// Elements that need no drop, in a block that grows.
pub(crate) struct Building<'a, T, M: Memory> {
    memory: &'a M,
    // Invariant: a block of `memory` for `capacity` elements, the first `len` of which are
    // initialised; dangling while the capacity is 0.
    block: NonNull<T>,
    capacity: usize,
    len: usize,
}

impl<'a, T, M: Memory> Building<'a, T, M> {
    pub(crate) fn with_capacity(memory: &'a M, capacity: usize) -> Result<Self, AllocError> {
        const { assert!(!mem::needs_drop::<T>()) };
        let layout = Layout::array::<T>(capacity).map_err(|_| AllocError::Overflow)?;
        let block =
            if capacity == 0 { NonNull::dangling() } else { memory.try_allocate(layout)?.cast() };
        Ok(Self { memory, block, capacity, len: 0 })
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

    pub(crate) fn as_slice(&self) -> &[T] {
        // SAFETY: the first `len` elements are initialised, and shared as long as `self` is.
        unsafe { slice::from_raw_parts(self.block.as_ptr(), self.len) }
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: the first `len` elements are initialised, and nobody else's while `self` is borrowed.
        unsafe { as_slice(self.block, self.len) }
    }

    /// The room behind the last element.
    #[cfg(feature = "bytes")]
    pub(crate) fn spare_mut(&mut self) -> &mut [MaybeUninit<T>] {
        // SAFETY: len <= capacity, so this is inside the block or at its end.
        let spare = unsafe { self.block.add(self.len) };
        // SAFETY: the rest of the block is ours, and may be uninitialised.
        unsafe { as_slice(spare.cast(), self.capacity - self.len) }
    }

    /// # Safety
    ///
    /// `additional` elements of the spare room have been initialised.
    #[cfg(feature = "bytes")]
    pub(crate) unsafe fn assume_appended(&mut self, additional: usize) {
        debug_assert!(additional <= self.capacity - self.len);
        self.len += additional;
    }

    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Gives back what was reserved for more.
    #[inline]
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

    /// Makes room for `additional` elements.
    #[inline]
    pub(crate) fn reserve(&mut self, additional: usize) -> Result<(), AllocError> {
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
        let block = unsafe { self.memory.resize(self.block.cast(), self.layout(), new) }?;
        self.block = block.cast();
        self.capacity = capacity;
        Ok(())
    }

    fn layout(&self) -> Layout {
        // Was computed without overflow when the block was made.
        Layout::array::<T>(self.capacity).unwrap_or(Layout::new::<()>())
    }
}

impl<T, M: Memory> Drop for Building<'_, T, M> {
    /// An unfinished slice: an error, or a panic in what yields the elements.
    fn drop(&mut self) {
        // SAFETY: the block was handed out for this layout, or is dangling and has no bytes.
        unsafe { self.memory.deallocate(self.block.cast(), self.layout()) }
    }
}
