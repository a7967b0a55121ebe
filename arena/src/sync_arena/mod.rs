//! The arena that threads share.
//!
//! Every allocation is one `fetch_add` on the cursor of the open chunk ([`cursor`] has the rules for
//! what that may and may not do). A thread that finds no room takes the installer's lock and opens a
//! new chunk, or finds that another thread has done so. Rules:
//!
//! 1. `current` is null, or points to the cursor of the newest regular chunk. It is stored under the
//!    lock only, with release ordering and after the cursor was written; it is loaded with acquire
//!    ordering, so whoever sees a cursor sees it initialised.
//! 2. Between two resets `current` never goes back to an earlier chunk. Chunks are freed by
//!    `reset(&mut self)` and `drop` only: a thread that was late may still step in a chunk that is
//!    not the current one any more; it finds a live cursor, and room or none.
//! 3. A thread whose blind step failed returns from the lock only after `current` has become
//!    another cursor or null, whether or not there is a block for it (this keeps rule 4 of
//!    [`cursor`]).
//! 4. Behind the lock runs no code of the user's but the global allocator; an arena must not be used
//!    inside one.
//! 5. Blocks are never given back before a reset. If they were, the next owner's writes would have to
//!    be ordered behind those of the last, and `fetch_add` could not be relaxed.

mod allocator;
mod chunks;
mod cursor;
mod steps;
mod text;
mod values;

use core::alloc::Layout;
use core::fmt;
use core::ptr::{self, NonNull};
use std::panic::resume_unwind;

use ratoon_reset::Reset;

use self::chunks::{Chunks, Room};
use self::cursor::Cursor;
use crate::builder::Builder;
use crate::deferred::{DeferredList, Mark};
use crate::error::AllocError;
use crate::retention::Retention;
use crate::stats::Stats;
use crate::sync::{AtomicPtr, Mutex, Ordering};

/// An arena that several threads allocate from at once, through `&SyncArena`.
///
/// An allocation is one relaxed `fetch_add`, about three times an [`Arena`](crate::Arena)'s on one
/// thread; threads that allocate at the same time also pay for passing a cache line to and fro. Use
/// it where a request fans out over tasks, or where a reference to the arena must be kept across an
/// `.await`; otherwise an `Arena` or its [`Scope`](crate::Scope) is the better choice.
///
/// * Memory is given back by [`reset`](Self::reset) only, which needs the arena alone. Nothing is
///   given back before, not even the last block: a vector that grows may leave its old blocks
///   behind.
/// * Blocks are taken in steps of 8 bytes, and an alignment of more than 8 costs as many bytes more.
///   [`used`](Self::used) and the limit count these steps.
/// * A chunk in which a block finds no room is left for the next one, and what remained of it stays
///   unused until the reset.
/// * It must not be used inside a global allocator.
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
pub struct SyncArena {
    // Invariant: rule 1.
    current: AtomicPtr<Cursor>,
    /// The installer's lock.
    chunks: Mutex<Chunks>,
    /// What to drop at the next reset. No user code runs behind this lock.
    deferred: Mutex<DeferredList>,
    retention: Retention,
    /// Most bytes handed out in any request that has ended.
    high_water: usize,
    resets: u64,
}

// SAFETY: per field. `chunks` owns plain memory of the global allocator, which may be freed on any
// thread; blocks in it are borrowed from the arena, so none is in use while the arena moves.
// `deferred` owns values of types that are `Send`, by the bound of `alloc_deferred`. `current` points
// into `chunks`. The rest are integers.
unsafe impl Send for SyncArena {}

// SAFETY: per field. `current` is atomic; `chunks` and `deferred` are behind locks, and what is in
// them may be used by one thread after another as it is `Send` (see above). The other fields are
// written through `&mut` only. Blocks that `&self` hands out are disjoint (rule 2 of `cursor`), so a
// `&mut T` into one stays with the thread that allocated it unless `T` itself may be sent.
unsafe impl Sync for SyncArena {}

impl SyncArena {
    /// An arena without memory. The first allocation makes the first chunk.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build_sync()
    }

    /// An arena with room for `capacity` bytes, which it allocates now.
    ///
    /// The capacity is what the arena begins with. Like any other memory it is given back if
    /// requests turn out not to need it.
    ///
    /// # Panics
    ///
    /// If `capacity` does not fit an `isize`. Memory that cannot be had ends in
    /// [`handle_alloc_error`](std::alloc::handle_alloc_error).
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::try_with_capacity(capacity).unwrap_or_else(|error| error.raise())
    }

    /// An arena with room for `capacity` bytes, which it allocates now.
    ///
    /// # Errors
    ///
    /// If memory cannot be had, or `capacity` does not fit an `isize`.
    pub fn try_with_capacity(capacity: usize) -> Result<Self, AllocError> {
        let mut arena = Self::builder().first_chunk(capacity).build_sync();
        if capacity > 0 {
            arena.chunks.get_mut().allocate_open(capacity)?;
            arena.publish();
        }
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

    pub(crate) fn from_parts(first_chunk: usize, limit: usize, retention: Retention) -> Self {
        Self {
            current: AtomicPtr::new(ptr::null_mut()),
            chunks: Mutex::new(Chunks::new(first_chunk, limit)),
            deferred: Mutex::new(DeferredList::new()),
            retention,
            high_water: 0,
            resets: 0,
        }
    }

    /// Runs deferred drops, newest first, and gives back all memory to the arena at once.
    ///
    /// One chunk is kept, and then this makes no call to the global allocator; which one and for how
    /// long is decided as in [`Arena::reset`](crate::Arena::reset).
    ///
    /// # Panics
    ///
    /// If a deferred drop panics: with the first such panic, after all others have run and the arena
    /// is reset.
    pub fn reset(&mut self) {
        let payload = self.deferred.get_mut().run(Mark::START);
        let chunks = self.chunks.get_mut();
        let used = chunks.used();
        self.high_water = self.high_water.max(used);
        self.resets += 1;
        let plan = self.retention.on_reset(used);
        // SAFETY: whoever has `&mut` has the arena alone: no block is borrowed, and threads that knew
        // a cursor have returned from the call in which they did.
        unsafe { chunks.reset(plan) };
        self.publish();
        if let Some(payload) = payload {
            resume_unwind(payload);
        }
    }

    /// Bytes handed out since the last reset, in steps of 8. Never more than
    /// [`limit`](Self::limit).
    ///
    /// While other threads allocate, this is a number that was true not long ago. Takes a short lock.
    #[must_use]
    pub fn used(&self) -> usize {
        self.chunks.lock().used()
    }

    /// Bytes that the chunks can hold. Takes a short lock, and time in proportion to their number.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.chunks.lock().capacity()
    }

    /// Bytes that may be in use; `usize::MAX` unless the [builder](Self::builder) set less.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.chunks.lock().limit()
    }

    /// Figures for monitoring. Takes a short lock, and time in proportion to the number of chunks.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let chunks = self.chunks.lock();
        let (regular, oversized) = chunks.counts();
        let used = chunks.used();
        Stats {
            used,
            high_water: self.high_water.max(used),
            capacity: chunks.capacity(),
            chunks: regular,
            oversized,
            resets: self.resets,
            allocator_calls: chunks.allocator_calls(),
        }
    }

    /// A block for `layout`.
    #[inline(always)]
    fn allocate_block(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        match self.allocate_fast(layout) {
            Some(block) => Ok(block),
            None => self.allocate_slow(layout),
        }
    }

    /// A block for `layout`, if there is room in the current chunk and it is not large.
    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        let step = steps::step(layout)?;
        // Acquire: pairs with the release in `publish` (rule 1).
        let current = NonNull::new(self.current.load(Ordering::Acquire))?;
        // SAFETY: live (rules 1 and 2), stored with provenance over its chunk. On failure
        // `allocate_slow` follows (rule 3).
        let start = unsafe { Cursor::advance(current, step) }?;
        Some(place(start, layout))
    }

    #[cold]
    #[inline(never)]
    fn allocate_slow(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        if layout.size() == 0 {
            return Ok(dangling(layout.align()));
        }
        let step = steps::step(layout).ok_or(AllocError::Overflow)?;
        let mut chunks = self.chunks.lock();
        let found = chunks.open_ptr().and_then(|open| {
            // SAFETY: the open cursor is live.
            unsafe { Cursor::advance_within(open, step) }
        });
        if let Some(start) = found {
            return Ok(place(start, layout));
        }
        let room = chunks.make_room(step, layout.size());
        let start = match room {
            Ok(Room::Apart(start)) => Ok(start),
            // SAFETY: just opened, and not published yet: there is room.
            Ok(Room::Open(cursor)) => {
                unsafe { Cursor::advance_within(cursor, step) }.ok_or(AllocError::Overflow)
            }
            Err(error) => Err(error),
        };
        // Also on errors: the chunk that was current may have been closed (rule 3).
        self.publish_from(&chunks);
        drop(chunks);
        start.map(|start| place(start, layout))
    }

    /// Lengthens the block at `block` from `old` to `new` bytes in place, if it is the last one of the
    /// current chunk and there is room.
    fn extend(&self, block: NonNull<u8>, old: usize, new: usize) -> bool {
        let (Some(old), Some(new)) = (steps::round_up(old), steps::round_up(new)) else {
            return false;
        };
        // Acquire: pairs with the release in `publish` (rule 1).
        let current = NonNull::new(self.current.load(Ordering::Acquire));
        // SAFETY: live (rules 1 and 2).
        current
            .is_some_and(|current| unsafe { Cursor::extend(current, block.addr().get(), old, new) })
    }

    /// Makes the open chunk the current one, or none.
    fn publish(&mut self) {
        let open = self.chunks.get_mut().open_ptr();
        // Relaxed is enough: `&mut` reaches other threads by means that order this store too.
        self.current.store(as_ptr(open), Ordering::Relaxed);
    }

    /// The same, while other threads look on.
    fn publish_from(&self, chunks: &Chunks) {
        // Release: pairs with the acquire of who loads it (rule 1).
        self.current.store(as_ptr(chunks.open_ptr()), Ordering::Release);
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
        if let Some(payload) = self.deferred.get_mut().run(Mark::START) {
            // A second panic on top of one that unwinds would abort the process.
            if !std::thread::panicking() {
                resume_unwind(payload);
            }
        }
    }
}

impl fmt::Debug for SyncArena {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncArena").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

/// The block for `layout` inside a step that starts at `start`.
#[inline(always)]
fn place(start: NonNull<u8>, layout: Layout) -> NonNull<u8> {
    let padding = steps::padding(start.addr().get(), layout.align());
    // SAFETY: `steps::step` left room for this padding in front of the block.
    let block = unsafe { start.add(padding) };
    crate::asan::unpoison(block, layout.size());
    block
}

fn as_ptr(cursor: Option<NonNull<Cursor>>) -> *mut Cursor {
    cursor.map_or(ptr::null_mut(), NonNull::as_ptr)
}

/// Where a block of no bytes stands.
fn dangling(align: usize) -> NonNull<u8> {
    debug_assert!(align.is_power_of_two());
    // SAFETY: an alignment is not zero.
    unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(align)) }
}
