//! Strings of the platform: cleared, capacity kept.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::Reset;

/// Cleared, capacity kept.
impl Reset for OsString {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

/// Cleared, capacity kept.
impl Reset for PathBuf {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}
