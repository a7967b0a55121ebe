//! The arena itself: construction, reset, figures.

use core::fmt;
use std::panic::RefUnwindSafe;

use ratoon_reset::Reset;

use crate::builder::Builder;
use crate::deferred::{Caught, DeferredList, Mark};
use crate::error::AllocError;
use crate::region::Region;
use crate::retention::{Plan, Retention};
use crate::scope::Scope;
use crate::stats::Stats;

/// A bump arena: allocation moves a cursor, [`reset`](Self::reset) moves it back.
///
/// Made for the scratch memory of one request: keep an arena, allocate from it while the request
/// runs, reset it when the request is done. An arena that is used alike from request to request
/// makes no call to the global allocator at all.
///
/// * A value allocated with [`alloc`](Self::alloc) is never dropped, and therefore may not need to
///   be: `alloc` does not build for such a type.
/// * Memory comes back at `reset` only, with two exceptions: a [child scope](Scope::child) gives
///   back its own, and the block that was allocated last, or the last one that was too large for an
///   ordinary chunk, may be resized or released by the collection it belongs to.
/// * `Arena` is [`Send`] but not [`Sync`]: a task that owns its arena may keep references into it
///   across `.await`, but may not keep a `&Arena` there. [Scopes](Self::scope) lift that.
///
/// ```
/// use ratoon_arena::Arena;
///
/// let mut arena = Arena::new();
/// let number = arena.alloc(40);
/// *number += 2;
/// let greeting = arena.alloc_fmt(format_args!("{number} it is"));
/// assert_eq!(greeting, "42 it is");
///
/// arena.reset();
/// assert_eq!(arena.used(), 0);
/// ```
#[doc(alias("Bump", "Region", "bumpalo"))]
pub struct Arena {
    pub(crate) region: Region,
    pub(crate) deferred: DeferredList,
    retention: Retention,
    /// Most bytes in use in any request before the retention's current window, and in any that took the slow path.
    high_water: usize,
    /// Resets before the retention's current window, which counts its own.
    resets: u64,
    /// How many allocator calls had been made when the last reset left a chunk; [`UNSETTLED`] if it did
    /// not. As long as there are no more, that chunk is all, and usual requests keep it.
    settled: u64,
}

const UNSETTLED: u64 = u64::MAX;

// SAFETY: per field. `region` owns its chunks, plain memory of the global allocator that may be
// freed on any thread; blocks in it are borrowed from the arena, so none is in use while the arena
// moves. `deferred` owns values of types that are `Send`, by the bound of `alloc_deferred`. The rest
// are integers. (Not `Sync`: allocation goes through `Cell`s.)
unsafe impl Send for Arena {}

// No user code runs while the arena's state is inconsistent, and what a panic left unfinished is unreachable.
impl RefUnwindSafe for Arena {}

impl Arena {
    /// An arena without memory. The first allocation makes the first chunk.
    #[must_use]
    pub const fn new() -> Self {
        Self::builder().build()
    }

    /// An arena with room for `capacity` bytes, which it allocates now.
    ///
    /// The capacity is what the arena begins with. Like any other memory it is released if
    /// requests turn out not to need it.
    ///
    /// # Panics
    ///
    /// If `capacity` does not fit an `isize`. Memory that cannot be had ends in
    /// [`handle_alloc_error`](std::alloc::handle_alloc_error).
    #[inline]
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        // Not by way of a `Result`, which would move the arena once more.
        let arena = Self::builder().first_chunk(capacity).build();
        if let Err(error) = arena.region.warm_up(capacity) {
            error.raise();
        }
        arena
    }

    /// An arena with room for `capacity` bytes, which it allocates now.
    ///
    /// # Errors
    ///
    /// If memory cannot be had, or `capacity` does not fit an `isize`.
    pub fn try_with_capacity(capacity: usize) -> Result<Self, AllocError> {
        let arena = Self::builder().first_chunk(capacity).build();
        arena.region.warm_up(capacity)?;
        Ok(arena)
    }

    /// Configures an arena, in a constant too.
    ///
    /// ```
    /// use ratoon_arena::Arena;
    ///
    /// const fn scratch() -> Arena {
    ///     Arena::builder().first_chunk(16 * 1024).limit(1024 * 1024).build()
    /// }
    /// assert_eq!(scratch().limit(), 1024 * 1024);
    /// ```
    pub const fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) const fn from_parts(region: Region, retention: Retention) -> Self {
        Self {
            region,
            deferred: DeferredList::new(),
            retention,
            high_water: 0,
            resets: 0,
            settled: UNSETTLED,
        }
    }

    /// Runs deferred drops, newest first, and releases all memory to the arena at once.
    ///
    /// One chunk is kept, and then this makes no call to the global allocator. If the arena had to
    /// take more than one, they are freed and the next use makes a single one that is large enough;
    /// if it has been larger than needed for a while, it is freed too. Takes constant time but for
    /// the chunks that are freed.
    ///
    /// # Panics
    ///
    /// If a deferred drop panics: with the first such panic, after all others have run and the arena
    /// is reset.
    #[inline]
    pub fn reset(&mut self) {
        let peak = self.region.peak();
        if self.is_settled() && self.retention.counts_as_usual(peak) {
            self.region.rewind_to_start();
        } else {
            self.reset_and_plan(peak);
        }
    }

    /// Borrows the arena as a [`Scope`], whose allocations live as long as this borrow.
    ///
    /// **Dropping a scope frees nothing.** Memory comes back at [`reset`](Self::reset), or at the end of a [child
    /// scope](Scope::child). In a loop over a batch, use a child or a reset per item; a scope per item lets the
    /// arena grow with the batch:
    ///
    /// ```
    /// use ratoon_arena::Arena;
    ///
    /// let batch = ["first", "other", "third"];
    /// let mut arena = Arena::new();
    ///
    /// // A scope per item: each stays until the reset.
    /// let mut used = Vec::new();
    /// for item in batch {
    ///     arena.scope().alloc_str(item);
    ///     used.push(arena.used());
    /// }
    /// assert_eq!(used, [5, 10, 15]);
    ///
    /// // A child per item gives its memory back, and keeps what the scope around it holds.
    /// arena.reset();
    /// let mut scope = arena.scope();
    /// let kept = scope.alloc_str("kept");
    /// for item in batch {
    ///     scope.child(|child| child.alloc_str(item).make_ascii_uppercase());
    ///     assert_eq!(scope.used(), 4);
    /// }
    /// assert_eq!(kept, "kept");
    ///
    /// // A reset per item releases everything.
    /// for item in batch {
    ///     arena.reset();
    ///     arena.scope().alloc_str(item);
    ///     assert_eq!(arena.used(), 5);
    /// }
    /// ```
    #[inline]
    pub fn scope(&mut self) -> Scope<'_> {
        Scope::new(self)
    }

    /// Bytes in use, with what alignment cost. Never more than [`limit`](Self::limit).
    #[inline]
    #[must_use]
    pub fn used(&self) -> usize {
        self.region.used()
    }

    /// Bytes that the chunks take for data and for the padding of over-aligned blocks. Takes time in proportion to their number.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.region.capacity()
    }

    /// Bytes that may be in use; `usize::MAX` unless the [builder](Self::builder) set less.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.region.limit()
    }

    /// Figures for monitoring. Takes time in proportion to the number of chunks.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let (chunks, oversized) = self.region.chunk_counts();
        Stats {
            used: self.region.used(),
            high_water: self.past_high_water().max(self.region.peak()),
            capacity: self.region.capacity(),
            chunks,
            oversized,
            resets: self.resets(),
            allocator_calls: self.region.allocator_calls(),
        }
    }

    /// Whether the arena holds one chunk and nothing to drop, so that a reset only has to rewind.
    #[inline]
    fn is_settled(&self) -> bool {
        self.settled == self.region.allocator_calls() && self.deferred.is_at(Mark::START)
    }

    fn resets(&self) -> u64 {
        self.resets + self.retention.resets_in_window()
    }

    /// Most bytes in use in any request that has ended.
    fn past_high_water(&self) -> usize {
        self.high_water.max(self.retention.window_peak())
    }

    /// The slow path of [`reset`](Self::reset).
    #[cold]
    #[inline(never)]
    fn reset_and_plan(&mut self, peak: usize) {
        // First, because the end of a window clears what the retention has counted.
        self.high_water = self.past_high_water().max(peak);
        let resets = self.resets() + 1;
        let was_settled = self.is_settled();
        let caught = self.deferred.run(Mark::START);
        let plan = self.retention.on_reset(peak);
        self.resets = resets - self.retention.resets_in_window();
        // At the end of most windows the plan keeps the chunk.
        if was_settled && self.region.keeps_chunk(plan) {
            self.region.rewind_to_start();
        } else {
            self.reset_region(plan);
        }
        caught.resume();
    }

    fn reset_region(&mut self, plan: Plan) {
        self.region.reset(plan);
        // What this plan keeps, plans after usual requests keep as well: they have the same mark, which
        // was usual before them.
        self.settled =
            if self.region.has_chunk() { self.region.allocator_calls() } else { UNSETTLED };
    }

    /// Drops what was deferred since `mark`, on behalf of a scope that ends.
    pub(crate) fn run_deferred(&self, mark: Mark) -> Caught {
        self.deferred.run(mark)
    }
}

impl Default for Arena {
    fn default() -> Self {
        Self::new()
    }
}

/// Keeps its memory within the bounds that [`Arena::reset`] names.
impl Reset for Arena {
    fn reset(&mut self) {
        Arena::reset(self);
    }

    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        self.deferred.run(Mark::START).resume();
    }
}

impl fmt::Debug for Arena {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena").field("stats", &self.stats()).finish_non_exhaustive()
    }
}
