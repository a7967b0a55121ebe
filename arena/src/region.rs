//! The memory of an arena: a cursor that walks through chunks.
//!
//! This module deals in bytes; callers decide what they hold. Rules:
//!
//! 1. `cursor..end` lies within the chunk on top of `chunks` and no block handed out overlaps it;
//!    without a chunk it is empty.
//! 2. A block is handed out by moving the cursor past it, and released only by moving the cursor
//!    back to its start, by [`rewind`](Region::rewind) or by [`reset`](Region::reset). One that is too large
//!    has a chunk of its own and is released with it.
//! 3. Memory below `floor` in the current chunk belongs to an outer scope: the cursor goes there
//!    through `rewind` only.
//! 4. Where the region is shared, its state is consistent while the global allocator runs, because that is unknown
//!    code, which may use the same region ([`supply`] says how). `rewind` and `reset` have exclusive access.
//! 5. A block that has a chunk of its own is trimmed or released only while no child of the scope that made it is
//!    open, because a child records how many chunks there were when it began.

mod lease;
mod supply;

use core::alloc::Layout;
use core::cell::Cell;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::ptr::{self, NonNull};

use crate::asan;
use crate::bump::{self, Block};
use crate::chunk::{Chunk, ChunkList};
use crate::error::AllocError;
use crate::memory::Growth;
use crate::retention::{FLOOR, Plan};

pub(crate) use self::lease::Lease;
pub(crate) use self::supply::{ChunkRequest, Installed, Placement, dangling};

/// Bytes of data in the first chunk, unless the builder says otherwise: with header and the
/// bookkeeping of `malloc` just below a page.
///
/// What first sizes and factors of growth cost a cold arena (calls of the allocator, bytes of all chunks,
/// least of 61 rounds in ns):
///
/// | first chunk, growth | a request of 0.5 KiB | 1.5 KiB | 32 KiB |
/// |---|---|---|---|
/// | 448, x2 | 2, 4,480, 220 | 2, 4,480, 278 | 5, 60,928, 3,500 |
/// | 960, x2 | 1, 960, 129 | 2, 4,992, 332 | 5, 61,440, 3,000 |
/// | 4,032, x2 | 1, 4,032, 149 | 1, 4,032, 233 | 4, 60,480, 3,300 |
/// | 16,320, x2 | 1, 16,320, 174 | 1, 16,320, 248 | 2, 48,960, 3,400 |
/// | 4,032, x1.5 | 1, 4,032, 155 | 1, 4,032, 230 | 5, 53,200, 3,800 |
/// | 4,032, x4 | 1, 4,032, 150 | 1, 4,032, 227 | 3, 84,672, 2,900 |
///
/// A page serves most requests with one call. The factor hardly matters, because the next request has a single
/// chunk: two holds at most about twice what is used, four holds more.
pub(crate) const FIRST_CHUNK: usize = 4096 - 64;

/// Where the cursor of a region without chunks stands. Nothing is ever written there: `cursor..end`
/// is empty. Not null, because a block of size zero may be placed there.
const NOWHERE: NonNull<u8> = NonNull::dangling();
const NOWHERE_ADDRESS: usize = align_of::<u8>();

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
    /// Chunks that were made for one large block each, at their start. They never hold the cursor.
    oversized: ChunkList,
    /// Bytes of data in the next regular chunk.
    next_capacity: Cell<usize>,
    /// Bytes that may be in use. Invariant: `used() <= limit`.
    limit: usize,
    allocator_calls: Cell<u64>,
}

// No user code runs while the state is inconsistent.
impl UnwindSafe for Region {}
impl RefUnwindSafe for Region {}

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
        Self {
            cursor: Cell::new(NOWHERE),
            end: Cell::new(NOWHERE_ADDRESS),
            floor: Cell::new(NOWHERE_ADDRESS),
            base: Cell::new(NOWHERE_ADDRESS),
            peak: Cell::new(0),
            chunks: ChunkList::new(),
            spare: ChunkList::new(),
            oversized: ChunkList::new(),
            next_capacity: Cell::new(capacity),
            limit,
            allocator_calls: Cell::new(0),
        }
    }

    /// Makes the first chunk now, unless it would be empty.
    pub(crate) fn warm_up(&self, capacity: usize) -> Result<(), AllocError> {
        let capacity = capacity.min(self.limit);
        if capacity > 0 {
            self.enter(Chunk::allocate(capacity, 1)?);
            self.count_allocator_call();
        }
        Ok(())
    }

    /// Releases all blocks, where there is a single chunk and it stays.
    #[inline(always)]
    pub(crate) fn rewind_to_start(&mut self) {
        debug_assert!(self.chunks.len() == 1 && self.spare.len() + self.oversized.len() == 0);
        // With a single chunk the base is its start, and the end and the floor are where they were.
        let start = self.move_cursor(self.base.get());
        debug_assert_eq!(self.chunks.top(Chunk::start), Some(start));
        debug_assert_eq!(self.floor.get(), start.addr().get());
        self.peak.set(0);
        asan::poison(start, self.end.get() - start.addr().get());
    }

    /// Releases all blocks and follows `plan` for what memory to keep: one chunk at most.
    pub(crate) fn reset(&mut self, plan: Plan) {
        self.free_oversized(0);
        let mut kept = None;
        while let Some(chunk) = self.chunks.pop().or_else(|| self.spare.pop()) {
            if kept.is_none() && Self::is_kept(&chunk, plan) {
                kept = Some(chunk);
            } else {
                self.free(chunk);
            }
        }
        self.peak.set(0);
        self.stand_at(NOWHERE, 0, 0);
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
            None => self.allocate_or_explain(layout),
        }
    }

    /// A block for `layout`, if there is one to be had. An `Option` comes back in a register, a
    /// `Result` with its reason through memory, which shows in the loops of collections.
    #[inline(always)]
    pub(crate) fn allocate_or_none(&self, layout: Layout) -> Option<NonNull<u8>> {
        match self.bump(layout) {
            Some(block) => Some(block),
            None => self.allocate_slow(layout),
        }
    }

    /// A block for a `T`, which may have no bytes. Does not return when there is none to be had.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn allocate_for<T>(&self) -> NonNull<T> {
        match self.bump_for::<T>() {
            Some(block) => block,
            None => self.allocate_or_raise(Layout::new::<T>()).cast(),
        }
    }

    /// A block for a `T`, which may have no bytes, or the reason why there is none.
    #[inline(always)]
    pub(crate) fn try_allocate_for<T>(&self) -> Result<NonNull<T>, AllocError> {
        match self.bump_for::<T>() {
            Some(block) => Ok(block),
            None => self.allocate_or_explain(Layout::new::<T>()).map(NonNull::cast),
        }
    }

    /// A block for a `T`, if there is room in the current chunk. All branches but the last are
    /// decided at compile time.
    #[inline(always)]
    fn bump_for<T>(&self) -> Option<NonNull<T>> {
        let layout = Layout::new::<T>();
        if layout.size() == 0 {
            return Some(NonNull::dangling());
        }
        let place = if layout.size().saturating_add(layout.align()) <= bump::HEADROOM {
            bump::place_small
        } else {
            bump::place
        };
        self.bump_by(layout, place).map(NonNull::cast)
    }

    /// A block for `layout`, if there is room in the current chunk.
    #[inline(always)]
    fn bump(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.bump_by(layout, bump::place)
    }

    #[inline(always)]
    fn bump_by(
        &self,
        layout: Layout,
        place: fn(usize, usize, usize, usize) -> Option<Block>,
    ) -> Option<NonNull<u8>> {
        let cursor = self.cursor.get();
        let block = place(cursor.addr().get(), self.end.get(), layout.size(), layout.align())?;
        self.cursor.set(at(cursor, block.end));
        let start = at(cursor, block.start);
        asan::unpoison(start, layout.size());
        Some(start)
    }

    /// Makes a block larger. In place if it is the last one of the current scope and there is room,
    /// otherwise by moving it.
    ///
    /// # Safety
    ///
    /// `block` was handed out by this region for `old` and not released since, and `new` is not
    /// smaller. `block` must not be used after this has succeeded.
    #[inline(always)]
    pub(crate) unsafe fn grow_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        debug_assert!(new.size() >= old.size());
        let start = block.addr().get();
        if is_aligned(block, old, new) && self.is_last(block, old.size()) {
            if let Some(end) = bump::resize(start, self.end.get(), new.size()) {
                let cursor = self.move_cursor(end);
                let block = at(cursor, start);
                asan::unpoison(block, new.size());
                return Some(block);
            }
        }
        // SAFETY: the caller's promise.
        unsafe { self.relocate(block, old, new) }
    }

    /// Makes a block smaller. It moves only to be aligned better.
    ///
    /// # Safety
    ///
    /// `block` was handed out by this region for `old` and not released since, and `new` is not
    /// larger. `block` must not be used after this has succeeded.
    #[inline]
    pub(crate) unsafe fn shrink_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        debug_assert!(new.size() <= old.size());
        if !is_aligned(block, old, new) {
            // SAFETY: the caller's promise.
            return unsafe { self.relocate(block, old, new) };
        }
        // SAFETY: the caller's promise.
        unsafe { self.shrink_in_place(block, old.size(), new.size()) };
        Some(block)
    }

    /// Makes a block longer in place and returns by how many elements. `None` if it is not the last one
    /// of the current scope, or if there is not even room for `min`.
    #[inline(always)]
    pub(crate) fn grow_in_place(
        &self,
        block: NonNull<u8>,
        size: usize,
        Growth { min, preferred, elem_size }: Growth,
    ) -> Option<usize> {
        debug_assert!(min <= preferred);
        if !self.is_last(block, size) {
            return None;
        }
        let cursor = self.cursor.get().addr().get();
        let more = preferred.min((self.end.get() - cursor) / elem_size);
        if more < min {
            return None;
        }
        let longer = size + more * elem_size;
        self.move_cursor(block.addr().get() + longer);
        asan::unpoison(block, longer);
        Some(more)
    }

    /// Makes a block shorter in place, down to nothing. What it releases can be used again before
    /// the scope ends if the block is the last one of the current scope, or has a chunk of its own of
    /// which nothing is left.
    ///
    /// # Safety
    ///
    /// `block` is one of `old` bytes that was handed out by this region and not released since, and
    /// `new` is not more. Its end must not be used any more.
    #[inline(always)]
    pub(crate) unsafe fn shrink_in_place(&self, block: NonNull<u8>, old: usize, new: usize) {
        debug_assert!(new <= old);
        if self.is_last(block, old) {
            self.peak.set(self.peak());
            let cursor = self.move_cursor(block.addr().get() + new);
            asan::poison(cursor, old - new);
        } else if new == 0 && self.oversized.len() > 0 {
            // SAFETY: the caller's promise.
            unsafe { self.trim_oversized(block, old, 0) };
        }
    }

    /// [`shrink_in_place`](Self::shrink_in_place) where a block that has a chunk of its own moves with it when that is
    /// made shorter. Returns where the block is.
    ///
    /// # Safety
    ///
    /// As for `shrink_in_place`, and from now on the block is used by way of what this returns. Its alignment is
    /// the one that it was handed out for.
    #[inline(always)]
    pub(crate) unsafe fn trim(&self, block: NonNull<u8>, old: usize, new: usize) -> NonNull<u8> {
        if new == 0 || self.oversized.len() == 0 || self.is_last(block, old) {
            // SAFETY: the caller's promise.
            unsafe { self.shrink_in_place(block, old, new) };
            return block;
        }
        // SAFETY: the caller's promise.
        unsafe { self.trim_oversized(block, old, new) }
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

    /// Bytes that all chunks hold, with the padding of those that are over-aligned.
    pub(crate) fn capacity(&self) -> usize {
        self.chunks.held() + self.spare.held() + self.oversized.held()
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Bytes that may still be handed out.
    pub(crate) fn remaining(&self) -> usize {
        self.limit - self.used()
    }

    /// Whether there is a chunk that the cursor goes through.
    pub(crate) fn has_chunk(&self) -> bool {
        self.chunks.len() > 0
    }

    /// Whether `plan` keeps the chunk. One that alignment has made more than twice as large as what it can
    /// hold is not kept, unless it is small: a few bytes aligned to 16 MiB must not pin as many.
    fn is_kept(chunk: &Chunk, plan: Plan) -> bool {
        chunk.padding() <= chunk.capacity().max(FLOOR) && plan.keeps(chunk.capacity())
    }

    /// Whether `plan` keeps the current chunk.
    pub(crate) fn keeps_chunk(&self, plan: Plan) -> bool {
        self.chunks.top(|chunk| Self::is_kept(chunk, plan)) == Some(true)
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

    /// Ends a scope: releases all blocks that were handed out since the checkpoint.
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
        // A block of size zero can be anywhere, even at the cursor: it is never the last one.
        size != 0 && bump::is_last(block.addr().get(), size, cursor, self.floor.get())
    }

    /// Moves the cursor within its chunk. The provenance stays the chunk's: a block that a collection
    /// hands back may have no more than its own bytes.
    #[inline(always)]
    fn move_cursor(&self, address: usize) -> NonNull<u8> {
        let cursor = at(self.cursor.get(), address);
        self.cursor.set(cursor);
        cursor
    }

    /// Copies a block to where there is room for its new size.
    ///
    /// # Safety
    ///
    /// `block` was handed out by this region for `old` and not released since. It must not be used
    /// after this has succeeded.
    #[cold]
    #[inline(never)]
    unsafe fn relocate(&self, block: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>> {
        let target = self.allocate_or_none(new)?;
        let size = old.size().min(new.size());
        debug_assert!(size == 0 || target != block);
        // SAFETY: the caller vouches for `block`; `target` is fresh and does not overlap it
        // (rule 2); both have the smaller of the two sizes.
        unsafe { ptr::copy_nonoverlapping(block.as_ptr(), target.as_ptr(), size) };
        Some(target)
    }

    /// Makes `chunk` the current one. The rest of the one before stays unused.
    fn enter(&self, chunk: Chunk) {
        self.stand_at(chunk.start(), chunk.capacity(), self.used());
        self.next_capacity.set(bump::doubled(chunk.capacity()).max(FIRST_CHUNK));
        self.chunks.push(chunk);
    }

    /// Puts the cursor at the start of a chunk, while `used` bytes are in use elsewhere.
    #[inline]
    fn stand_at(&self, start: NonNull<u8>, capacity: usize, used: usize) {
        let address = start.addr().get();
        self.cursor.set(start);
        self.end.set(bump::limited_end(address, address + capacity, self.limit - used));
        self.floor.set(address);
        self.base.set(bump::base(address, used));
        asan::poison(start, capacity);
    }

    /// Whether `start..start + len` lies in one of the chunks.
    #[cfg(test)]
    pub(crate) fn holds(&self, start: usize, len: usize) -> bool {
        let lists = [&self.chunks, &self.oversized];
        lists.iter().any(|list| {
            list.any(|chunk| chunk.start().addr().get() <= start && start + len <= chunk.end())
        })
    }

    /// Where the data of the current chunk begins and ends.
    #[cfg(test)]
    pub(crate) fn current_chunk(&self) -> (usize, usize) {
        self.chunks.top(|chunk| (chunk.start().addr().get(), chunk.end())).unwrap()
    }

    fn free_oversized(&self, keep: usize) {
        while self.oversized.len() > keep {
            let Some(chunk) = self.oversized.pop() else { break };
            self.free(chunk);
        }
    }

    fn free(&self, chunk: Chunk) {
        self.count_allocator_call();
        drop(chunk);
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

/// Whether a block made for `old` has the alignment of `new`.
#[inline(always)]
fn is_aligned(block: NonNull<u8>, old: Layout, new: Layout) -> bool {
    new.align() <= old.align() || block.addr().get() & (new.align() - 1) == 0
}
