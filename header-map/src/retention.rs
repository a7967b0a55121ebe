//! How much memory a map keeps over a reset.

use crate::map::HeaderMap;
use crate::scan::LANES;
use crate::storage::{FIRST_BYTES, FIRST_HEADERS};

/// Resets in a window.
const WINDOW: u8 = 16;

/// The high-water mark of recent use: the maximum of this window of resets and of the one before.
///
/// Rejected: a decaying average. It forgets an outlier too slowly and a jittering load too fast.
pub(crate) struct Retention {
    /// The high-water mark of the window before.
    previous: Size,
    /// The high-water mark of this window so far.
    high_water: Size,
    /// Resets in this window.
    resets: u8,
    /// What the map was made for, and at least what a first write makes room for: never shrunk below.
    floor: Size,
}

/// Headers and bytes of lines.
#[derive(Clone, Copy)]
struct Size {
    headers: usize,
    bytes: usize,
}

impl Size {
    const ZERO: Self = Self { headers: 0, bytes: 0 };

    #[inline]
    fn max(self, other: Self) -> Self {
        Self { headers: self.headers.max(other.headers), bytes: self.bytes.max(other.bytes) }
    }

    /// A quarter more, so that a jittering load does not grow the memory again at once.
    fn with_margin(self) -> Self {
        Self { headers: self.headers + self.headers / 4, bytes: self.bytes + self.bytes / 4 }
    }
}

impl Retention {
    pub(crate) const fn new() -> Self {
        let floor = Size { headers: FIRST_HEADERS, bytes: FIRST_BYTES };
        Self { previous: Size::ZERO, high_water: Size::ZERO, resets: 0, floor }
    }

    /// Remembers what the map was made for.
    pub(crate) fn presize(&mut self, headers: usize, bytes: usize) {
        self.floor = self.floor.max(Size { headers, bytes });
    }

    /// Begins a new window, and returns the size that the load of the last two needs.
    fn end_window(&mut self) -> Size {
        let need = self.previous.max(self.high_water).with_margin().max(self.floor);
        self.previous = self.high_water;
        self.high_water = Size::ZERO;
        self.resets = 0;
        need
    }
}

impl HeaderMap {
    /// Remembers how much is in use before it becomes less.
    #[inline]
    pub(crate) fn note_use(&mut self) {
        let used = Size { headers: self.len(), bytes: self.byte_len() };
        self.retention.high_water = self.retention.high_water.max(used);
    }

    /// Counts a reset; at the end of a window, shrinks the memory if it is far above the need.
    #[inline]
    pub(crate) fn note_reset(&mut self) {
        self.retention.resets += 1;
        if self.retention.resets == WINDOW {
            self.shrink_to_need();
        }
    }

    #[cold]
    fn shrink_to_need(&mut self) {
        let need = self.retention.end_window();
        // Growth doubles: up to twice as much is what a load that has not changed leaves behind.
        let headers_above = self.capacity() / 2 > need.headers.next_multiple_of(LANES);
        if headers_above || self.byte_capacity() / 2 > need.bytes {
            self.shrink_to(need.headers, need.bytes);
        }
    }
}
