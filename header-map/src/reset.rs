//! `Reset`.

use ratoon_reset::__private::Reset;

use crate::map::HeaderMap;

/// Clears the map and keeps its memory, its [`Limits`](crate::Limits) and whether it erases.
///
/// Memory far above recent use is given back: at every sixteenth reset, capacity above twice the need
/// shrinks to the need. The need is 1.25 times the high-water mark of the last two windows of sixteen
/// resets, at least what the map was made with, 16 headers and 1 KiB; headers are rounded up to a multiple
/// of 16, so that a load of 14 headers may keep room for 64. An outlier is therefore forgotten after at
/// most 48 resets, and a steady load never calls the allocator.
impl Reset for HeaderMap {
    fn reset(&mut self) {
        self.clear();
        self.note_reset();
    }

    fn retained_bytes(&self) -> usize {
        self.storage.retained_bytes()
    }
}
