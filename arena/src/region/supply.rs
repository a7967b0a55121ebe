//! Where a region finds room when there is none in its current chunk.
//!
//! The global allocator is unknown code. It may be slow, and it may itself use the region that asks it for memory. So
//! a chunk is added in three steps: the region returns what it needs ([`ChunkRequest`]), the caller makes the chunk
//! without holding the region, and hands it over ([`Region::install`]), which takes into account what others did in
//! between.

use core::alloc::Layout;
use core::ptr::{self, NonNull};

use super::{FIRST_CHUNK, Region};
use crate::asan;
use crate::bump;
use crate::chunk::Chunk;
use crate::error::AllocError;

/// The chunk that a region needs to place a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChunkRequest {
    /// The block.
    layout: Layout,
    /// Bytes of data in the chunk.
    capacity: usize,
    /// Whether the chunk is for this one block.
    oversized: bool,
}

/// The result of looking for a place for a block.
#[derive(Debug)]
pub(crate) enum Placement {
    /// The block has been placed.
    Block(NonNull<u8>),
    /// There is no room until this chunk is made.
    NeedsChunk(ChunkRequest),
}

/// The result of installing a requested chunk.
#[derive(Debug)]
pub(crate) struct Installed {
    /// The block that the chunk was requested for, unless others have used up the limit in between.
    pub(crate) block: Result<NonNull<u8>, AllocError>,
    /// The chunk, if it is not needed after all. The caller frees it; the call is already counted.
    pub(crate) unused: Option<Chunk>,
}

impl ChunkRequest {
    /// Makes the chunk. If the allocator cannot supply the preferred capacity, falls back to the size of a first
    /// chunk, or of the block.
    pub(crate) fn make(self) -> Result<Chunk, AllocError> {
        let align = self.layout.align();
        let min = self.layout.size().max(FIRST_CHUNK);
        match Chunk::allocate(self.capacity, align) {
            Err(_) if min < self.capacity => Chunk::allocate(min, align),
            made => made,
        }
    }

    /// The layout of the block that the chunk is for.
    pub(crate) fn layout(self) -> Layout {
        self.layout
    }
}

impl Region {
    #[cold]
    #[inline(never)]
    #[track_caller]
    pub(super) fn allocate_or_raise(&self, layout: Layout) -> NonNull<u8> {
        match self.allocate_or_explain(layout) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn allocate_slow(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.allocate_or_explain(layout).ok()
    }

    #[cold]
    #[inline(never)]
    pub(super) fn allocate_or_explain(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let request = match self.place(layout)? {
            Placement::Block(block) => return Ok(block),
            Placement::NeedsChunk(request) => request,
        };
        let Installed { block, unused } = self.install(request, request.make()?);
        drop(unused);
        block
    }

    /// A block for `layout` in the chunks that are there, or what is lacking for it.
    pub(crate) fn place(&self, layout: Layout) -> Result<Placement, AllocError> {
        let size = layout.size();
        if size == 0 {
            return Ok(Placement::Block(dangling(layout.align())));
        }
        if let Some(block) = self.bump(layout).or_else(|| self.bump_in_spare(layout)) {
            return Ok(Placement::Block(block));
        }
        let remaining = self.remaining();
        if size > remaining {
            return Err(self.limit_error(layout));
        }
        let next = self.next_capacity.get();
        let regular = if size <= next { next } else { self.raised_capacity() };
        let oversized = size > regular;
        let capacity = if oversized { size } else { regular.min(remaining) };
        Ok(Placement::NeedsChunk(ChunkRequest { layout, capacity, oversized }))
    }

    /// Bytes of data in the next regular chunk when a block is too large for `next_capacity`.
    ///
    /// Oversized chunks raise it, so each of them is larger than all before it together, and equal
    /// blocks of any size share chunks from the second on. A single outlier raises it for blocks
    /// that are large themselves and leaves `next_capacity` as it is.
    fn raised_capacity(&self) -> usize {
        let doubled = bump::doubled(self.next_capacity.get()).max(FIRST_CHUNK);
        doubled.saturating_add(self.oversized.capacity())
    }

    /// Installs the chunk made for `request` and places the block. If others have used up the
    /// limit or installed another chunk in between, the chunk is returned unused.
    pub(crate) fn install(&self, request: ChunkRequest, chunk: Chunk) -> Installed {
        let layout = request.layout;
        self.count_allocator_call();
        let block = if layout.size() > self.remaining() {
            Err(self.limit_error(layout))
        } else if request.oversized {
            return Installed { block: Ok(self.enter_oversized(chunk, layout)), unused: None };
        } else if let Some(block) = self.bump(layout) {
            Ok(block)
        } else {
            self.enter(chunk);
            let block = self.bump(layout);
            debug_assert!(block.is_some());
            return Installed { block: block.ok_or(AllocError::Overflow), unused: None };
        };
        self.count_allocator_call();
        Installed { block, unused: Some(chunk) }
    }

    /// Puts in a chunk for this one block, which leaves the cursor where it is.
    fn enter_oversized(&self, chunk: Chunk, layout: Layout) -> NonNull<u8> {
        let block = chunk.start();
        debug_assert_eq!(layout.size(), chunk.requested());
        asan::unpoison(block, layout.size());
        self.oversized.push(chunk);
        self.set_used(self.used() + layout.size());
        block
    }

    /// Sets the number of bytes in use to `used`. The cursor stays, so the base moves; and the end, as far as the limit
    /// and the chunk let it.
    fn set_used(&self, used: usize) {
        let cursor = self.cursor.get().addr().get();
        self.base.set(bump::base(cursor, used));
        let chunk_end = self.chunks.top(Chunk::end).unwrap_or(self.end.get());
        self.end.set(bump::limited_end(cursor, chunk_end, self.limit - used));
    }

    /// Makes a block shorter that has a chunk of its own, down to nothing, and the chunk with it. Returns
    /// where the block is. Does nothing if it is not the block of the chunk that was made last.
    ///
    /// # Safety
    ///
    /// As for [`trim`](Region::trim).
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn trim_oversized(
        &self,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> NonNull<u8> {
        // A block of size zero can stand anywhere.
        if old == 0 || self.oversized.top(Chunk::start) != Some(block) {
            return block;
        }
        let Some(chunk) = self.oversized.pop() else { return block };
        // As much is counted for the block as its chunk was made for, which is more than `old` if it has
        // been shortened in place.
        let counted = chunk.requested();
        debug_assert!(old <= counted);
        // Meanwhile nobody knows the chunk, and its block counts as used: should the allocator use this
        // region, the limit holds (rule 4).
        let mut moved = block;
        if new == 0 {
            self.free(chunk);
        } else {
            let capacity = chunk.capacity();
            let chunk = chunk.shrink(new);
            if chunk.capacity() < capacity {
                self.count_allocator_call();
            }
            moved = chunk.start();
            asan::poison(moved, chunk.capacity());
            asan::unpoison(moved, new);
            self.oversized.push(chunk);
        }
        self.peak.set(self.peak());
        self.set_used(self.used() - (counted - new));
        moved
    }

    /// Goes on to the spare chunk that would be next, if the block fits there.
    fn bump_in_spare(&self, layout: Layout) -> Option<NonNull<u8>> {
        let remaining = self.remaining();
        let fits = |chunk: &Chunk| {
            let start = chunk.start().addr().get();
            let end = bump::limited_end(start, chunk.end(), remaining);
            bump::place(start, end, layout.size(), layout.align()).is_some()
        };
        if !self.spare.top(fits)? {
            return None;
        }
        self.enter(self.spare.pop()?);
        self.bump(layout)
    }

    fn limit_error(&self, layout: Layout) -> AllocError {
        AllocError::Limit { requested: layout.size(), used: self.used(), limit: self.limit }
    }
}

/// Where a block of no bytes stands.
pub(crate) fn dangling(align: usize) -> NonNull<u8> {
    debug_assert!(align.is_power_of_two());
    // SAFETY: an alignment is not zero.
    unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(align)) }
}
