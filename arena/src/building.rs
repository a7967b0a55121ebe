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

    /// [`try_allocate`](Self::try_allocate) without the reason.
    fn allocate_or_none(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.try_allocate(layout).ok()
    }

    /// [`resize`](Self::resize) without the reason.
    ///
    /// # Safety
    ///
    /// As for `resize`, and `new` is not smaller.
    unsafe fn grow_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        // SAFETY: the caller's promise.
        unsafe { self.resize(block, old, new) }.ok()
    }

    /// [`resize`](Self::resize) without the reason.
    ///
    /// # Safety
    ///
    /// As for `resize`, and `new` is not larger.
    unsafe fn shrink_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        // SAFETY: the caller's promise.
        unsafe { self.resize(block, old, new) }.ok()
    }

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
///
/// What is rarely called takes and returns the parts, not `self`: so the whole stays in registers
/// while it is built.
pub(crate) struct Building<'a, T, M: Memory> {
    memory: &'a M,
    // Invariant: a block of `memory` for `capacity` elements, the first `len` of which are
    // initialised; dangling while the capacity is 0.
    block: NonNull<T>,
    capacity: usize,
    len: usize,
}

impl<'a, T, M: Memory> Building<'a, T, M> {
    #[inline]
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

    #[inline]
    pub(crate) fn as_slice(&self) -> &[T] {
        // SAFETY: the first `len` elements are initialised, and shared as long as `self` is.
        unsafe { slice::from_raw_parts(self.block.as_ptr(), self.len) }
    }

    #[inline]
    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: the first `len` elements are initialised, and nobody else's while `self` is borrowed.
        unsafe { as_slice(self.block, self.len) }
    }

    /// The room behind the last element.
    #[cfg(feature = "bytes")]
    #[inline]
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
    #[inline]
    pub(crate) unsafe fn assume_appended(&mut self, additional: usize) {
        debug_assert!(additional <= self.capacity - self.len);
        self.len += additional;
    }

    #[inline]
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Gives back what was reserved for more.
    #[inline]
    pub(crate) fn finish(self) -> &'a mut [T] {
        if self.len < self.capacity {
            // Shrinking in place cannot fail; a block that is not the last one stays as it is.
            let _ = Self::resized(self.memory, self.block, self.capacity, self.len);
        }
        let (block, len) = (self.block, self.len);
        mem::forget(self);
        // SAFETY: `len` elements are initialised, and the block is ours no more.
        unsafe { as_slice(block, len) }
    }

    /// Makes room for `additional` elements.
    #[inline]
    pub(crate) fn reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        let Self { memory, block, capacity, len } = *self;
        if additional > capacity - len {
            (self.block, self.capacity) = Self::grown(memory, block, capacity, len, additional)?;
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn grown(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        len: usize,
        additional: usize,
    ) -> Result<(NonNull<T>, usize), AllocError> {
        let needed = len.checked_add(additional).ok_or(AllocError::Overflow)?;
        let amortised = capacity.saturating_mul(2).max(needed).max(8);
        // Where a limit forbids the reserve, what is needed may still fit.
        Self::resized(memory, block, capacity, amortised)
            .map(|block| (block, amortised))
            .or_else(|_| Ok((Self::resized(memory, block, capacity, needed)?, needed)))
    }

    /// The block of `capacity` elements at `block`, with room for `new`. To be called with the parts
    /// of a `Self`, which is to forget them if this succeeds.
    #[inline]
    fn resized(
        memory: &M,
        block: NonNull<T>,
        capacity: usize,
        new: usize,
    ) -> Result<NonNull<T>, AllocError> {
        let new = Layout::array::<T>(new).map_err(|_| AllocError::Overflow)?;
        // SAFETY: the block was handed out for this layout, or is dangling and has no bytes.
        unsafe { memory.resize(block.cast(), Self::layout(capacity), new) }.map(NonNull::cast)
    }

    #[cold]
    #[inline(never)]
    fn give_back(memory: &M, block: NonNull<T>, capacity: usize) {
        // SAFETY: the block was handed out for this layout, or is dangling and has no bytes.
        unsafe { memory.deallocate(block.cast(), Self::layout(capacity)) }
    }

    fn layout(capacity: usize) -> Layout {
        // Was computed without overflow when the block was made.
        Layout::array::<T>(capacity).unwrap_or(Layout::new::<()>())
    }
}

impl<T, M: Memory> Drop for Building<'_, T, M> {
    /// An unfinished slice: an error, or a panic in what yields the elements.
    #[inline]
    fn drop(&mut self) {
        Self::give_back(self.memory, self.block, self.capacity);
    }
}
