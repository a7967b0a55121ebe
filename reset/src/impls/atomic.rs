//! Atomics: the default value, stored through exclusive access.

#[cfg(target_has_atomic = "8")]
use core::sync::atomic::{AtomicBool, AtomicI8, AtomicU8};
#[cfg(target_has_atomic = "16")]
use core::sync::atomic::{AtomicI16, AtomicU16};
#[cfg(target_has_atomic = "32")]
use core::sync::atomic::{AtomicI32, AtomicU32};
#[cfg(target_has_atomic = "64")]
use core::sync::atomic::{AtomicI64, AtomicU64};
#[cfg(target_has_atomic = "ptr")]
use core::sync::atomic::{AtomicIsize, AtomicPtr, AtomicUsize};

use crate::Reset;

macro_rules! reset_atomics {
    ($($width:literal: $($atomic:ident)+;)*) => {$($(
        #[cfg(target_has_atomic = $width)]
        impl Reset for $atomic {
            #[inline]
            fn reset(&mut self) {
                *self.get_mut() = Default::default();
            }
        }
    )+)*};
}

reset_atomics! {
    "8": AtomicBool AtomicI8 AtomicU8;
    "16": AtomicI16 AtomicU16;
    "32": AtomicI32 AtomicU32;
    "64": AtomicI64 AtomicU64;
    "ptr": AtomicIsize AtomicUsize;
}

/// Becomes null, which is its default (a plain raw pointer has none). What it pointed to is not
/// freed: a type that owns its pointee writes `Reset` by hand.
#[cfg(target_has_atomic = "ptr")]
impl<T> Reset for AtomicPtr<T> {
    #[inline]
    fn reset(&mut self) {
        *self.get_mut() = core::ptr::null_mut();
    }
}
