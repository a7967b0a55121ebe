//! Types of `alloc`.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::ffi::CString;
use alloc::rc;
use alloc::string::String;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync;
use alloc::vec::Vec;
use core::pin::Pin;

use crate::Reset;

/// Cleared, capacity kept.
impl Reset for String {
    #[inline]
    fn reset(&mut self) {
        self.clear();
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.capacity()
    }
}

macro_rules! clear_and_keep {
    ($($collection:ident)*) => {$(
        /// Cleared, capacity kept; the elements are dropped, and what they owned is freed.
        impl<T> Reset for $collection<T> {
            #[inline]
            fn reset(&mut self) {
                self.clear();
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                // Zero-sized elements have an endless capacity and hold no memory.
                self.capacity().saturating_mul(size_of::<T>())
            }
        }
    )*};
}

clear_and_keep! { Vec VecDeque BinaryHeap }

macro_rules! clear_and_free {
    ($($collection:ident<$($parameter:ident),+>)*) => {$(
        /// Cleared; its nodes are freed, nothing is kept.
        impl<$($parameter),+> Reset for $collection<$($parameter),+> {
            #[inline]
            fn reset(&mut self) {
                self.clear();
            }
        }
    )*};
}

clear_and_free! { BTreeMap<K, V> BTreeSet<T> LinkedList<T> }

macro_rules! reset_inside {
    ($(#[$doc:meta])* $pointer:ty, $($bound:tt)*) => {
        $(#[$doc])*
        impl<T: ?Sized + Reset $($bound)*> Reset for $pointer {
            #[inline]
            fn reset(&mut self) {
                (**self).reset();
            }

            #[inline]
            fn reusable(&self) -> bool {
                (**self).reusable()
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                size_of_val(&**self).saturating_add((**self).retained_bytes())
            }
        }
    };
}

reset_inside! {
    /// Resets what is inside: `Box<dyn Reset>` asks the type behind it, `Box<[T]>` resets each element
    /// and keeps its length.
    Box<T>,
}
reset_inside! {
    /// As `Box<T>`.
    Pin<Box<T>>, + Unpin
}

/// Becomes `""`; its memory is freed, since its length is its capacity.
impl Reset for Box<str> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Becomes `c""`, which is one byte on the heap. Its memory is freed: a `CString` has no capacity.
impl Reset for CString {
    #[inline]
    fn reset(&mut self) {
        if !self.is_empty() {
            *self = Self::default();
        }
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        self.as_bytes_with_nul().len()
    }
}

/// One impl per borrowed type, with its empty value: `&Path` has no default that a generic impl could
/// ask for.
macro_rules! reset_cow {
    ([$($generics:tt)*] $borrowed:ty, $empty:expr) => {
        /// An owned value is cleared and keeps its capacity, a borrowed one is replaced by an empty
        /// borrow: the variant, like capacity, is not part of what a fresh value is.
        impl<$($generics)*> Reset for Cow<'_, $borrowed> {
            #[inline]
            fn reset(&mut self) {
                match self {
                    Cow::Owned(owned) => owned.reset(),
                    Cow::Borrowed(borrowed) => *borrowed = $empty,
                }
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                match self {
                    Cow::Owned(owned) => owned.retained_bytes(),
                    Cow::Borrowed(_) => 0,
                }
            }
        }
    };
}

reset_cow! { [] str, "" }
reset_cow! { [T: Clone] [T], &[] }
#[cfg(feature = "std")]
reset_cow! { [] std::ffi::OsStr, std::ffi::OsStr::new("") }
#[cfg(feature = "std")]
reset_cow! { [] std::path::Path, std::path::Path::new("") }

/// Points nowhere afterwards, and lets go of the allocation it kept alive. Only for sized `T`: there
/// is no empty `Weak<dyn _>`.
impl<T> Reset for rc::Weak<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}

/// Points nowhere afterwards, and lets go of the allocation it kept alive. Only for sized `T`.
#[cfg(target_has_atomic = "ptr")]
impl<T> Reset for sync::Weak<T> {
    #[inline]
    fn reset(&mut self) {
        *self = Self::new();
    }
}
