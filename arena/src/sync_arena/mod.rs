//! The arena that threads share.
//!
//! The memory is an ordinary region behind a lock. A thread leases some of it at a time into a *lane*
//! of its own ([`lane`] has the rules) and hands out blocks from there, as an `Arena` does: without
//! a lock and without an atomic read-modify-write. Large blocks, and threads that find all lanes
//! taken, go to the region directly. Rules:
//!
//! 1. Blocks and leases come from the region, so they are disjoint and stay where they are until
//!    `reset(&mut self)`; a block inside a lease is made by the lane's owner only.
//! 2. Memory goes back to a lane's cursor by its owner only, from where nobody else takes it; the
//!    region's cursor never goes back before a reset. So no byte passes from thread to thread without
//!    a lock or a reset between them.
//! 3. No user code and no global allocator runs while the lock is held. A chunk that is needed is made between
//!    two holds of the lock; if it is no longer needed by then, it is freed after the second.
//!
//! Rejected: one shared cursor and a `fetch_add` for each allocation. It takes 2.6 ns on one thread,
//! no better than 1.9 times a locked arena without contention, and 30 ns as soon as two threads do
//! it, because the cache line goes to and fro.

mod lane;
mod text;
mod values;

use core::alloc::Layout;
use core::fmt;
use core::ptr::NonNull;
use std::panic::{RefUnwindSafe, UnwindSafe};

use ratoon_reset::Reset;

use self::lane::{Lanes, OwnLane};
use crate::builder::Builder;
use crate::bump::CHUNK_ALIGN;
use crate::chunk::Chunk;
use crate::deferred::{DeferredList, Mark};
use crate::error::AllocError;
use crate::memory::{Growth, Memory};
use crate::region::{ChunkRequest, Installed, Placement, Region, dangling};
use crate::retention::Retention;
use crate::stats::Stats;
use crate::sync::{Mutex, assign_thread_id, thread_id};

/// The first lease of a lane in bytes. Each further one is twice as large as the one before.
const FIRST_LEASE: usize = 512;
/// The largest lease in bytes.
const LARGEST_LEASE: usize = 8192;
/// Larger blocks do not go through lanes.
const LARGEST_LANE_BLOCK: usize = 2048;
/// A lease takes at most this part of what the limit still allows, so that the last bytes are not
/// held by one thread while others look for room.
const LEASES_IN_LIMIT: usize = 16;

/// An arena that several threads allocate from at once, through `&SyncArena`.
///
/// Every thread takes memory from the arena in stretches and hands it out on its own, so threads do
/// not wait for one another. Use it where a request fans out over threads or tasks, or where a
/// reference to the arena must be kept across an `.await`; otherwise an [`Arena`](crate::Arena) or
/// its [`Scope`](crate::Scope) is a little faster and uses memory more tightly.
///
/// * Memory is released by [`reset`](Self::reset) only, which needs the arena alone.
/// * Each thread that allocates holds a stretch of its own: 512 bytes at first, up to 8 KiB when it
///   allocates much. What it has not handed out yet no other thread can use, and counts for the
///   limit.
/// * Between two resets sixteen threads get stretches. Further ones, and blocks of more than 2 KiB,
///   take a short lock each time.
/// * It takes about 2.5 KiB itself.
/// * No lock is held while the global allocator runs: a slow one delays only threads that need a chunk
///   themselves, and one that allocates in this arena itself does not deadlock.
///
/// ```
/// use ratoon_arena::SyncArena;
///
/// let mut arena = SyncArena::new();
/// let words = std::thread::scope(|scope| {
///     let left = scope.spawn(|| arena.alloc_str("from one thread"));
///     let right = scope.spawn(|| arena.alloc_str("and another"));
///     [&*left.join().unwrap(), &*right.join().unwrap()]
/// });
/// assert_eq!(words, ["from one thread", "and another"]);
///
/// arena.reset();
/// assert_eq!(arena.used(), 0);
/// ```
#[doc(alias("SyncBump", "Herd"))]
pub struct SyncArena {
    /// What threads hand out without the lock.
    lanes: Lanes,
    core: Mutex<Core>,
    limit: usize,
    retention: Retention,
    /// Most bytes in use in any request that has ended.
    high_water: usize,
    resets: u64,
}

/// What is behind the lock.
struct Core {
    region: Region,
    /// What to drop at the next reset.
    deferred: DeferredList,
}

// SAFETY: per field. `core.region` owns its chunks, plain memory of the global allocator that may be
// freed on any thread; blocks in it are borrowed from the arena, so none is in use while the arena
// moves. `core.deferred` owns values of types that are `Send`, by the bound of `alloc_deferred`. The
// pointers in `lanes` point into `core.region`. The rest are integers.
unsafe impl Send for SyncArena {}

// SAFETY: per field. `lanes` consists of atomics, and each lane is used by its owner alone (rule 2 of
// `lane`). `core` is behind a lock, and what is in it may be used by one thread after another, being
// `Send` (see above). The other fields are written through `&mut` only. Blocks that `&self` hands out
// are disjoint (rule 1), so a `&mut T` into one stays with the thread that allocated it unless `T`
// itself may be sent.
unsafe impl Sync for SyncArena {}

// As for `Arena`: no user code runs while the state is inconsistent or the lock is held.
impl RefUnwindSafe for SyncArena {}
impl UnwindSafe for SyncArena {}

impl SyncArena {
    /// An arena without memory. The first allocation makes the first chunk.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build_sync()
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
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        match Self::try_with_capacity(capacity) {
            Ok(arena) => arena,
            Err(error) => error.raise(),
        }
    }

    /// An arena with room for `capacity` bytes, which it allocates now.
    ///
    /// # Errors
    ///
    /// If memory cannot be had, or `capacity` does not fit an `isize`.
    pub fn try_with_capacity(capacity: usize) -> Result<Self, AllocError> {
        let mut arena = Self::builder().first_chunk(capacity).build_sync();
        arena.core.get_mut().region.warm_up(capacity)?;
        Ok(arena)
    }

    /// Configures an arena; [`build_sync`](Builder::build_sync) makes it.
    ///
    /// ```
    /// use ratoon_arena::SyncArena;
    ///
    /// let arena = SyncArena::builder().first_chunk(16 * 1024).limit(1024 * 1024).build_sync();
    /// assert_eq!(arena.limit(), 1024 * 1024);
    /// ```
    pub const fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn from_parts(region: Region, retention: Retention) -> Self {
        Self {
            lanes: Lanes::new(),
            limit: region.limit(),
            core: Mutex::new(Core { region, deferred: DeferredList::new() }),
            retention,
            high_water: 0,
            resets: 0,
        }
    }

    /// Runs deferred drops, newest first, and releases all memory to the arena at once.
    ///
    /// What is kept and for how long is decided as in [`Arena::reset`](crate::Arena::reset): one
    /// chunk, without a call to the global allocator.
    ///
    /// # Panics
    ///
    /// If a deferred drop panics: with the first such panic, after all others have run and the arena
    /// is reset.
    pub fn reset(&mut self) {
        let core = self.core.get_mut();
        let caught = core.deferred.run(Mark::START);
        let peak = core.region.peak();
        self.high_water = self.high_water.max(peak);
        self.resets += 1;
        self.lanes.release();
        core.region.reset(self.retention.on_reset(peak));
        caught.resume();
    }

    /// Bytes in use, with what alignment cost and what leases left unused. Never more than
    /// [`limit`](Self::limit).
    ///
    /// What other threads allocate meanwhile may be missing. Takes a short lock.
    #[must_use]
    pub fn used(&self) -> usize {
        let core = self.core.lock();
        self.used_beside(&core)
    }

    /// Leases change under the lock only, so while the caller holds it each is seen whole.
    fn used_beside(&self, core: &Core) -> usize {
        core.region.used().saturating_sub(self.lanes.unused())
    }

    /// Bytes that the chunks take for data and for the padding of over-aligned blocks. Takes a short lock, and time in proportion to their number.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.core.lock().region.capacity()
    }

    /// Bytes that may be in use; `usize::MAX` unless the [builder](Self::builder) set less.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Figures for monitoring. Takes a short lock, and time in proportion to the number of chunks.
    ///
    /// `high_water` counts what threads have leased.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let core = self.core.lock();
        let (chunks, oversized) = core.region.chunk_counts();
        Stats {
            used: self.used_beside(&core),
            high_water: self.high_water.max(core.region.peak()),
            capacity: core.region.capacity(),
            chunks,
            oversized,
            resets: self.resets,
            allocator_calls: core.region.allocator_calls(),
        }
    }

    /// A block for `layout`.
    #[inline(always)]
    pub(crate) fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        match self.own_lane().and_then(|lane| lane.bump(layout)) {
            Some(block) => Ok(block),
            None => self.allocate_slow(layout),
        }
    }

    /// A block for a `T`. Does not return when there is none to be had.
    #[inline(always)]
    #[track_caller]
    fn allocate_for<T>(&self) -> NonNull<T> {
        match self.own_lane().and_then(OwnLane::bump_for::<T>) {
            Some(block) => block,
            None => self.allocate_or_raise(Layout::new::<T>()).cast(),
        }
    }

    /// A block for a `T`, or the reason why there is none.
    #[inline(always)]
    fn try_allocate_for<T>(&self) -> Result<NonNull<T>, AllocError> {
        match self.own_lane().and_then(OwnLane::bump_for::<T>) {
            Some(block) => Ok(block),
            None => self.allocate_slow(Layout::new::<T>()).map(NonNull::cast),
        }
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
        // A block of size zero needs no memory, and must not replace a lease that has some left.
        if layout.size() == 0 {
            return Ok(dangling(layout.align()));
        }
        let lane = if layout.size() > LARGEST_LANE_BLOCK {
            None
        } else {
            assign_thread_id().and_then(|id| self.lanes.own_or_claim(id))
        };
        // The lane may have room: a thread that does not find it at once comes here each time.
        match lane.and_then(|lane| lane.bump(layout)) {
            Some(block) => Ok(block),
            None => self.allocate_from_region(lane, layout),
        }
    }

    /// A block for `layout` from the region, with a new lease for the lane if there is one.
    fn allocate_from_region(
        &self,
        lane: Option<OwnLane<'_>>,
        layout: Layout,
    ) -> Result<NonNull<u8>, AllocError> {
        // Rule 3: each hold of the lock ends with its statement.
        let placement = self.core.lock().place(lane, layout)?;
        let request = match placement {
            Placement::Block(block) => return Ok(block),
            Placement::NeedsChunk(request) => request,
        };
        let chunk = request.make()?;
        let Installed { block, unused } = self.core.lock().install(lane, request, chunk);
        drop(unused);
        block
    }

    /// Makes a block larger or smaller in place, if it is the last one of the calling thread or of the
    /// region.
    fn resize_in_place(&self, block: NonNull<u8>, old: usize, new: usize) -> Option<NonNull<u8>> {
        let lane = self.own_lane();
        if let Some(block) = lane.and_then(|lane| lane.resize(block, old, new)) {
            return Some(block);
        }
        if new <= old {
            return Some(block);
        }
        if old == 0 { None } else { self.core.lock().grow_in_place(lane, block, old, new) }
    }

    /// Copies a block to where there is room for its new size.
    ///
    /// # Safety
    ///
    /// `block` was handed out by this arena for `old` and not released since. It must not be used
    /// after this has succeeded.
    unsafe fn relocate(&self, block: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>> {
        let target = self.try_allocate(new).ok()?;
        let len = old.size().min(new.size());
        debug_assert!(len == 0 || target != block);
        // SAFETY: both blocks have at least `len` bytes; a fresh block overlaps no other (rule 1).
        unsafe { target.copy_from_nonoverlapping(block, len) };
        Some(target)
    }

    #[inline(always)]
    fn own_lane(&self) -> Option<OwnLane<'_>> {
        self.lanes.own(thread_id())
    }
}

impl Memory for SyncArena {
    #[inline(always)]
    fn try_allocate(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        self.try_allocate(layout)
    }

    #[inline(always)]
    #[track_caller]
    fn allocate(&self, layout: Layout) -> NonNull<u8> {
        match self.own_lane().and_then(|lane| lane.bump(layout)) {
            Some(block) => block,
            None => self.allocate_or_raise(layout),
        }
    }

    #[inline(always)]
    fn allocate_or_none(&self, layout: Layout) -> Option<NonNull<u8>> {
        match self.own_lane().and_then(|lane| lane.bump(layout)) {
            Some(block) => Some(block),
            None => self.allocate_slow(layout).ok(),
        }
    }

    unsafe fn grow_in_place(
        &self,
        block: NonNull<u8>,
        size: usize,
        growth: Growth,
    ) -> Option<usize> {
        if size == 0 {
            return None;
        }
        let by = |more: usize| {
            let new = size.checked_add(more.checked_mul(growth.elem_size)?)?;
            self.resize_in_place(block, size, new).map(|_| more)
        };
        by(growth.preferred).or_else(|| by(growth.min))
    }

    /// Only the last block of the calling thread can be used again before the reset, and only by that
    /// thread.
    #[inline]
    unsafe fn shrink_in_place(&self, block: NonNull<u8>, old: usize, new: usize) {
        if let Some(lane) = self.own_lane() {
            lane.resize(block, old, new);
        }
    }

    unsafe fn grow_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        if block.addr().get() & (new.align() - 1) == 0 {
            if let Some(block) = self.resize_in_place(block, old.size(), new.size()) {
                return Some(block);
            }
        }
        // SAFETY: the caller's promise is the same.
        unsafe { self.relocate(block, old, new) }
    }

    unsafe fn shrink_or_none(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Option<NonNull<u8>> {
        // SAFETY: the caller's promise is the same; nothing below depends on which is larger.
        unsafe { self.grow_or_none(block, old, new) }
    }
}

impl Core {
    /// A block for `layout`, at the beginning of a new lease or of an addition to the old one, or what
    /// the region lacks for it.
    fn place(&self, lane: Option<OwnLane<'_>>, layout: Layout) -> Result<Placement, AllocError> {
        if let Some(block) = lane.and_then(|lane| self.extend_lease(lane, layout)) {
            return Ok(Placement::Block(block));
        }
        let placement = self.region.place(layout)?;
        if let (Some(lane), Placement::Block(block)) = (lane, &placement) {
            self.begin_lease(lane, *block, layout);
        }
        Ok(placement)
    }

    /// Takes in a chunk that the region lacked.
    fn install(&self, lane: Option<OwnLane<'_>>, request: ChunkRequest, chunk: Chunk) -> Installed {
        let installed = self.region.install(request, chunk);
        if let (Some(lane), Ok(block)) = (lane, installed.block) {
            self.begin_lease(lane, block, request.layout());
        }
        installed
    }

    /// A block for `layout`, in an addition to the lease that the lane has.
    fn extend_lease(&self, lane: OwnLane<'_>, layout: Layout) -> Option<NonNull<u8>> {
        let (lacking, preferred) = (lane.lacking(layout), self.preferred_lease(lane));
        let end = self.region.extend_lease(lane.end(), lacking, preferred)?;
        lane.extend_to(end);
        let block = lane.bump(layout);
        debug_assert!(block.is_some());
        block
    }

    /// Turns the lane to a new lease, which begins with a block that the region has just handed out.
    fn begin_lease(&self, lane: OwnLane<'_>, block: NonNull<u8>, layout: Layout) {
        let lease = self.region.lease(block, layout.size(), self.preferred_lease(lane));
        lane.enter(&lease, layout.size());
    }

    /// Lengthens a block from `old` to `new` bytes, if it is the last one of the region, or of a lane
    /// that ends there.
    fn grow_in_place(
        &self,
        lane: Option<OwnLane<'_>>,
        block: NonNull<u8>,
        old: usize,
        new: usize,
    ) -> Option<NonNull<u8>> {
        let Some(lane) = lane.filter(|lane| lane.is_last(block, old)) else {
            return self.region.extend_foreign(block, old, new);
        };
        // In this order, because the block may be requested so long that the address of its end would wrap.
        let lacking = new - (lane.end() - block.addr().get());
        let end = self.region.extend_lease(lane.end(), lacking, self.preferred_lease(lane))?;
        lane.extend_to(end);
        lane.resize(block, old, new)
    }

    /// How many bytes to lease next. A multiple of the common alignments, so that no bytes are
    /// wasted where two leases meet.
    fn preferred_lease(&self, lane: OwnLane<'_>) -> usize {
        let doubled = (2 * lane.leased()).clamp(FIRST_LEASE, LARGEST_LEASE);
        let share = self.region.remaining() / LEASES_IN_LIMIT;
        doubled.min(share) & !(CHUNK_ALIGN - 1)
    }
}

impl Default for SyncArena {
    fn default() -> Self {
        Self::new()
    }
}

/// Keeps its memory within the bounds that [`SyncArena::reset`] names.
impl Reset for SyncArena {
    fn reset(&mut self) {
        SyncArena::reset(self);
    }

    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

impl Drop for SyncArena {
    fn drop(&mut self) {
        self.core.get_mut().deferred.run(Mark::START).resume();
    }
}

impl fmt::Debug for SyncArena {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncArena").field("stats", &self.stats()).finish_non_exhaustive()
    }
}
