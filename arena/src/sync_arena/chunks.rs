//! The chunks of a shared arena, and how one is added: what stands behind the installer's lock.

use core::ptr::NonNull;

use super::cursor::Cursor;
use crate::asan;
use crate::bump;
use crate::chunk::{Chunk, ChunkList};
use crate::error::AllocError;
use crate::region::FIRST_CHUNK;
use crate::retention::Plan;

/// Chunks and their bookkeeping.
#[derive(Debug)]
pub(super) struct Chunks {
    /// Chunks that begin with a [`Cursor`]; the open one, if there is one, is on top.
    regular: ChunkList,
    /// Chunks that hold one large block each, and no cursor.
    oversized: ChunkList,
    /// The cursor on top of `regular`, unless that chunk is closed. Invariant: live.
    open: Option<NonNull<Cursor>>,
    /// Bytes handed out in closed and oversized chunks.
    closed_used: usize,
    /// Bytes of data in the next regular chunk.
    next_capacity: usize,
    /// Bytes that may be handed out. Invariant: `closed_used` plus the capacity of the open chunk is
    /// at most this.
    limit: usize,
    allocator_calls: u64,
}

/// What [`Chunks::make_room`] has found.
pub(super) enum Room {
    /// A new open chunk, from which the caller may take its block.
    Open(NonNull<Cursor>),
    /// The block itself, in a chunk of its own.
    Apart(NonNull<u8>),
}

impl Chunks {
    pub(super) const fn new(first_capacity: usize, limit: usize) -> Self {
        Self {
            regular: ChunkList::new(),
            oversized: ChunkList::new(),
            open: None,
            closed_used: 0,
            next_capacity: first_capacity,
            limit,
            allocator_calls: 0,
        }
    }

    /// Makes room for a step that the open chunk has no room for, for a block of `size` bytes. On return, also of an error,
    /// an open chunk that was exhausted is open no more.
    pub(super) fn make_room(&mut self, step: usize, size: usize) -> Result<Room, AllocError> {
        if self.open().is_some_and(Cursor::is_exhausted) {
            self.close();
        }
        self.check_limit(step, size)?;
        if step > self.next_capacity {
            if self.reserved() > self.limit - step {
                self.close();
                self.check_limit(step, size)?;
            }
            return self.allocate_apart(step).map(Room::Apart);
        }
        self.close();
        // Other threads may have taken more since the first check.
        self.check_limit(step, size)?;
        let capacity = self.next_capacity.min(self.limit - self.closed_used);
        let open = self.allocate_open(capacity)?;
        Ok(Room::Open(open))
    }

    /// Gives back all blocks and follows `plan` for what memory to keep.
    ///
    /// # Safety
    ///
    /// No other thread knows a cursor or a block of this arena any more.
    pub(super) unsafe fn reset(&mut self, plan: Plan) {
        self.open = None;
        self.closed_used = 0;
        self.next_capacity = plan.target().max(FIRST_CHUNK);
        while let Some(chunk) = self.oversized.pop() {
            self.free(chunk);
        }
        let mut kept = None;
        while let Some(chunk) = self.regular.pop() {
            // SAFETY: chunks in `regular` begin with a live cursor, which nobody else knows.
            unsafe { Cursor::retire(chunk.start().cast()) };
            if kept.is_none() && plan.keeps(data_capacity(&chunk)) {
                kept = Some(chunk);
            } else {
                self.free(chunk);
            }
        }
        if let Some(chunk) = kept {
            let capacity = data_capacity(&chunk).min(self.limit);
            self.install(chunk, capacity);
        }
    }

    /// The cursor of the open chunk.
    pub(super) fn open(&self) -> Option<&Cursor> {
        // SAFETY: the open cursor is live.
        self.open.map(|cursor| unsafe { cursor.as_ref() })
    }

    /// The same with provenance over its chunk.
    pub(super) fn open_ptr(&self) -> Option<NonNull<Cursor>> {
        self.open
    }

    /// Bytes handed out.
    pub(super) fn used(&self) -> usize {
        self.closed_used + self.open().map_or(0, Cursor::used)
    }

    /// Bytes of data that all chunks can hold.
    pub(super) fn capacity(&self) -> usize {
        let cursors = self.regular.len() * size_of::<Cursor>();
        self.regular.capacity() - cursors + self.oversized.capacity()
    }

    /// The number of regular chunks and of oversized ones.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.regular.len(), self.oversized.len())
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn allocator_calls(&self) -> u64 {
        self.allocator_calls
    }

    /// Makes a chunk of `capacity` bytes and opens it.
    pub(super) fn allocate_open(&mut self, capacity: usize) -> Result<NonNull<Cursor>, AllocError> {
        debug_assert!(self.open.is_none());
        let size = capacity.checked_add(size_of::<Cursor>()).ok_or(AllocError::Overflow)?;
        let chunk = Chunk::allocate(size, align_of::<Cursor>())?;
        self.allocator_calls += 1;
        Ok(self.install(chunk, capacity))
    }

    fn allocate_apart(&mut self, step: usize) -> Result<NonNull<u8>, AllocError> {
        let chunk = Chunk::allocate(step, super::steps::GRAIN)?;
        self.allocator_calls += 1;
        self.closed_used += step;
        let block = chunk.start();
        self.oversized.push(chunk);
        Ok(block)
    }

    /// Opens `chunk`, which must have room for a cursor and `capacity` bytes.
    fn install(&mut self, chunk: Chunk, capacity: usize) -> NonNull<Cursor> {
        debug_assert!(capacity <= data_capacity(&chunk));
        let cursor = chunk.start().cast::<Cursor>();
        debug_assert!(cursor.is_aligned());
        asan::unpoison(chunk.start(), size_of::<Cursor>());
        // SAFETY: the chunk is this arena's alone, large enough for a cursor and aligned for one.
        unsafe { cursor.write(Cursor::new(capacity)) };
        self.next_capacity = bump::doubled(capacity.max(FIRST_CHUNK / 2));
        self.regular.push(chunk);
        self.open = Some(cursor);
        cursor
    }

    /// Closes the open chunk, whose use is final then.
    fn close(&mut self) {
        let used = self.open().map_or(0, Cursor::close);
        self.open = None;
        self.closed_used += used;
    }

    fn check_limit(&self, step: usize, size: usize) -> Result<(), AllocError> {
        let (used, limit) = (self.used(), self.limit);
        if step > limit - used {
            return Err(AllocError::Limit { requested: size, used, limit });
        }
        Ok(())
    }

    /// Bytes that count as used for the limit as long as the open chunk is open: other threads take
    /// from it without asking.
    fn reserved(&self) -> usize {
        self.closed_used + self.open().map_or(0, Cursor::capacity)
    }

    fn free(&mut self, chunk: Chunk) {
        drop(chunk);
        self.allocator_calls += 1;
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        self.open = None;
        while let Some(chunk) = self.regular.pop() {
            // SAFETY: chunks in `regular` begin with a live cursor, and whoever drops the arena has
            // it alone.
            unsafe { Cursor::retire(chunk.start().cast()) };
        }
    }
}

/// Bytes of data behind the cursor of a regular chunk.
fn data_capacity(chunk: &Chunk) -> usize {
    chunk.capacity() - size_of::<Cursor>()
}
