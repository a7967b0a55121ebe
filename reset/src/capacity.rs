//! What the derive's `max_capacity` and `discard_above` go through.

#[cfg(feature = "alloc")]
use alloc::collections::{BinaryHeap, VecDeque};
#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
use core::ops::{Deref, DerefMut};
#[cfg(feature = "std")]
use std::collections::{HashMap, HashSet};
#[cfg(feature = "std")]
use std::{ffi::OsString, path::PathBuf};

/// A container whose capacity can be read and given back.
///
/// Counted in elements; in bytes for strings and byte buffers.
///
/// # The law
///
/// After `shrink_to(max)`, `capacity() <= max(max, length)`, as closely as the container allows:
///
/// * Hash tables hold a power of two of buckets. A capacity above 14 is afterwards below
///   `2 * max(max, length)`; `shrink_to(0)` of an empty table frees it. Shrinking a second time to
///   the same `max` moves nothing.
/// * A `SmallVec` keeps the capacity of its inline elements.
/// * `BytesMut` allocates the smaller buffer and copies into it.
///
/// Zero-sized elements need no memory, so that their number in a `Vec`, `VecDeque`, `BinaryHeap` or
/// `SmallVec` is also its capacity here: a bound on capacity is a bound on memory.
///
/// # Example
///
/// ```
/// use ratoon_reset::Capacity;
///
/// let mut body = Vec::<u8>::with_capacity(1 << 20);
/// body.extend_from_slice(b"hello");
/// body.shrink_to(4096);
/// assert_eq!(Capacity::capacity(&body), 4096);
/// Capacity::shrink_to(&mut body, 0);
/// assert_eq!(body, b"hello");
/// ```
#[diagnostic::on_unimplemented(
    message = "the capacity of `{Self}` cannot be bounded: it does not implement `Capacity`",
    label = "`Capacity` is not implemented for `{Self}`",
    note = "`#[reset(max_capacity = N)]` and `#[reset(discard_above = N)]` are for strings, vectors, \
            heaps, hash tables, and types that implement `Capacity`; beside `with = path` the methods \
            `capacity` and `shrink_to` of the type serve too"
)]
pub trait Capacity {
    /// Elements that fit into the memory held.
    fn capacity(&self) -> usize;

    /// Shrinks the capacity to `max`, or to the length where that is larger. Never grows.
    fn shrink_to(&mut self, max: usize);
}

/// The container of a field that is reset by `with`: [`Capacity`] where it is implemented, the
/// type's own methods otherwise. Method lookup sees the inherent method of this type only if `T`
/// implements `Capacity`, and goes on to `T` through `Deref` if not.
#[derive(Debug)]
pub struct Limited<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized + Capacity> Limited<'_, T> {
    /// [`Capacity::capacity`].
    #[inline]
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }
}

impl<T: ?Sized> Deref for Limited<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0
    }
}

/// As [`Limited`], for `shrink_to`.
#[derive(Debug)]
pub struct LimitedMut<'a, T: ?Sized>(pub &'a mut T);

impl<T: ?Sized + Capacity> LimitedMut<'_, T> {
    /// [`Capacity::shrink_to`].
    #[inline]
    pub fn shrink_to(&mut self, max: usize) {
        self.0.shrink_to(max);
    }
}

impl<T: ?Sized> Deref for LimitedMut<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0
    }
}

impl<T: ?Sized> DerefMut for LimitedMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.0
    }
}

#[cfg(feature = "alloc")]
macro_rules! forward_sequences {
    ($($collection:ident)*) => {$(
        impl<T> Capacity for $collection<T> {
            #[inline]
            fn capacity(&self) -> usize {
                if size_of::<T>() == 0 { self.len() } else { $collection::capacity(self) }
            }

            #[inline]
            fn shrink_to(&mut self, max: usize) {
                $collection::shrink_to(self, max);
            }
        }
    )*};
}

#[cfg(feature = "alloc")]
forward_sequences! { Vec VecDeque BinaryHeap }

#[cfg(feature = "alloc")]
macro_rules! forward {
    ($([$($generics:tt)*] $container:ty;)*) => {$(
        impl<$($generics)*> Capacity for $container {
            #[inline]
            fn capacity(&self) -> usize {
                <$container>::capacity(self)
            }

            #[inline]
            fn shrink_to(&mut self, max: usize) {
                <$container>::shrink_to(self, max);
            }
        }
    )*};
}

#[cfg(feature = "alloc")]
forward! {
    [] String;
}
#[cfg(feature = "std")]
forward! {
    [] OsString;
    [] PathBuf;
    [K: Eq + Hash, V, S: BuildHasher] HashMap<K, V, S>;
    [T: Eq + Hash, S: BuildHasher] HashSet<T, S>;
}
