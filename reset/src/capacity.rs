//! What `max_capacity` and `discard_above` go through.

/// A container whose capacity can be read and given back.
pub trait Capacity {
    /// Elements (bytes, for strings) that fit without allocating.
    fn capacity(&self) -> usize;

    /// Shrinks the capacity to at most `max`, or to the length where that is larger.
    fn shrink_to(&mut self, max: usize);
}
