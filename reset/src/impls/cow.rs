//! `Cow`: what is owned is cleared, what is borrowed is let go.

use alloc::borrow::Cow;

use crate::Reset;

/// `reset_cow!([generics] Borrowed)`: one impl per borrowed type, because `&Path` has no default
/// that a generic impl could name.
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
