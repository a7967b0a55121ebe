//! `uuid`.

use uuid::Uuid;

use crate::Reset;

/// Becomes the nil UUID.
impl Reset for Uuid {
    #[inline]
    fn reset(&mut self) {
        *self = Self::nil();
    }
}
