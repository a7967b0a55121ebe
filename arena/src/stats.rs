//! Figures of an arena.

/// What an arena holds and has done; see [`Arena::stats`](crate::Arena::stats).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Bytes in use, with what alignment cost.
    pub used: usize,
    /// Most bytes that were ever in use at once.
    pub high_water: usize,
    /// Bytes that all chunks can hold.
    pub capacity: usize,
    /// Chunks that the cursor goes through.
    pub chunks: usize,
    /// Chunks that were made for one large allocation each, and are freed at the next reset.
    pub oversized: usize,
    /// Resets.
    pub resets: u64,
    /// Calls to the global allocator: allocations and frees.
    pub allocator_calls: u64,
}
