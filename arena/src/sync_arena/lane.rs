//! Lanes: memory that one thread hands out without asking the others.
//!
//! Rules:
//!
//! 1. A lane without owner may be claimed by any thread, once between two resets; it is then that
//!    thread's until the reset. Threads are told apart by numbers that are never used again.
//! 2. A lane is used through [`OwnLane`] only, which is made for the calling thread after it was found
//!    to be the owner, and does not leave that thread.
//! 3. `cursor..end` is leased from the region and overlaps neither a block handed out nor another
//!    lane's. `floor <= cursor <= end`; blocks that this lane handed out from its lease begin at
//!    `floor` or above.
//!
//! All accesses are relaxed. An owner reads what it has written itself; a claim orders nothing
//! because the lane was empty before it; and the reset that empties it has the arena alone.

use core::alloc::Layout;
use core::array;
use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::asan;
use crate::bump::{self, Block};
use crate::region::Lease;
use crate::sync::{AtomicPtr, AtomicUsize, MODEL, NOBODY, Ordering};

/// How many threads may have a lane at the same time. The others use the lock.
const LANES: usize = match MODEL {
    None => 16,
    Some(threads) => threads,
};

/// The lanes of an arena.
#[derive(Debug)]
pub(super) struct Lanes {
    /// Who owns which lane. Apart from the lanes, because every thread reads here, and nothing is
    /// written but claims.
    owners: [AtomicUsize; LANES],
    lanes: [Lane; LANES],
}

/// On lines of its own, which only the owner touches. Two lines, as x86 fetches them in pairs.
#[derive(Debug)]
#[repr(align(128))]
struct Lane {
    // Invariant: rule 3, for all three.
    cursor: AtomicPtr<u8>,
    end: AtomicUsize,
    floor: AtomicUsize,
}

/// A lane in the hands of its owner.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnLane<'a> {
    // Invariant: the calling thread owns it (rule 2).
    lane: &'a Lane,
    _stays_in_its_thread: PhantomData<*const ()>,
}

impl Lanes {
    pub(super) fn new() -> Self {
        Self {
            owners: array::from_fn(|_| AtomicUsize::new(NOBODY)),
            lanes: array::from_fn(|_| Lane::empty()),
        }
    }

    /// The lane of the calling thread, whose number is `thread`, if it is where it should be.
    #[inline(always)]
    pub(super) fn own(&self, thread: usize) -> Option<OwnLane<'_>> {
        let home = thread % LANES;
        let owned = self.owners[home].load(Ordering::Relaxed) == thread;
        owned.then(|| OwnLane::new(&self.lanes[home]))
    }

    /// The lane of the calling thread, whose number is `thread`; claims one if it has none yet.
    /// `None` if all belong to others.
    pub(super) fn own_or_claim(&self, thread: usize) -> Option<OwnLane<'_>> {
        debug_assert_ne!(thread, NOBODY);
        let order = (thread..thread + LANES).map(|i| i % LANES);
        // Lanes are not given up one by one, so the first one that is free ends the search.
        order.into_iter().find_map(|i| {
            let owner = self.owners[i].load(Ordering::Relaxed);
            let owned = owner == thread || (owner == NOBODY && self.claim(i, thread));
            owned.then(|| OwnLane::new(&self.lanes[i]))
        })
    }

    /// Takes all lanes from their owners and empties them.
    pub(super) fn release(&mut self) {
        for (owner, lane) in self.owners.iter().zip(&mut self.lanes) {
            if owner.load(Ordering::Relaxed) != NOBODY {
                owner.store(NOBODY, Ordering::Relaxed);
                *lane = Lane::empty();
            }
        }
    }

    /// Bytes that are leased but not handed out. While threads allocate, they become fewer; more only
    /// with the lock of the region.
    pub(super) fn unused(&self) -> usize {
        self.lanes.iter().map(Lane::unused).sum()
    }

    fn claim(&self, i: usize, thread: usize) -> bool {
        let relaxed = Ordering::Relaxed;
        self.owners[i].compare_exchange(NOBODY, thread, relaxed, relaxed).is_ok()
    }
}

impl Lane {
    /// A lane without a lease. Nothing is ever written where it stands.
    fn empty() -> Self {
        let nowhere = NonNull::<u8>::dangling();
        Self {
            cursor: AtomicPtr::new(nowhere.as_ptr()),
            end: AtomicUsize::new(nowhere.addr().get()),
            floor: AtomicUsize::new(nowhere.addr().get()),
        }
    }

    fn unused(&self) -> usize {
        let cursor = self.cursor.load(Ordering::Relaxed).addr();
        self.end.load(Ordering::Relaxed).saturating_sub(cursor)
    }
}

impl<'a> OwnLane<'a> {
    /// To be called by the owner of `lane` only.
    #[inline(always)]
    fn new(lane: &'a Lane) -> Self {
        Self { lane, _stays_in_its_thread: PhantomData }
    }

    /// A block for `layout`, if the lease has room for it.
    #[inline(always)]
    pub(super) fn bump(self, layout: Layout) -> Option<NonNull<u8>> {
        self.bump_by(layout, bump::place)
    }

    /// A block for a `T`, if the lease has room for it.
    #[inline(always)]
    pub(super) fn bump_for<T>(self) -> Option<NonNull<T>> {
        let layout = Layout::new::<T>();
        if layout.size() == 0 {
            return Some(NonNull::dangling());
        }
        let small = layout.size().saturating_add(layout.align()) <= bump::HEADROOM;
        self.bump_by(layout, if small { bump::place_small } else { bump::place }).map(NonNull::cast)
    }

    #[inline(always)]
    fn bump_by(
        self,
        layout: Layout,
        place: fn(usize, usize, usize, usize) -> Option<Block>,
    ) -> Option<NonNull<u8>> {
        let cursor = self.cursor();
        let block = place(cursor.addr().get(), self.end(), layout.size(), layout.align())?;
        self.set_cursor(cursor, block.end);
        let start = at(cursor, block.start);
        asan::unpoison(start, layout.size());
        Some(start)
    }

    /// Changes the size of a block from `old` to `new` bytes in place, if it is the last one of this
    /// lane and the lease has room.
    #[inline]
    pub(super) fn resize(self, block: NonNull<u8>, old: usize, new: usize) -> Option<NonNull<u8>> {
        if !self.is_last(block, old) {
            return None;
        }
        let start = block.addr().get();
        let end = bump::resize(start, self.end(), new)?;
        // The provenance is the lease's: a block that a collection hands back may have no more than its
        // own bytes.
        let cursor = self.cursor();
        self.set_cursor(cursor, end);
        let block = at(cursor, start);
        if new < old {
            asan::poison(at(cursor, end), old - new);
        } else {
            asan::unpoison(block, new);
        }
        Some(block)
    }

    /// Whether the block is the last one of this lane.
    #[inline]
    pub(super) fn is_last(self, block: NonNull<u8>, size: usize) -> bool {
        let cursor = self.cursor().addr().get();
        let floor = self.lane.floor.load(Ordering::Relaxed);
        size != 0 && bump::is_last(block.addr().get(), size, cursor, floor)
    }

    /// By how much the lease would have to grow for a block of `layout`.
    pub(super) fn lacking(self, layout: Layout) -> usize {
        let cursor = self.cursor().addr().get();
        bump::lacking(cursor, self.end(), layout.size(), layout.align())
    }

    /// Where the lease ends.
    #[inline(always)]
    pub(super) fn end(self) -> usize {
        self.lane.end.load(Ordering::Relaxed)
    }

    /// Bytes leased without a gap.
    pub(super) fn leased(self) -> usize {
        self.end() - self.lane.floor.load(Ordering::Relaxed)
    }

    /// Goes on to `end`, up to which memory has been added to the lease.
    pub(super) fn extend_to(self, end: usize) {
        debug_assert!(end >= self.end());
        self.lane.end.store(end, Ordering::Relaxed);
    }

    /// Turns to a new lease, which begins with a block of `size` bytes for the caller. What is left
    /// of the old one stays unused.
    pub(super) fn enter(self, lease: &Lease, size: usize) {
        let start = lease.block.addr().get();
        debug_assert!(start + size <= lease.end);
        self.set_cursor(lease.block, start + size);
        self.lane.end.store(lease.end, Ordering::Relaxed);
        self.lane.floor.store(start, Ordering::Relaxed);
    }

    #[inline(always)]
    fn cursor(self) -> NonNull<u8> {
        let cursor = self.lane.cursor.load(Ordering::Relaxed);
        debug_assert!(!cursor.is_null());
        // SAFETY: never null (rule 3).
        unsafe { NonNull::new_unchecked(cursor) }
    }

    /// Moves the cursor to an address in the chunk that `pointer` points into.
    #[inline(always)]
    fn set_cursor(self, pointer: NonNull<u8>, address: usize) {
        self.lane.cursor.store(at(pointer, address).as_ptr(), Ordering::Relaxed);
    }
}

/// `pointer`, with its provenance, at another address in the same chunk.
#[inline(always)]
fn at(pointer: NonNull<u8>, address: usize) -> NonNull<u8> {
    debug_assert_ne!(address, 0);
    // SAFETY: an address in a chunk, or where an empty lane stands, is not null.
    let address = unsafe { core::num::NonZeroUsize::new_unchecked(address) };
    pointer.with_addr(address)
}
