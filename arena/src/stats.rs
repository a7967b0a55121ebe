//! Figures of an arena.

/// What an arena holds and has done; see [`Arena::stats`](crate::Arena::stats).
///
/// Sizes are bytes. What an arena wastes shows as `capacity` far above `high_water`, a load that is
/// not steady as `allocator_calls` that go on rising.
///
/// ```
/// let mut arena = ratoon_arena::Arena::new();
/// for _ in 0..100 {
///     arena.alloc_slice_copy(&[7_u8; 1000]);
///     arena.reset();
/// }
/// let stats = arena.stats();
/// assert_eq!((stats.used, stats.high_water, stats.resets), (0, 1000, 100));
/// assert_eq!((stats.chunks, stats.allocator_calls), (1, 1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Bytes in use, with what alignment cost.
    pub used: usize,
    /// Most bytes that were ever in use at once.
    pub high_water: usize,
    /// Bytes that all chunks take for data, and for padding where a block asks for more than 16 bytes of
    /// alignment.
    pub capacity: usize,
    /// Chunks that the cursor goes through.
    pub chunks: usize,
    /// Chunks that were made for one large allocation each, and are freed with it or at the next reset.
    pub oversized: usize,
    /// Resets.
    pub resets: u64,
    /// Calls to the global allocator: allocations, frees, and reallocations of large blocks that shrink.
    pub allocator_calls: u64,
}
