//! `Reset`, and how much memory a map keeps over it.

use ratoon_reset::__private::Reset;

use crate::map::HeaderMap;
use crate::scan::LANES;
use crate::storage::{FIRST_BYTES, FIRST_HEADERS};

/// Resets in a window of the high-water mark.
const WINDOW: u8 = 16;

/// The most that was in use lately: a high-water mark that forgets.
///
/// The mark is the maximum of this window of resets and of the one before. A decaying average
/// forgets a giant too slowly and a jittering load too fast.
pub(crate) struct Retention {
    /// The window before.
    before: Size,
    /// This window so far.
    now: Size,
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
}

impl Retention {
    pub(crate) const fn new() -> Self {
        let floor = Size { headers: FIRST_HEADERS, bytes: FIRST_BYTES };
        Self { before: Size::ZERO, now: Size::ZERO, resets: 0, floor }
    }

    /// Remembers what the map was made for.
    pub(crate) fn presize(&mut self, headers: usize, bytes: usize) {
        self.floor = self.floor.max(Size { headers, bytes });
    }
}

impl HeaderMap {
    /// Remembers how much is in use before it becomes less.
    #[inline]
    pub(crate) fn note_use(&mut self) {
        let used = Size { headers: self.len(), bytes: self.byte_len() };
        self.retention.now = self.retention.now.max(used);
    }

    /// At the end of a window: shrinks the memory if it is far above the mark.
    #[cold]
    fn end_window(&mut self) {
        let Retention { before, now, floor, .. } = self.retention;
        self.retention = Retention { before: now, now: Size::ZERO, resets: 0, floor };
        let mark = before.max(now);
        // A quarter above the mark, so that a jittering load does not grow it again at once.
        let keep =
            Size { headers: mark.headers + mark.headers / 4, bytes: mark.bytes + mark.bytes / 4 };
        let keep = keep.max(floor);
        // Growth doubles: up to twice as much is what a load that has not changed leaves behind.
        let headers_above = self.capacity() / 2 > keep.headers.next_multiple_of(LANES);
        if headers_above || self.byte_capacity() / 2 > keep.bytes {
            self.shrink_to(keep.headers, keep.bytes);
        }
    }
}

/// Clears the map and keeps its memory, its [`Limits`](crate::Limits) and whether it erases.
///
/// Memory far above what was in use lately is given back: at every sixteenth reset, capacity above
/// twice the need shrinks to the need, which is 1.25 times the most that the last two windows of
/// sixteen saw, and at least what the map was made with, 16 headers and 1 KiB. So one giant
/// request is forgotten after at most 48 resets, and a steady load never calls the allocator.
impl Reset for HeaderMap {
    fn reset(&mut self) {
        self.clear();
        self.retention.resets += 1;
        if self.retention.resets == WINDOW {
            self.end_window();
        }
    }

    fn retained_bytes(&self) -> usize {
        self.storage.retained_bytes()
    }
}
