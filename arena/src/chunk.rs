//! Chunks: the memory that an arena takes from the global allocator, and lists of them.
//!
//! Rules that the unsafe code here relies on:
//!
//! 1. A [`Chunk`] owns its allocation: `header` points to an initialised [`Header`] at its start,
//!    and `header.layout` is the layout it was allocated with, until `Chunk` is dropped.
//! 2. Data lies in `offset..layout.size()` of the allocation, where `offset` is the first multiple of
//!    `layout.align()` behind the header; a header is never handed out as data, so two chunks that are
//!    neighbours in memory are still at least one header apart.
//! 3. A [`ChunkList`] owns the chunks that are linked to it; a chunk is in one list at most.

use core::alloc::Layout;
use core::cell::Cell;
use core::mem::{self, ManuallyDrop};
use core::ptr::NonNull;
use std::alloc::{alloc, dealloc, realloc};

use crate::asan;
use crate::bump::{self, CHUNK_ALIGN};
use crate::error::AllocError;

/// One allocation. Dropping it frees the memory.
#[derive(Debug)]
pub(crate) struct Chunk {
    // Invariant: rule 1.
    header: NonNull<Header>,
}

/// What stands before a chunk's data.
#[repr(C, align(16))]
struct Header {
    /// The chunk below this one in its list.
    next: Cell<Option<NonNull<Header>>>,
    /// How the whole was allocated.
    layout: Layout,
    /// Bytes of data that were asked for.
    requested: usize,
}

const _: () = assert!(align_of::<Header>() == CHUNK_ALIGN);

impl Chunk {
    /// How to allocate a chunk for at least `capacity` bytes of data, the first of which is aligned
    /// to `align`, and where they begin in it. `None` if the size does not fit an `isize`.
    fn layout(capacity: usize, align: usize) -> Option<Layout> {
        let align = align.max(CHUNK_ALIGN);
        let capacity = bump::chunk_capacity(capacity)?;
        let (offset, size) = bump::chunk_layout(size_of::<Header>(), capacity, align)?;
        debug_assert_eq!(offset, Header::offset(align));
        Layout::from_size_align(size, align).ok()
    }

    /// Allocates a chunk for at least `capacity` bytes of data, the first of which is aligned to
    /// `align`.
    pub(crate) fn allocate(capacity: usize, align: usize) -> Result<Self, AllocError> {
        let layout = Self::layout(capacity, align).ok_or(AllocError::Overflow)?;
        debug_assert!(layout.size() >= size_of::<Header>());
        // SAFETY: the layout holds a header, so its size is not zero.
        let memory = unsafe { alloc(layout) };
        let header = NonNull::new(memory.cast::<Header>()).ok_or(AllocError::Memory { layout })?;
        debug_assert!(header.is_aligned());
        // SAFETY: freshly allocated, large enough for a header and aligned for one (`align` is at
        // least the header's). This establishes rule 1.
        unsafe { header.write(Header { next: Cell::new(None), layout, requested: capacity }) };
        let chunk = Self { header };
        if !bump::leaves_headroom(chunk.end()) {
            return Err(AllocError::Memory { layout });
        }
        asan::poison(chunk.start(), chunk.capacity());
        Ok(chunk)
    }

    /// The first byte of data, valid for [`capacity`](Self::capacity) bytes.
    pub(crate) fn start(&self) -> NonNull<u8> {
        let offset = self.header().data();
        debug_assert!(offset <= self.header().layout.size());
        // SAFETY: the offset lies within the allocation (rule 2), whose provenance `header` has.
        unsafe { self.header.cast::<u8>().add(offset) }
    }

    /// The address behind the last byte of data.
    pub(crate) fn end(&self) -> usize {
        self.header.addr().get() + self.header().layout.size()
    }

    /// Bytes of data.
    pub(crate) fn capacity(&self) -> usize {
        self.header().layout.size() - self.header().data()
    }

    /// Bytes of data that it was made for, or last [shrunk](Self::shrink) to.
    pub(crate) fn requested(&self) -> usize {
        self.header().requested
    }

    /// Bytes before the data that serve alignment only.
    pub(crate) fn padding(&self) -> usize {
        self.header().data() - size_of::<Header>()
    }

    /// Releases the data behind the first `capacity` bytes; the chunk may move. It stays as it is if the
    /// global allocator refuses.
    pub(crate) fn shrink(self, capacity: usize) -> Self {
        debug_assert!(capacity <= self.requested());
        let layout = self.header().layout;
        let shorter = Self::layout(capacity, layout.align());
        asan::unpoison(self.start(), self.capacity());
        let moved = shorter.filter(|shorter| shorter.size() < layout.size()).and_then(|shorter| {
            // SAFETY: allocated with this layout and owned (rule 1). The new size is less than the old
            // one, and not zero because it holds a header.
            let memory = unsafe { realloc(self.header.as_ptr().cast(), layout, shorter.size()) };
            Some((NonNull::new(memory.cast::<Header>())?, shorter))
        });
        let (header, layout) = moved.unwrap_or((self.header, layout));
        mem::forget(self);
        debug_assert!(header.is_aligned());
        let parts = Header { next: Cell::new(None), layout, requested: capacity };
        // SAFETY: the header has moved with the rest, and nobody else knows the chunk. This establishes
        // rule 1 again.
        unsafe { header.write(parts) };
        Self { header }
    }

    fn header(&self) -> &Header {
        // SAFETY: rule 1; nobody writes to a header but through its `Cell`.
        unsafe { self.header.as_ref() }
    }
}

impl Header {
    /// Where data begins in an allocation with this alignment.
    const fn offset(align: usize) -> usize {
        size_of::<Self>().next_multiple_of(align)
    }

    fn data(&self) -> usize {
        Self::offset(self.layout.align())
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        asan::unpoison(self.start(), self.capacity());
        let layout = self.header().layout;
        // SAFETY: allocated with this layout, and owned (rule 1).
        unsafe { dealloc(self.header.as_ptr().cast(), layout) }
    }
}

/// A stack of chunks. Dropping it frees them.
#[derive(Debug)]
pub(crate) struct ChunkList {
    // Invariant: rule 3; `len` chunks are linked from here through `Header::next`.
    head: Cell<Option<NonNull<Header>>>,
    len: Cell<usize>,
}

impl ChunkList {
    pub(crate) const fn new() -> Self {
        Self { head: Cell::new(None), len: Cell::new(0) }
    }

    pub(crate) fn len(&self) -> usize {
        self.len.get()
    }

    pub(crate) fn push(&self, chunk: Chunk) {
        let chunk = ManuallyDrop::new(chunk);
        chunk.header().next.set(self.head.get());
        self.head.set(Some(chunk.header));
        self.len.set(self.len.get() + 1);
    }

    #[inline]
    pub(crate) fn pop(&self) -> Option<Chunk> {
        let chunk = Chunk { header: self.head.get()? };
        self.head.set(chunk.header().next.get());
        self.len.set(self.len.get() - 1);
        Some(chunk)
    }

    /// What `view` sees of the chunk on top.
    pub(crate) fn top<R>(&self, view: impl FnOnce(&Chunk) -> R) -> Option<R> {
        // Not owned here: the list goes on owning it (rule 3).
        let chunk = ManuallyDrop::new(Chunk { header: self.head.get()? });
        Some(view(&chunk))
    }

    /// Bytes of data in all chunks. Takes time in proportion to their number.
    pub(crate) fn capacity(&self) -> usize {
        self.sum(Chunk::capacity)
    }

    /// Bytes of data in all chunks, and of the padding before it.
    pub(crate) fn held(&self) -> usize {
        self.sum(|chunk| chunk.padding() + chunk.capacity())
    }

    fn sum(&self, bytes: impl Fn(&Chunk) -> usize) -> usize {
        let mut sum = 0;
        self.any(|chunk| {
            sum += bytes(chunk);
            false
        });
        sum
    }

    /// Looks at the chunks, the one on top first, until `found`.
    pub(crate) fn any(&self, mut found: impl FnMut(&Chunk) -> bool) -> bool {
        let mut next = self.head.get();
        while let Some(header) = next {
            // Not owned here, as in `top`.
            let chunk = ManuallyDrop::new(Chunk { header });
            if found(&chunk) {
                return true;
            }
            next = chunk.header().next.get();
        }
        false
    }
}

impl Drop for ChunkList {
    #[inline]
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunk_begins_with_its_header_and_what_alignment_takes() {
        for (align, padding) in [(1, 0), (16, 0), (64, 32), (4096, 4096 - size_of::<Header>())] {
            let chunk = Chunk::allocate(100, align).unwrap();
            assert_eq!((chunk.padding(), chunk.capacity()), (padding, 112), "{align}");
            let start = chunk.start().addr().get();
            assert_eq!(start - chunk.header.addr().get(), size_of::<Header>() + padding);
            assert_eq!((start % align, chunk.end() - start), (0, 112));
            assert_eq!(chunk.requested(), 100);
            let chunk = chunk.shrink(50);
            assert_eq!(chunk.requested(), 50);
            assert_eq!((chunk.padding(), chunk.capacity()), (padding, 64), "{align}");
            assert_eq!(chunk.start().addr().get() % align, 0);
            let chunk = chunk.shrink(49);
            assert_eq!((chunk.requested(), chunk.capacity()), (49, 64), "no less is to be had");
        }
    }
}
