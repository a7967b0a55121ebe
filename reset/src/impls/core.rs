//! Types of `core`.

use core::cell::{Cell, OnceCell, RefCell};
use core::cmp::Reverse;
use core::marker::PhantomData;
use core::num::{Saturating, Wrapping};
use core::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
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
    f32 f64 Duration RangeFull
}

/// Becomes `""`.
impl Reset for &'static str {
    #[inline]
    fn reset(&mut self) {
        *self = "";
    }
}

macro_rules! reset_bounds_to_default {
    ($($range:ident: $fresh:expr;)*) => {$(
        /// Each bound becomes its default: that of integers is 0.
        impl<T: Default> Reset for $range<T> {
            #[inline]
            fn reset(&mut self) {
                *self = $fresh;
            }
        }
    )*};
}

reset_bounds_to_default! {
    Range: T::default()..T::default();
    RangeInclusive: T::default()..=T::default();
    RangeFrom: T::default()..;
    RangeTo: ..T::default();
    RangeToInclusive: ..=T::default();
}

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

/// Becomes `None`. A kept `Some` would tell the next request that this one had a value; the
/// derive's `inner = "reason"` keeps it where that is wanted. Nothing is asked of `T`.
impl<T> Reset for Option<T> {
    #[inline]
    fn reset(&mut self) {
        *self = None;
    }
}

/// Becomes empty: the next request initialises it anew.
impl<T> Reset for OnceCell<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}

/// Each element is reset; the length of a slice is part of its type's shape and stays.
impl<T: Reset> Reset for [T] {
    #[inline]
    fn reset(&mut self) {
        self.iter_mut().for_each(T::reset);
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.iter().all(T::reusable)
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.iter().map(T::retained_bytes).fold(0, usize::saturating_add)
    }
}

/// Each element is reset.
impl<T: Reset, const N: usize> Reset for [T; N] {
    #[inline]
    fn reset(&mut self) {
        self.as_mut_slice().reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.as_slice().reusable()
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.as_slice().retained_bytes()
    }
}

macro_rules! reset_tuples {
    ($($name:ident . $index:tt)*) => { reset_tuples! { @grow [] $($name . $index)* } };
    (@grow [$($done:tt)*]) => {};
    (@grow [$($done:tt)*] $name:ident . $index:tt $($rest:tt)*) => {
        reset_tuples! { @impl $($done)* $name . $index }
        reset_tuples! { @grow [$($done)* $name . $index] $($rest)* }
    };
    (@impl $($name:ident . $index:tt)+) => {
        // Errors would list twelve tuples among the types that implement `Reset`.
        #[diagnostic::do_not_recommend]
        impl<$($name: Reset),+> Reset for ($($name,)+) {
            #[inline]
            fn reset(&mut self) {
                $(self.$index.reset();)+
            }

            #[inline]
            fn reusable(&self) -> bool {
                $(self.$index.reusable())&&+
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                0_usize$(.saturating_add(self.$index.retained_bytes()))+
            }
        }
    };
}

// One impl for every prefix: `(A,)`, `(A, B)`, … to twelve.
reset_tuples! { A.0 B.1 C.2 D.3 E.4 F.5 G.6 H.7 I.8 J.9 K.10 L.11 }

/// Resets what is inside. What a `Cell` holds cannot be looked at, so `reusable` is `true` and
/// `retained_bytes` is 0 whatever the value inside would say.
impl<T: ?Sized + Reset> Reset for Cell<T> {
    #[inline]
    fn reset(&mut self) {
        self.get_mut().reset();
    }
}

/// Resets what is inside. A cell with a leaked borrow (`mem::forget` of a `Ref` or `RefMut`) is
/// reset too, but it would refuse the next request's borrow, so it is not reusable.
impl<T: ?Sized + Reset> Reset for RefCell<T> {
    #[inline]
    fn reset(&mut self) {
        self.get_mut().reset();
    }

    #[inline]
    fn reusable(&self) -> bool {
        self.try_borrow_mut().is_ok_and(|inside| inside.reusable())
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.try_borrow().map_or(0, |inside| inside.retained_bytes())
    }
}

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
