//! The trait.

/// A value that can be made fresh in place, so that its memory may serve the next request.
///
/// # The law
///
/// After [`reset`](Reset::reset), nothing observable through the value's own safe API tells it from
/// a fresh one, except retained capacity.
pub trait Reset {
    /// Makes the value fresh. Keeps capacity where that is cheap.
    fn reset(&mut self);

    /// Whether the value may be reused. Asked after [`reset`](Reset::reset); `false` discards the
    /// object.
    fn reusable(&self) -> bool {
        true
    }

    /// Heap bytes that the value still holds, as far as it knows.
    fn retained_bytes(&self) -> usize {
        0
    }
}
