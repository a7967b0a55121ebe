//! `typed_arena::Arena`.

use typed_arena::Arena;

use crate::Reset;

/// **Each reset frees all memory and allocates** the first chunk of a new arena (about 1 KiB): the
/// arena has no `clear`. Its values are dropped. `retained_bytes` is 0, since the arena does not
/// tell its capacity.
impl<T> Reset for Arena<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
