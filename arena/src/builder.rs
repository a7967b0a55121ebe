//! How an arena is configured.

use crate::arena::Arena;
use crate::region::{FIRST_CHUNK, Region};
use crate::retention::Retention;
use crate::sync_arena::SyncArena;

/// Configures an [`Arena`]; see [`Arena::builder`].
#[derive(Clone, Copy, Debug)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct Builder {
    first_chunk: usize,
    limit: usize,
}

impl Builder {
    pub(crate) const fn new() -> Self {
        Self { first_chunk: 0, limit: usize::MAX }
    }

    /// Bytes of data in the first chunk, which the first allocation makes. 0, the default, leaves it
    /// to the arena: a little less than 4 KiB.
    pub const fn first_chunk(mut self, bytes: usize) -> Self {
        self.first_chunk = bytes;
        self
    }

    /// Bytes that may be in use at once, with what alignment costs. There is no limit by default.
    ///
    /// The limit is exact: an allocation that would exceed it fails, one that just reaches it does
    /// not. It also bounds the size of chunks, and costs nothing while it is not reached.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Makes the arena. Allocates nothing.
    #[must_use]
    pub const fn build(self) -> Arena {
        let first_chunk = if self.first_chunk == 0 { FIRST_CHUNK } else { self.first_chunk };
        Arena::from_parts(Region::new(first_chunk, self.limit), Retention::new(self.first_chunk))
    }

    /// Makes an arena that threads share. Allocates nothing.
    #[must_use]
    pub fn build_sync(self) -> SyncArena {
        let first_chunk = if self.first_chunk == 0 { FIRST_CHUNK } else { self.first_chunk };
        SyncArena::from_parts(first_chunk, self.limit, Retention::new(self.first_chunk))
    }
}
