//! One face for all arenas, each used as its documentation recommends, all with the same first chunk.

use std::ops::DerefMut;

use crate::harness::Kind;

/// Bytes that every arena has before the measuring begins.
pub(in crate::workloads) const CAPACITY: usize = 256 * 1024;

/// An arena, or naive allocation behind the same face.
pub(in crate::workloads) trait AnyArena: 'static {
    /// How tables call it.
    const NAME: &'static str;
    /// Which side it is on.
    const KIND: Kind;

    /// With room for `bytes`.
    fn with_capacity(bytes: usize) -> Self;

    /// Forgets all values and keeps memory as the arena sees fit.
    fn reset(&mut self);

    /// One value without a destructor.
    fn alloc<'a, T: Copy + 'a>(&'a self, value: T) -> impl DerefMut<Target = T> + 'a;

    /// A copy of a string.
    fn alloc_str<'a>(&'a self, text: &str) -> impl DerefMut<Target = str> + 'a;

    /// A copy of bytes.
    fn alloc_bytes<'a>(&'a self, bytes: &[u8]) -> impl DerefMut<Target = [u8]> + 'a;

    /// A vector that grows from empty while `values` are pushed.
    fn grow_vec<'a>(
        &'a self,
        values: impl Iterator<Item = u64>,
    ) -> impl DerefMut<Target = [u64]> + 'a;

    /// A string that grows from empty while `pieces` are pushed.
    fn grow_string<'a, 's>(
        &'a self,
        pieces: impl Iterator<Item = &'s str>,
    ) -> impl DerefMut<Target = str> + 'a;
}

/// Makes a subject of each arena.
pub(in crate::workloads) trait Visitor {
    /// One kind of arena.
    fn visit<A: AnyArena>(&mut self);
}
