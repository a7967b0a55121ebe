//! Arenas and scopes as allocators for collections.
//!
//! Both versions of `allocator-api2` that are in use have the same trait, so both get the same
//! implementation.

use core::alloc::Layout;
use core::ptr::NonNull;

use crate::arena::Arena;
use crate::memory::Memory;
use crate::scope::Scope;
use crate::sync_arena::SyncArena;

/// `$region` is how to come from `self` to the region.
macro_rules! allocator {
    ($api:path, $type:ty, |$this:ident| $region:expr) => {
        const _: () = {
            use $api::{AllocError, Allocator};

            // SAFETY: blocks stay valid and in place while the arena is borrowed, which it is by the
            // allocator and all its copies; a block is reused only when it was released through one
            // of them.
            unsafe impl Allocator for $type {
                #[inline(always)]
                fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
                    let $this = self;
                    match $region.allocate_or_none(layout) {
                        Some(block) => Ok(NonNull::slice_from_raw_parts(block, layout.size())),
                        None => Err(AllocError),
                    }
                }

                #[inline(always)]
                unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
                    let $this = self;
                    // SAFETY: the caller's promise is the same.
                    unsafe { Memory::shrink_in_place(&$region, block, layout.size(), 0) }
                }

                #[inline(always)]
                unsafe fn grow(
                    &self,
                    block: NonNull<u8>,
                    old: Layout,
                    new: Layout,
                ) -> Result<NonNull<[u8]>, AllocError> {
                    debug_assert!(new.size() >= old.size());
                    let $this = self;
                    // SAFETY: the caller's promise is the same.
                    match unsafe { $region.grow_or_none(block, old, new) } {
                        Some(block) => Ok(NonNull::slice_from_raw_parts(block, new.size())),
                        None => Err(AllocError),
                    }
                }

                #[inline(always)]
                unsafe fn grow_zeroed(
                    &self,
                    block: NonNull<u8>,
                    old: Layout,
                    new: Layout,
                ) -> Result<NonNull<[u8]>, AllocError> {
                    // SAFETY: the caller's promise is the same.
                    let grown = unsafe { self.grow(block, old, new) }?;
                    // SAFETY: old.size() <= new.size(), within the block.
                    let tail = unsafe { grown.cast::<u8>().add(old.size()) };
                    // SAFETY: the block ends `new.size()` bytes behind its start.
                    unsafe { tail.write_bytes(0, new.size() - old.size()) };
                    Ok(grown)
                }

                #[inline(always)]
                unsafe fn shrink(
                    &self,
                    block: NonNull<u8>,
                    old: Layout,
                    new: Layout,
                ) -> Result<NonNull<[u8]>, AllocError> {
                    debug_assert!(new.size() <= old.size());
                    let $this = self;
                    // SAFETY: the caller's promise is the same.
                    match unsafe { $region.shrink_or_none(block, old, new) } {
                        Some(block) => Ok(NonNull::slice_from_raw_parts(block, new.size())),
                        None => Err(AllocError),
                    }
                }
            }
        };
    };
}

allocator!(allocator_api2::alloc, &Arena, |this| this.region);
allocator!(allocator_api2::alloc, &Scope<'_>, |this| this.arena.region);
allocator!(allocator_api2::alloc, &SyncArena, |this| **this);
#[cfg(feature = "allocator-api2-02")]
allocator!(allocator_api2_02::alloc, &Arena, |this| this.region);
#[cfg(feature = "allocator-api2-02")]
allocator!(allocator_api2_02::alloc, &Scope<'_>, |this| this.arena.region);
#[cfg(feature = "allocator-api2-02")]
allocator!(allocator_api2_02::alloc, &SyncArena, |this| **this);
