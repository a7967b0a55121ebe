//! How an arena is configured.

use crate::arena::Arena;
use crate::region::{FIRST_CHUNK, Region};
use crate::retention::Retention;
use crate::sync_arena::SyncArena;

/// Configures an [`Arena`] or a [`SyncArena`]; see [`Arena::builder`].
///
/// ```
/// use ratoon_arena::{AllocError, Arena};
/// use ratoon_pool::Pool;
///
/// // No request may use more than 1 MiB of scratch.
/// static SCRATCH: Pool<Arena> =
///     Pool::new(|| Arena::builder().first_chunk(16 * 1024).limit(1024 * 1024).build());
///
/// let upload = vec![7; 2 * 1024 * 1024];
/// let error = SCRATCH.get().try_alloc_slice_copy(&upload).map(drop).unwrap_err();
/// assert!(matches!(error, AllocError::Limit { limit: 1_048_576, .. }));
/// ```
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
    /// to the arena: a little less than 4 KiB. Where there is not so much memory, or the limit is lower, it is
    /// smaller.
    pub const fn first_chunk(mut self, bytes: usize) -> Self {
        self.first_chunk = bytes;
        self
    }

    /// Bytes that may be in use at once, with what alignment costs. There is no limit by default.
    ///
    /// The limit is exact: an allocation that would exceed it fails, one that just reaches it does
    /// not. It also bounds the size of chunks, and costs nothing while it is not reached. A chunk for
    /// what is strongly aligned may begin with up to that alignment of unused memory, which is not counted;
    /// a reset keeps no more of it than of data.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Makes the arena. Allocates nothing.
    #[must_use]
    pub const fn build(self) -> Arena {
        Arena::from_parts(self.region(), self.retention())
    }

    /// Makes an arena that threads share. Allocates nothing.
    #[must_use]
    pub fn build_sync(self) -> SyncArena {
        SyncArena::from_parts(self.region(), self.retention())
    }

    const fn region(self) -> Region {
        let first_chunk = if self.first_chunk == 0 { FIRST_CHUNK } else { self.first_chunk };
        Region::new(first_chunk, self.limit)
    }

    /// Expects the first chunk to be used, as far as the limit lets it be.
    const fn retention(self) -> Retention {
        let is_limited = self.limit < self.first_chunk;
        Retention::new(if is_limited { self.limit } else { self.first_chunk })
    }
}
