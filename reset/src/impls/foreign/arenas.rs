//! Arenas: `bumpalo`, `typed-arena`.

#[cfg(feature = "bumpalo")]
use bumpalo::Bump;
#[cfg(feature = "typed-arena")]
use typed_arena::Arena;

use crate::Reset;

/// Rewinds to the last chunk, which is the largest, and frees the others. The chunk is kept for
/// ever, however large one request made it: `retained_bytes` tells a pool when to discard it.
/// Values in the arena are not dropped, as always with `Bump`. Its allocation limit is
/// configuration and stays.
#[cfg(feature = "bumpalo")]
impl<const MIN_ALIGN: usize> Reset for Bump<MIN_ALIGN> {
    #[inline]
    fn reset(&mut self) {
        Bump::reset(self);
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.allocated_bytes_including_metadata()
    }
}

/// **Each reset frees all memory and allocates** the first chunk of a new arena (about 1 KiB): the
/// arena has no `clear`. Its values are dropped. `retained_bytes` is 0, since the arena does not
/// tell its capacity.
// Errors list the same types whichever features are on.
#[diagnostic::do_not_recommend]
#[cfg(feature = "typed-arena")]
impl<T> Reset for Arena<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
