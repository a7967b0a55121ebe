//! All cursor arithmetic of the arena, on plain integers: easy to read, to fuzz and to test, and
//! unable to touch memory.
//!
//! Vocabulary: a *chunk* spans the addresses `start..chunk_end`. The *cursor* is where the next
//! block may begin, the *end* is where blocks must stop: the end of the chunk, or less where a limit
//! allows less. `cursor <= end` always.
//!
//! Sizes and alignments come from a [`core::alloc::Layout`]: the alignment is a power of two, and
//! the size rounded up to it does not exceed `isize::MAX`. Every sum below relies on that.
//!
//! Rejected: a cursor that is always a multiple of 8, which saves the rounding of words and costs one of
//! sizes. It is not faster (16 nodes, 16 strings and a vector: 147 ns against 147, words 1.83 against 1.80,
//! strings 4.6 against 4.1; least of 61 rounds each), and 4,096 strings of 3 to 21 bytes take 64,224 bytes
//! instead of 49,509.
#![forbid(unsafe_code)]

/// Where chunks begin to hold data, and what their capacity is a multiple of.
///
/// What glibc's `malloc` aligns to on 64 bits: more would cost memory, less would save none.
pub(crate) const CHUNK_ALIGN: usize = 16;

/// How far every chunk that the cursor goes through stays below the top of the address space, so that
/// sums with less than this cannot wrap. (No system maps its last page anyway: errors are returned as addresses there.)
pub(crate) const HEADROOM: usize = 4096;

/// The addresses of a block: `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) start: usize,
    /// Where the cursor goes once the block is taken.
    pub(crate) end: usize,
}

/// Places `size` bytes at `align` into `cursor..end`, or says that they do not fit.
#[inline(always)]
pub(crate) const fn place(cursor: usize, end: usize, size: usize, align: usize) -> Option<Block> {
    debug_assert!(cursor <= end && align.is_power_of_two());
    let padding = cursor.wrapping_neg() & (align - 1);
    // At most `size + align - 1`, which fits an `isize` by the rule of `Layout`.
    let needed = padding + size;
    if needed > end - cursor {
        return None;
    }
    Some(Block { start: cursor + padding, end: cursor + needed })
}

/// [`place`] for a block whose size is a multiple of its alignment, as that of every type is, and which
/// together with it is at most [`HEADROOM`]: two steps between one cursor and the next instead of five,
/// which is what a run of small allocations waits for.
#[inline(always)]
pub(crate) const fn place_small(
    cursor: usize,
    end: usize,
    size: usize,
    align: usize,
) -> Option<Block> {
    debug_assert!(cursor <= end && align.is_power_of_two());
    debug_assert!(size % align == 0 && size + align <= HEADROOM && end <= usize::MAX - HEADROOM);
    let block_end = (cursor + (align - 1 + size)) & !(align - 1);
    if block_end > end {
        return None;
    }
    Some(Block { start: block_end - size, end: block_end })
}

/// Whether the block of `size` bytes at `start` is the last one of the current scope, so that it may
/// change its size in place.
///
/// `floor` is the cursor at which the current scope began in the current chunk. A block that begins
/// below it belongs to an outer scope: its end coincides with the cursor only while the current
/// scope is empty, and moving the cursor then would move the ground on which the scope stands.
#[inline(always)]
pub(crate) const fn is_last(start: usize, size: usize, cursor: usize, floor: usize) -> bool {
    // Subtraction, not addition: `start + size` of a block at the top of memory could wrap.
    cursor.wrapping_sub(start) == size && start >= floor
}

/// The end of a block at `start` that is to have `size` bytes, if that lies within `end`.
#[inline(always)]
pub(crate) const fn resize(start: usize, end: usize, size: usize) -> Option<usize> {
    debug_assert!(start <= end);
    if size > end - start { None } else { Some(start + size) }
}

/// By how much `end` would have to grow for [`place`] to succeed.
#[inline]
pub(crate) const fn lacking(cursor: usize, end: usize, size: usize, align: usize) -> usize {
    debug_assert!(cursor <= end && align.is_power_of_two());
    let padding = cursor.wrapping_neg() & (align - 1);
    (padding + size).saturating_sub(end - cursor)
}

/// How many bytes are in use, given `base`: the address at which the cursor stood if nothing were.
///
/// With several chunks `base` lies below the current one, by as much as the others hold, and may
/// wrap around zero.
#[inline(always)]
pub(crate) const fn used(cursor: usize, base: usize) -> usize {
    cursor.wrapping_sub(base)
}

/// The base that makes `used(cursor, base)` equal to `used`.
#[inline(always)]
pub(crate) const fn base(cursor: usize, used: usize) -> usize {
    cursor.wrapping_sub(used)
}

/// How far blocks may reach when `remaining` more bytes are allowed from `cursor` on.
#[inline(always)]
pub(crate) const fn limited_end(cursor: usize, chunk_end: usize, remaining: usize) -> usize {
    debug_assert!(cursor <= chunk_end);
    if remaining < chunk_end - cursor { cursor + remaining } else { chunk_end }
}

/// `capacity` rounded up to what a chunk really gets; `None` if that does not fit an `isize`.
#[inline]
pub(crate) const fn chunk_capacity(capacity: usize) -> Option<usize> {
    if capacity > isize::MAX as usize - (CHUNK_ALIGN - 1) {
        return None;
    }
    Some((capacity + CHUNK_ALIGN - 1) & !(CHUNK_ALIGN - 1))
}

/// Where data begins in a chunk whose header takes `header` bytes, and the size of the whole, for
/// `capacity` bytes of data at `align`. `None` if that does not fit an `isize`.
#[inline]
pub(crate) const fn chunk_layout(
    header: usize,
    capacity: usize,
    align: usize,
) -> Option<(usize, usize)> {
    debug_assert!(align >= CHUNK_ALIGN && align.is_power_of_two());
    let offset = match header.checked_next_multiple_of(align) {
        Some(offset) => offset,
        None => return None,
    };
    match offset.checked_add(capacity) {
        // The rule of `Layout`: still an `isize` when rounded up to the alignment.
        Some(size) if size <= isize::MAX as usize - (align - 1) => Some((offset, size)),
        _ => None,
    }
}

/// Whether a chunk that ends at `end` leaves the [`HEADROOM`].
#[inline]
pub(crate) const fn leaves_headroom(end: usize) -> bool {
    end <= usize::MAX - HEADROOM
}

/// The capacity of the regular chunk after one of `capacity` bytes.
#[inline]
pub(crate) const fn doubled(capacity: usize) -> usize {
    capacity.saturating_mul(2)
}
