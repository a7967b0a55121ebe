//! What holds an object while it is in use.

/// What every guard lets a user do with its field `object`.
macro_rules! object_traits {
    (impl[$($generics:tt)*] $guard:ty) => {
        impl<$($generics)*> core::ops::Deref for $guard {
            type Target = T;

            #[inline]
            fn deref(&self) -> &T {
                &self.object
            }
        }

        impl<$($generics)*> core::ops::DerefMut for $guard {
            #[inline]
            fn deref_mut(&mut self) -> &mut T {
                &mut self.object
            }
        }

        impl<$($generics)*> core::fmt::Debug for $guard
        where
            T: core::fmt::Debug,
        {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Debug::fmt(&**self, f)
            }
        }
    };
}

mod arc;
#[cfg(feature = "bytes")]
mod buffer;
mod local;
mod pooled;

pub use self::arc::PooledArc;
pub use self::local::{Local, LocalPooled};
pub use self::pooled::Pooled;
