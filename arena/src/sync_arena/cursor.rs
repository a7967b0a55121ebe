//! A chunk's cursor, shared between threads.
//!
//! Rules:
//!
//! 1. A `Cursor` stands at the beginning of a chunk's data, on cache lines of its own; `extent.capacity`
//!    bytes of data follow it. It lives until [`retire`](Cursor::retire), and the chunk longer.
//! 2. `offset` never goes back while the cursor is shared. Whoever moves it from `a` to `b` with
//!    `b <= capacity` owns the bytes `a..b`, alone: blocks of one chunk are disjoint.
//! 3. Once `offset` is past `capacity` the chunk is *exhausted* for good: every later step fails.
//! 4. Blind steps (those of [`advance`](Cursor::advance)) have at most `extent.longest_step` bytes,
//!    and a thread whose blind step failed comes back only after the arena's current chunk has
//!    become another one. So a thread overshoots a chunk once at most, and `offset` cannot wrap.
//!
//! `offset` is accessed with relaxed ordering throughout. It hands out addresses and publishes no
//! data: bytes are written and read by the owner of the block, and if that one shares them with other
//! threads, by means of its own. Since rule 2 lets no byte have two owners between resets, and a reset
//! has the arena to itself, there is nothing to order.

use core::ptr::NonNull;

use super::steps;
use crate::sync::{AtomicUsize, Ordering, UnsafeCell};

/// Keeps the counter away from the blocks: two lines, because x86 fetches lines in pairs.
#[repr(C, align(128))]
pub(super) struct Cursor {
    /// How far the data is handed out. Invariant: rules 2 to 4.
    offset: AtomicUsize,
    /// Where the handed-out part ends, as soon as the step that crossed the end has noted it; the
    /// capacity until then.
    handed_out: AtomicUsize,
    /// Invariant: not written while the cursor is shared.
    extent: UnsafeCell<Extent>,
}

#[derive(Clone, Copy)]
struct Extent {
    /// Bytes of data behind the cursor.
    capacity: usize,
    /// Invariant: at most `capacity`, and what `steps::longest_blind_step` allows (rule 4).
    longest_step: usize,
}

impl Cursor {
    /// A cursor before `capacity` bytes of data.
    pub(super) fn new(capacity: usize) -> Self {
        let longest_step = steps::longest_blind_step(capacity);
        Self {
            offset: AtomicUsize::new(0),
            handed_out: AtomicUsize::new(capacity),
            extent: UnsafeCell::new(Extent { capacity, longest_step }),
        }
    }

    /// Takes `step` bytes with a single `fetch_add`: the fast path. Fails on steps that are too long
    /// to be taken blindly, without a trace, and where the chunk has no room, exhausting it.
    ///
    /// # Safety
    ///
    /// `this` is live (rule 1), with provenance over its chunk. The caller keeps rule 4.
    #[inline(always)]
    pub(super) unsafe fn advance(this: NonNull<Self>, step: usize) -> Option<NonNull<u8>> {
        // SAFETY: live by the caller's promise; only ever shared (rule 1).
        let cursor = unsafe { this.as_ref() };
        let Extent { capacity, longest_step } = cursor.extent();
        if step > longest_step {
            return None;
        }
        let offset = cursor.offset.fetch_add(step, Ordering::Relaxed);
        debug_assert!(offset.checked_add(step).is_some(), "rule 4");
        if !steps::fits(offset, step, capacity) {
            cursor.note_crossing(offset, capacity);
            return None;
        }
        // SAFETY: `offset` is at most the capacity.
        Some(unsafe { Self::data(this, offset) })
    }

    /// Takes `step` bytes if there is room for them, and leaves the chunk as it is otherwise.
    ///
    /// # Safety
    ///
    /// `this` is live (rule 1), with provenance over its chunk.
    pub(super) unsafe fn advance_within(this: NonNull<Self>, step: usize) -> Option<NonNull<u8>> {
        // SAFETY: live by the caller's promise; only ever shared (rule 1).
        let cursor = unsafe { this.as_ref() };
        let capacity = cursor.capacity();
        let taken = cursor.offset.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |offset| {
            steps::fits(offset, step, capacity).then(|| offset + step)
        });
        // SAFETY: `offset` is at most the capacity.
        taken.ok().map(|offset| unsafe { Self::data(this, offset) })
    }

    /// Lengthens the block at `block` from `old` to `new` bytes, both steps, if it is the last one of
    /// this chunk and there is room.
    ///
    /// # Safety
    ///
    /// `this` is live (rule 1).
    pub(super) unsafe fn extend(this: NonNull<Self>, block: usize, old: usize, new: usize) -> bool {
        debug_assert!(old <= new);
        // SAFETY: live by the caller's promise; only ever shared (rule 1).
        let cursor = unsafe { this.as_ref() };
        // A block below the data gives an offset far beyond any capacity.
        let start = block.wrapping_sub(this.addr().get() + size_of::<Self>());
        if !steps::fits(start, new, cursor.capacity()) {
            return false;
        }
        let ends = (start + old, start + new);
        cursor.offset.compare_exchange(ends.0, ends.1, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Exhausts the chunk, so that no thread that still knows it finds room; returns
    /// [`used`](Self::used), which is final from now on.
    pub(super) fn close(&self) -> usize {
        let capacity = self.capacity();
        let offset = self.offset.fetch_max(capacity + 1, Ordering::Relaxed);
        self.note_crossing(offset, capacity);
        self.used()
    }

    /// Whether no step can succeed any more.
    pub(super) fn is_exhausted(&self) -> bool {
        self.offset.load(Ordering::Relaxed) > self.capacity()
    }

    /// Bytes handed out. Counts the rest of an exhausted chunk as used until the step that crossed
    /// its end has noted where.
    pub(super) fn used(&self) -> usize {
        let offset = self.offset.load(Ordering::Relaxed);
        offset.min(self.handed_out.load(Ordering::Relaxed))
    }

    /// Bytes of data.
    #[inline(always)]
    pub(super) fn capacity(&self) -> usize {
        self.extent().capacity
    }

    /// The first byte of data, or the byte at `offset`.
    ///
    /// # Safety
    ///
    /// `this` has provenance over its chunk, and `offset` is at most the capacity.
    #[inline(always)]
    pub(super) unsafe fn data(this: NonNull<Self>, offset: usize) -> NonNull<u8> {
        // SAFETY: the data lies behind the cursor in the same chunk (rule 1).
        unsafe { this.add(1).cast::<u8>().add(offset) }
    }

    /// Ends the cursor's life.
    ///
    /// # Safety
    ///
    /// `this` is live, and nobody else has access to it any more.
    pub(super) unsafe fn retire(this: NonNull<Self>) {
        // SAFETY: the caller's promise.
        unsafe { this.drop_in_place() }
    }

    /// The one step that starts inside and ends outside says how much was handed out.
    #[cold]
    fn note_crossing(&self, offset: usize, capacity: usize) {
        if offset <= capacity {
            self.handed_out.store(offset, Ordering::Relaxed);
        }
    }

    #[inline(always)]
    fn extent(&self) -> Extent {
        // SAFETY: not written while the cursor is shared.
        self.extent.with(|extent| unsafe { *extent })
    }
}
