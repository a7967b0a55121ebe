//! Which marks occur, one bit each: most lookups of absent names end here.

/// A set of marks.
#[derive(Clone, Copy, Default)]
pub(super) struct Presence([u64; 4]);

impl Presence {
    pub(super) const NONE: Self = Self([0; 4]);

    #[inline]
    pub(super) fn add(&mut self, mark: u8) {
        self.0[usize::from(mark / 64)] |= 1 << (mark % 64);
    }

    #[inline]
    pub(super) fn has(&self, mark: u8) -> bool {
        self.0[usize::from(mark / 64)] >> (mark % 64) & 1 != 0
    }
}
