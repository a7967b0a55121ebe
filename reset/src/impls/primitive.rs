//! Types whose fresh value is their default and that hold no memory.

use core::time::Duration;

use crate::Reset;

macro_rules! reset_to_default {
    ($($ty:ty)*) => {$(
        impl Reset for $ty {
            #[inline]
            fn reset(&mut self) {
                *self = Default::default();
            }
        }
    )*};
}

reset_to_default! {
    () bool char
    u8 u16 u32 u64 u128 usize
    i8 i16 i32 i64 i128 isize
    f32 f64 Duration
}
