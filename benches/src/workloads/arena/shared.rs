//! One arena for several threads.

use std::hint::black_box;
use std::sync::{Arc, PoisonError, RwLock};

use blink_alloc::{Blink, SyncBlinkAlloc};
use bumpalo::Bump;
use parking_lot::Mutex;
use ratoon_arena::SyncArena;

use crate::harness::threads::Team;
use crate::harness::{Kind, Measured, Subject};

/// An arena that threads share.
trait Shared: Send + Sync + 'static {
    fn with_capacity(bytes: usize) -> Self;
    fn reset(&mut self);
    /// Allocates a word and gives back what it holds.
    fn alloc(&self, value: u64) -> u64;
}

/// Allocations of a thread between two resets.
const BATCH: u64 = 32 * 1024;

/// Every arena that can be shared, used by `threads` threads. An operation is an allocation on each.
pub(super) fn subjects(threads: usize) -> Vec<Subject> {
    vec![
        subject::<SyncArena>("ratoon", Kind::Ratoon, threads),
        subject::<SyncBlinkAlloc>("blink-alloc (SyncBlinkAlloc)", Kind::Peer, threads),
        subject::<Mutex<Bump>>("bumpalo (Mutex)", Kind::Peer, threads),
        subject::<Naive>("malloc", Kind::Malloc, threads),
    ]
}

fn subject<A: Shared>(name: &'static str, kind: Kind, threads: usize) -> Subject {
    // The lock is read once per batch by each thread, and written between batches only.
    let arena = Arc::new(RwLock::new(A::with_capacity(BATCH as usize * 8 * threads * 2)));
    let used = Arc::clone(&arena);
    let team = Team::new(threads, move |_, iterations| {
        let arena = used.read().unwrap_or_else(PoisonError::into_inner);
        (0..iterations).fold(0, |sum: u64, i| sum.wrapping_add(arena.alloc(black_box(i))))
    });
    Subject::timed(name, kind, move |iterations| {
        let mut total = Measured::default();
        let mut left = iterations;
        while left > 0 {
            let now = left.min(BATCH);
            let part = team.run(now);
            arena.write().unwrap_or_else(PoisonError::into_inner).reset();
            total.elapsed += part.elapsed;
            total.checksum = total.checksum.wrapping_add(part.checksum);
            total.counts = total.counts.plus(part.counts);
            left -= now;
        }
        total
    })
}

impl Shared for SyncArena {
    fn with_capacity(bytes: usize) -> Self {
        SyncArena::with_capacity(bytes)
    }

    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc(&self, value: u64) -> u64 {
        *black_box(self.alloc(value))
    }
}

impl Shared for SyncBlinkAlloc {
    fn with_capacity(bytes: usize) -> Self {
        SyncBlinkAlloc::with_chunk_size_in(bytes, allocator_api2::alloc::Global)
    }

    fn reset(&mut self) {
        self.reset();
    }

    #[inline]
    fn alloc(&self, value: u64) -> u64 {
        let blink = Blink::new_in(self);
        *black_box(blink.put_no_drop(value))
    }
}

impl Shared for Mutex<Bump> {
    fn with_capacity(bytes: usize) -> Self {
        Mutex::new(Bump::with_capacity(bytes))
    }

    fn reset(&mut self) {
        self.get_mut().reset();
    }

    #[inline]
    fn alloc(&self, value: u64) -> u64 {
        *black_box(self.lock().alloc(value))
    }
}

struct Naive;

impl Shared for Naive {
    fn with_capacity(_: usize) -> Self {
        Naive
    }

    fn reset(&mut self) {}

    #[inline]
    fn alloc(&self, value: u64) -> u64 {
        *black_box(Box::new(value))
    }
}
