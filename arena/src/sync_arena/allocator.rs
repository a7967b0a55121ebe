//! A shared arena as the allocator of collections.

use core::alloc::Layout;
use core::ptr::{self, NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use super::SyncArena;
use crate::asan;

// SAFETY: blocks stay valid and in place until the arena is reset or dropped, for which no `&SyncArena`
// may be left; copies of a reference stand for the same arena. Blocks do not overlap (rule 2 of
// `cursor`).
unsafe impl Allocator for &SyncArena {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let block = self.allocate_block(layout).map_err(|_| AllocError)?;
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    /// Does nothing: memory comes back with the reset.
    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        asan::poison(block, layout.size());
    }

    #[inline]
    unsafe fn grow(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        debug_assert!(old.size() <= new.size());
        let extended = old.size() > 0
            && is_aligned_for(block, new)
            && self.extend(block, old.size(), new.size());
        if extended {
            asan::unpoison(block, new.size());
            return Ok(NonNull::slice_from_raw_parts(block, new.size()));
        }
        // SAFETY: the caller's promise.
        unsafe { self.relocate(block, old, new) }
    }

    #[inline]
    unsafe fn grow_zeroed(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        let grown = unsafe { self.grow(block, old, new) }?;
        // SAFETY: the old size is not above the new one.
        let tail = unsafe { grown.cast::<u8>().add(old.size()) };
        // SAFETY: the block has `new.size()` bytes from its start.
        unsafe { tail.write_bytes(0, new.size() - old.size()) };
        Ok(grown)
    }

    #[inline]
    unsafe fn shrink(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        debug_assert!(old.size() >= new.size());
        if is_aligned_for(block, new) {
            return Ok(NonNull::slice_from_raw_parts(block, new.size()));
        }
        // SAFETY: the caller's promise.
        unsafe { self.relocate(block, old, new) }
    }
}

impl SyncArena {
    /// Moves a block to a new place.
    ///
    /// # Safety
    ///
    /// `block` was allocated here with `old`, and is not used after this has succeeded.
    unsafe fn relocate(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        let target = Allocator::allocate(&self, new)?;
        let len = old.size().min(new.size());
        // SAFETY: both blocks have at least `len` bytes; a fresh block overlaps no other.
        unsafe { ptr::copy_nonoverlapping(block.as_ptr(), target.cast().as_ptr(), len) };
        asan::poison(block, old.size());
        Ok(target)
    }
}

/// Whether `block` stands where `layout` may stand.
#[inline(always)]
fn is_aligned_for(block: NonNull<u8>, layout: Layout) -> bool {
    super::steps::padding(block.addr().get(), layout.align()) == 0
}
