//! Where blocks come from: what collections and slices under construction ask of an arena, whichever
//! it is.

use core::alloc::Layout;
use core::ptr::NonNull;

use crate::error::AllocError;
use crate::region::Region;

/// By how many elements a block is to grow in place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Growth {
    /// What is needed.
    pub(crate) min: usize,
    /// What is taken if there is room. Not less.
    pub(crate) preferred: usize,
    /// Bytes of an element. Not 0.
    pub(crate) elem_size: usize,
}

/// An arena's memory, in blocks.
pub(crate) trait Memory {
    /// A block for `layout`, or the reason why there is none.
    fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError>;

    /// A block for `layout`. Does not return when there is none to be had.
    #[track_caller]
    fn allocate(&self, layout: Layout) -> NonNull<u8>;

    /// A block for `layout`, if there is one to be had. An `Option` comes back in a register, a
    /// `Result` with its reason through memory, which shows in the loops of collections.
    fn allocate_or_none(&self, layout: Layout) -> Option<NonNull<u8>>;

    /// Makes a block longer in place and returns by how many elements. `None` if it is not the last one,
    /// or if there is not even room for `min`.
    ///
    /// # Safety
    ///
    /// `block` is one of `size` bytes that was handed out here and not released since.
    unsafe fn grow_in_place(
        &self,
        block: NonNull<u8>,
        size: usize,
        growth: Growth,
    ) -> Option<usize>;

    /// Makes a block shorter in place, down to nothing. What it releases is used again at once only
    /// if the block is the last one, or has a chunk of its own of which nothing is left.
    ///
    /// # Safety
    ///
    /// `block` is one of `old` bytes that was handed out here and not released since, and `new` is
    /// not more. Its end must not be used any more.
    unsafe fn shrink_in_place(&self, block: NonNull<u8>, old: usize, new: usize);

    /// [`shrink_in_place`](Self::shrink_in_place) where the block may move, if that is what it takes to release its
    /// end. Returns where it is.
    ///
    /// # Safety
    ///
    /// As for `shrink_in_place`, and from now on the block is used by way of what this returns. It was handed out
    /// aligned as it has to be, not found to be so by chance.
    #[inline(always)]
    unsafe fn trim(&self, block: NonNull<u8>, old: usize, new: usize) -> NonNull<u8> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.shrink_in_place(block, old, new) };
        block
    }

    /// Makes a block larger, in place or by moving it.
    ///
    /// # Safety
    ///
    /// `block` was handed out here for `old` and not released since, and `new` is not smaller.
    /// `block` must not be used after this has succeeded.
    unsafe fn grow_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>>;

    /// Makes a block smaller. It moves only to be aligned better.
    ///
    /// # Safety
    ///
    /// `block` was handed out here for `old` and not released since, and `new` is not larger.
    /// `block` must not be used after this has succeeded.
    unsafe fn shrink_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>>;
}

impl Memory for Region {
    #[inline(always)]
    fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        self.try_allocate(layout)
    }

    #[inline(always)]
    #[track_caller]
    fn allocate(&self, layout: Layout) -> NonNull<u8> {
        self.allocate(layout)
    }

    #[inline(always)]
    fn allocate_or_none(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.allocate_or_none(layout)
    }

    #[inline(always)]
    unsafe fn grow_in_place(
        &self,
        block: NonNull<u8>,
        size: usize,
        growth: Growth,
    ) -> Option<usize> {
        self.grow_in_place(block, size, growth)
    }

    #[inline(always)]
    unsafe fn shrink_in_place(&self, block: NonNull<u8>, old: usize, new: usize) {
        // SAFETY: the caller's promise is the same.
        unsafe { self.shrink_in_place(block, old, new) }
    }

    #[inline(always)]
    unsafe fn trim(&self, block: NonNull<u8>, old: usize, new: usize) -> NonNull<u8> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.trim(block, old, new) }
    }

    #[inline(always)]
    unsafe fn grow_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.grow_or_none(block, old, new) }
    }

    #[inline(always)]
    unsafe fn shrink_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.shrink_or_none(block, old, new) }
    }
}
