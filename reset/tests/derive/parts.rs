//! What the tests put into fields.

use ratoon_reset::Reset;

/// A part whose answers are chosen, and which records that it was reset.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(crate) resets: u32,
    pub(crate) used_up: bool,
    pub(crate) bytes: usize,
}

impl Reset for Part {
    fn reset(&mut self) {
        self.resets += 1;
    }

    fn reusable(&self) -> bool {
        !self.used_up
    }

    fn retained_bytes(&self) -> usize {
        self.bytes
    }
}

/// Has no `Reset`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Opaque(pub(crate) u64);
