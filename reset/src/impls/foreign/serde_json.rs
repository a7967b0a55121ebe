//! `serde_json`.

use serde_json::{Map, Value};

use crate::Reset;

/// Becomes `Null`; its memory is freed.
impl Reset for Value {
    #[inline]
    fn reset(&mut self) {
        *self = Self::Null;
    }
}

/// Becomes empty; its memory is freed. With `preserve_order` a cleared map would keep memory of which
/// it does not tell the size.
impl Reset for Map<alloc::string::String, Value> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
