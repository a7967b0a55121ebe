//! Transparent wrappers: what is inside is reset.

use core::cmp::Reverse;
use core::marker::PhantomData;
use core::num::{Saturating, Wrapping};

use crate::Reset;

macro_rules! reset_inside {
    ($($wrapper:ident)*) => {$(
        impl<T: Reset> Reset for $wrapper<T> {
            #[inline]
            fn reset(&mut self) {
                self.0.reset();
            }

            #[inline]
            fn reusable(&self) -> bool {
                self.0.reusable()
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                self.0.retained_bytes()
            }
        }
    )*};
}

reset_inside! { Wrapping Saturating Reverse }

/// Nothing to do, whatever `T` is.
impl<T: ?Sized> Reset for PhantomData<T> {
    #[inline]
    fn reset(&mut self) {}
}
