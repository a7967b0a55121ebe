//! A request's workspace, and the bursts in which they are needed.

use std::sync::atomic::{AtomicI64, Ordering};

use bumpalo::Bump;
use ratoon_arena::Arena;
use ratoon_pool::Reset;

use crate::workloads::arena::Random;

/// What a request needs.
#[derive(Debug)]
pub(super) struct Workspace {
    scratch: Scratch,
    /// What all workspaces of a setting hold; updated where something has changed, which is rare.
    held: &'static AtomicI64,
    /// What `held` knows of this one.
    known: i64,
}

/// Whose arena it is: Ratoon's gives back what a giant took, bumpalo's keeps its largest chunk.
#[derive(Debug)]
enum Scratch {
    Forgetting(Arena),
    Keeping(Bump),
}

impl Workspace {
    pub(super) fn forgetting(held: &'static AtomicI64) -> Workspace {
        Workspace { scratch: Scratch::Forgetting(Arena::new()), held, known: 0 }
    }

    pub(super) fn keeping(held: &'static AtomicI64) -> Workspace {
        Workspace { scratch: Scratch::Keeping(Bump::new()), held, known: 0 }
    }

    /// Allocates `bytes` in pieces, as a request does, and writes to all of them.
    pub(super) fn fill(&self, bytes: usize) -> u64 {
        let mut sum = 0;
        for piece in 0..bytes / PIECE {
            let value = [piece as u64; PIECE / 8];
            let place: &mut [u64; PIECE / 8] = match &self.scratch {
                Scratch::Forgetting(arena) => arena.alloc(value),
                Scratch::Keeping(bump) => bump.alloc(value),
            };
            sum += std::hint::black_box(place)[0];
        }
        sum
    }

    fn note(&mut self, held: i64) {
        if held != self.known {
            self.held.fetch_add(held - self.known, Ordering::Relaxed);
            self.known = held;
        }
    }
}

/// Bytes of an allocation.
const PIECE: usize = 64;

impl Reset for Workspace {
    fn reset(&mut self) {
        match &mut self.scratch {
            Scratch::Forgetting(arena) => arena.reset(),
            Scratch::Keeping(bump) => bump.reset(),
        }
        let held = size_of::<Workspace>() + self.retained_bytes();
        self.note(held as i64);
    }

    fn retained_bytes(&self) -> usize {
        match &self.scratch {
            Scratch::Forgetting(arena) => arena.retained_bytes(),
            Scratch::Keeping(bump) => bump.allocated_bytes(),
        }
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        self.note(0);
    }
}

/// Bursts of requests, the same for every setting.
#[derive(Debug)]
pub(super) struct Bursts {
    random: Random,
    number: u64,
    requests: u64,
}

/// Workspaces that are needed at once, at most.
pub(super) const MOST: usize = 512;

impl Bursts {
    pub(super) fn new(thread: usize) -> Bursts {
        Bursts { random: Random(thread as u64 + 1), number: 0, requests: 0 }
    }

    /// How many workspaces are needed next.
    pub(super) fn next_burst(&mut self) -> usize {
        self.number += 1;
        let most = if self.number.is_multiple_of(16) { MOST as u64 } else { 32 };
        (1 + self.random.next() % most) as usize
    }

    /// How many bytes the next request needs.
    pub(super) fn next_bytes(&mut self) -> usize {
        self.requests += 1;
        match self.requests {
            n if n.is_multiple_of(16 * 1024) => 2 * 1024 * 1024,
            n if n.is_multiple_of(512) => 64 * 1024,
            // Half to twice of two kibibytes.
            _ => 1024 + (self.random.next() % 3072) as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use ratoon_pool::{Pool, Reset};

    use super::Workspace;

    #[test]
    fn held_bytes_follow_the_objects() {
        static HELD: AtomicI64 = AtomicI64::new(0);
        let held = || HELD.load(Ordering::Relaxed);
        let mut workspace = Workspace::forgetting(&HELD);
        for _ in 0..2 {
            // A first use in several chunks is kept as none; the second gets one that is kept.
            workspace.fill(4096);
            workspace.reset();
        }
        assert!(held() >= 4096, "{}", held());
        let pool = Pool::new(|| Workspace::keeping(&HELD));
        pool.get().fill(8192);
        assert!(held() >= 4096 + 8192, "{}", held());
        drop((workspace, pool));
        assert_eq!(held(), 0);
    }
}
