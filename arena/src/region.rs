//! The memory of an arena: a cursor that walks through chunks.
//!
//! Everything here is about bytes; what lies in them is the business of the callers. Rules:
//!
//! 1. `cursor..end` lies within the chunk on top of `chunks` and no block handed out overlaps it;
//!    without a chunk it is empty.
//! 2. A block is handed out by moving the cursor past it, and given back only by moving the cursor
//!    back to its start, by [`rewind`](Region::rewind) or by [`reset`](Region::reset).
//! 3. Memory below `floor` in the current chunk belongs to an outer scope: the cursor goes there
//!    through `rewind` only.
//! 4. No reference into the region's own state is held while the global allocator runs, which is
//!    code that we do not know.

use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::{self, NonNull};

use crate::asan;
use crate::bump;
use crate::chunk::{Chunk, ChunkList};
use crate::error::AllocError;
use crate::retention::Plan;

/// Bytes of data in the first chunk, unless the builder says otherwise: with header and the
/// bookkeeping of `malloc` just below a page.
pub(crate) const FIRST_CHUNK: usize = 4096 - 64;

/// A bump cursor and its chunks.
#[derive(Debug)]
pub(crate) struct Region {
    // Invariant: rule 1, and `floor <= cursor <= end` in address.
    cursor: Cell<NonNull<u8>>,
    end: Cell<usize>,
    floor: Cell<usize>,
    /// What the cursor's address would be if nothing were in use.
    base: Cell<usize>,
    /// Most bytes that were in use since the last reset, as seen when the cursor last went back.
    peak: Cell<usize>,
    /// Chunks that hold blocks; the cursor is in the one on top.
    chunks: ChunkList,
    /// Regular chunks that became empty at the end of a child scope.
    spare: ChunkList,
    /// Chunks that were made for one large block each. They never hold the cursor.
    oversized: ChunkList,
    /// Bytes of data in the next regular chunk.
    next_capacity: Cell<usize>,
    /// Bytes that may be in use. Invariant: `used() <= limit`.
    limit: usize,
    allocator_calls: Cell<u64>,
}

/// A state to which [`Region::rewind`] returns.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    cursor: NonNull<u8>,
    end: usize,
    floor: usize,
    base: usize,
    chunks: usize,
    oversized: usize,
}

impl Region {
    /// A region without memory. `capacity` is for the first chunk.
    pub(crate) const fn new(capacity: usize, limit: usize) -> Self {
        // Any address serves: `cursor..end` is empty. Not null, because a block of no bytes may be
        // placed there.
        let nowhere = NonNull::<u8>::dangling();
        Self {
            cursor: Cell::new(nowhere),
            end: Cell::new(1),
            floor: Cell::new(1),
            base: Cell::new(1),
            peak: Cell::new(0),
            chunks: ChunkList::new(),
            spare: ChunkList::new(),
            oversized: ChunkList::new(),
            next_capacity: Cell::new(capacity),
            limit,
            allocator_calls: Cell::new(0),
        }
    }

    /// Makes the first chunk now.
    pub(crate) fn warm_up(&self) -> Result<(), AllocError> {
        let capacity = self.next_capacity.get().min(self.limit);
        if capacity > 0 {
            self.enter(self.take_chunk(capacity, 1)?);
        }
        Ok(())
    }

    /// Gives back all blocks and follows `plan` for what memory to keep.
    pub(crate) fn reset(&mut self, plan: Plan) {
        self.free_oversized(0);
        let mut kept = None;
        while let Some(chunk) = self.chunks.pop().or_else(|| self.spare.pop()) {
            if kept.is_none() && plan.keeps(chunk.capacity()) {
                kept = Some(chunk);
            } else {
                self.free(chunk);
            }
        }
        self.stand_nowhere();
        self.peak.set(0);
        match kept {
            Some(chunk) => self.enter(chunk),
            None => self.next_capacity.set(plan.target().max(FIRST_CHUNK)),
        }
    }

    /// A block for `layout`. Does not return when there is none to be had.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn allocate(&self, layout: Layout) -> NonNull<u8> {
        match self.bump(layout) {
            Some(block) => block,
            None => self.allocate_or_raise(layout),
        }
    }

    /// A block for `layout`, or the reason why there is none.
    #[inline(always)]
    pub(crate) fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        match self.bump(layout) {
            Some(block) => Ok(block),
            None => self.allocate_slow(layout),
        }
    }

    /// A block for `layout`, if there is room in the current chunk.
    #[inline(always)]
    fn bump(&self, layout: Layout) -> Option<NonNull<u8>> {
        let cursor = self.cursor.get();
        let end = self.end.get();
        let block = bump::place(cursor.addr().get(), end, layout.size(), layout.align())?;
        self.cursor.set(at(cursor, block.end));
        let start = at(cursor, block.start);
        asan::unpoison(start, layout.size());
        Some(start)
    }

    /// Changes the size of a block. In place if it is the last one of the current scope and there is
    /// room, otherwise by moving it.
    ///
    /// # Safety
    ///
    /// `block` was handed out by this region for `old` and not given back since. It must not be
    /// used after this has succeeded.
    #[inline]
    pub(crate) unsafe fn resize(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<u8>, AllocError> {
        let start = block.addr().get();
        if self.is_last(block, old.size()) && start & (new.align() - 1) == 0 {
            if let Some(cursor) = bump::resize(start, self.end.get(), new.size()) {
                self.move_cursor(block, start + old.size(), cursor);
                return Ok(block);
            }
        } else if new.size() <= old.size() && start & (new.align() - 1) == 0 {
            return Ok(block);
        }
        // SAFETY: the caller's promise.
        unsafe { self.relocate(block, old, new) }
    }

    /// Gives a block back. Only the last block of the current scope can be used again before the
    /// scope ends.
    ///
    /// # Safety
    ///
    /// `block` was handed out by this region for `layout` and not given back since. It must not be
    /// used any more.
    #[inline]
    pub(crate) unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        if self.is_last(block, layout.size()) {
            let start = block.addr().get();
            self.move_cursor(block, start + layout.size(), start);
        }
    }

    /// Bytes in use, with what alignment cost.
    #[inline]
    pub(crate) fn used(&self) -> usize {
        bump::used(self.cursor.get().addr().get(), self.base.get())
    }

    /// Most bytes in use since the last reset.
    #[inline]
    pub(crate) fn peak(&self) -> usize {
        self.peak.get().max(self.used())
    }

    /// Bytes of data that all chunks can hold.
    pub(crate) fn capacity(&self) -> usize {
        self.chunks.capacity() + self.spare.capacity() + self.oversized.capacity()
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// The number of regular chunks and of oversized ones.
    pub(crate) fn chunk_counts(&self) -> (usize, usize) {
        (self.chunks.len() + self.spare.len(), self.oversized.len())
    }

    pub(crate) fn allocator_calls(&self) -> u64 {
        self.allocator_calls.get()
    }

    /// Begins a scope: from now on, blocks that exist keep their size and place.
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let cursor = self.cursor.get();
        let floor = self.floor.replace(cursor.addr().get());
        Checkpoint {
            cursor,
            end: self.end.get(),
            floor,
            base: self.base.get(),
            chunks: self.chunks.len(),
            oversized: self.oversized.len(),
        }
    }

    /// Ends a scope: gives back all blocks that were handed out since the checkpoint.
    ///
    /// # Safety
    ///
    /// None of those blocks is used any more. The checkpoint is this region's; it has not been
    /// reset since, nor rewound to an earlier checkpoint.
    pub(crate) unsafe fn rewind(&self, checkpoint: &Checkpoint) {
        debug_assert!(self.chunks.len() >= checkpoint.chunks);
        self.peak.set(self.peak());
        while self.chunks.len() > checkpoint.chunks {
            let Some(chunk) = self.chunks.pop() else { break };
            asan::poison(chunk.start(), chunk.capacity());
            self.spare.push(chunk);
        }
        self.free_oversized(checkpoint.oversized);
        self.cursor.set(checkpoint.cursor);
        self.end.set(checkpoint.end);
        self.floor.set(checkpoint.floor);
        self.base.set(checkpoint.base);
        asan::poison(checkpoint.cursor, checkpoint.end - checkpoint.cursor.addr().get());
    }

    #[inline(always)]
    fn is_last(&self, block: NonNull<u8>, size: usize) -> bool {
        let cursor = self.cursor.get().addr().get();
        // A block of no bytes can stand anywhere, even on the cursor: it is nobody's last.
        size != 0 && bump::is_last(block.addr().get(), size, cursor, self.floor.get())
    }

    /// Moves the cursor from `old` to `new`, both in or at the end of `block`'s memory.
    #[inline(always)]
    fn move_cursor(&self, block: NonNull<u8>, old: usize, new: usize) {
        if new < old {
            self.peak.set(self.peak());
            asan::poison(at(block, new), old - new);
        } else {
            asan::unpoison(at(block, old), new - old);
        }
        self.cursor.set(at(block, new));
    }

    /// # Safety
    ///
    /// As for [`resize`](Self::resize).
    #[inline(never)]
    unsafe fn relocate(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<u8>, AllocError> {
        let target = self.try_allocate(new)?;
        debug_assert!(old.size() == 0 || target != block);
        // SAFETY: the caller vouches for `block`; `target` is fresh and does not overlap it
        // (rule 2); both have the smaller of the two sizes.
        unsafe {
            ptr::copy_nonoverlapping(block.as_ptr(), target.as_ptr(), old.size().min(new.size()));
        };
        Ok(target)
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn allocate_or_raise(&self, layout: Layout) -> NonNull<u8> {
        match self.allocate_slow(layout) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    #[cold]
    #[inline(never)]
    fn allocate_slow(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let size = layout.size();
        if size == 0 {
            return Ok(dangling(layout.align()));
        }
        let used = self.used();
        let remaining = self.limit - used;
        if size > remaining {
            return Err(AllocError::Limit { requested: size, used, limit: self.limit });
        }
        if let Some(chunk) = self.take_spare(layout, remaining) {
            self.enter(chunk);
        } else {
            let next = self.next_capacity.get();
            let capacity = if size <= next { next } else { FIRST_CHUNK }.min(remaining);
            if size > capacity {
                return self.allocate_oversized(layout);
            }
            let chunk = self.take_chunk(capacity, layout.align())?;
            self.enter(chunk);
        }
        let block = self.bump(layout);
        debug_assert!(block.is_some());
        block.ok_or(AllocError::Overflow)
    }

    /// A chunk for this one block, which leaves the cursor where it is.
    fn allocate_oversized(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let chunk = self.take_chunk(layout.size(), layout.align())?;
        let block = chunk.start();
        asan::unpoison(block, layout.size());
        self.oversized.push(chunk);
        // The cursor stays, so the base moves to count the block as used; the end may have to come
        // nearer for the limit's sake.
        let cursor = self.cursor.get().addr().get();
        let used = self.used() + layout.size();
        self.base.set(bump::base(cursor, used));
        self.end.set(bump::limited_end(cursor, self.end.get(), self.limit - used));
        Ok(block)
    }

    /// The spare chunk that would be next, if the block fits there.
    fn take_spare(&self, layout: Layout, remaining: usize) -> Option<Chunk> {
        let fits = |chunk: &Chunk| {
            let start = chunk.start().addr().get();
            let end = bump::limited_end(start, chunk.end(), remaining);
            bump::place(start, end, layout.size(), layout.align()).is_some()
        };
        if self.spare.top(fits)? { self.spare.pop() } else { None }
    }

    fn take_chunk(&self, capacity: usize, align: usize) -> Result<Chunk, AllocError> {
        let chunk = Chunk::allocate(capacity, align)?;
        self.count_allocator_call();
        Ok(chunk)
    }

    /// Makes `chunk` the current one. The rest of the one before stays unused.
    fn enter(&self, chunk: Chunk) {
        let used = self.used();
        let start = chunk.start();
        let address = start.addr().get();
        self.cursor.set(start);
        self.end.set(bump::limited_end(address, chunk.end(), self.limit - used));
        self.floor.set(address);
        self.base.set(bump::base(address, used));
        self.next_capacity.set(bump::doubled(chunk.capacity()).max(FIRST_CHUNK));
        asan::poison(start, chunk.capacity());
        self.chunks.push(chunk);
    }

    /// The state of a region without chunks and without blocks.
    fn stand_nowhere(&self) {
        debug_assert_eq!(self.chunks.len() + self.oversized.len(), 0);
        self.cursor.set(NonNull::dangling());
        self.end.set(1);
        self.floor.set(1);
        self.base.set(1);
    }

    fn free_oversized(&self, keep: usize) {
        while self.oversized.len() > keep {
            let Some(chunk) = self.oversized.pop() else { break };
            self.free(chunk);
        }
    }

    fn free(&self, chunk: Chunk) {
        drop(chunk);
        self.count_allocator_call();
    }

    fn count_allocator_call(&self) {
        self.allocator_calls.set(self.allocator_calls.get() + 1);
    }
}

/// `pointer`, with its provenance, at another address in the same chunk.
#[inline(always)]
fn at(pointer: NonNull<u8>, address: usize) -> NonNull<u8> {
    debug_assert_ne!(address, 0);
    // SAFETY: an address in a chunk, or where the empty region stands, is not null.
    let address = unsafe { core::num::NonZeroUsize::new_unchecked(address) };
    pointer.with_addr(address)
}

/// Where a block of no bytes stands.
fn dangling(align: usize) -> NonNull<u8> {
    debug_assert!(align.is_power_of_two());
    // SAFETY: an alignment is not zero.
    unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(align)) }
}
