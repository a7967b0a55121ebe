//! The limits of a pool.

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::time::Duration;

use crate::inner::{Inner, Limits};
use crate::sync::const_fn;
use crate::{Pool, Reset};

const MAX_LOCAL_CAPACITY: usize = 1 << 16;

const DEFAULT: Limits = Limits {
    local_capacity: 64,
    shared_capacity: 1024,
    max_retained_bytes: 1 << 20,
    trim_window: Duration::from_secs(30),
};

/// Builds a [`Pool`] with limits of one's own; see [`Pool::builder`].
///
/// | limit | default | |
/// |---|---|---|
/// | [`local_capacity`](Self::local_capacity) | 64 | idle objects per thread |
/// | [`shared_capacity`](Self::shared_capacity) | 1,024 | idle objects in the depot |
/// | [`max_retained_bytes`](Self::max_retained_bytes) | 1 MiB | heap bytes per idle object |
/// | [`trim_window`](Self::trim_window) | 30 s | how long what a trim frees was not needed |
#[must_use = "a builder does nothing until `build`"]
pub struct PoolBuilder<T: Reset + Send, F = fn() -> T> {
    factory: F,
    limits: Limits,
    makes: PhantomData<fn() -> T>,
}

impl<T: Reset + Send, F> PoolBuilder<T, F> {
    pub(crate) const fn new(factory: F) -> Self {
        Self { factory, limits: DEFAULT, makes: PhantomData }
    }

    /// How many idle objects a thread may keep for itself, and a [`Local`](crate::Local) likewise; 64 unless told.
    ///
    /// A thread that holds more than that many at a time goes to the depot once per
    /// `objects / 2` gets. With 0 every get and put goes to the depot. Values above 65,536
    /// mean 65,536. Each thread that uses the pool allocates a pointer for each of them.
    pub const fn local_capacity(mut self, objects: usize) -> Self {
        self.limits.local_capacity =
            if objects < MAX_LOCAL_CAPACITY { objects } else { MAX_LOCAL_CAPACITY };
        self
    }

    /// How many idle objects may rest in the depot that all threads share; 1,024 unless told.
    ///
    /// With 0 objects never travel between threads, and what does not fit a thread's cache is dropped.
    pub const fn shared_capacity(mut self, objects: usize) -> Self {
        self.limits.shared_capacity = objects;
        self
    }

    /// Above how many [retained heap bytes](Reset::retained_bytes) an object is dropped instead of kept, after its
    /// reset; 1 MiB unless told, `usize::MAX` for no limit.
    pub const fn max_retained_bytes(mut self, bytes: usize) -> Self {
        self.limits.max_retained_bytes = bytes;
        self
    }

    /// How long an object in the depot must not have been needed until [`trim`](Pool::trim) frees it; 30 seconds
    /// unless told.
    ///
    /// Longer than the pauses between bursts: a window that ends in a pause frees what the next burst needs.
    /// With `Duration::ZERO` each trim frees what was not needed since the one before, with `Duration::MAX` a trim
    /// frees nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use ratoon_pool::Pool;
    ///
    /// static BUFFERS: Pool<Vec<u8>> =
    ///     Pool::builder(Vec::new).trim_window(Duration::from_secs(120)).build();
    ///
    /// BUFFERS.prefill(10);
    /// BUFFERS.trim();
    /// BUFFERS.trim();
    /// assert_eq!(BUFFERS.stats().idle(), 10);
    /// ```
    pub const fn trim_window(mut self, window: Duration) -> Self {
        self.limits.trim_window = window;
        self
    }

    const_fn! {
        /// The pool.
        pub fn build(self) -> Pool<T, F> {
            let limits = self.limits;
            let this = ManuallyDrop::new(self);
            let this: *const Self = (&raw const this).cast();
            // Plain destructuring of a type that might need `Drop` is not allowed in a constant.
            // SAFETY: `ManuallyDrop` is transparent, so this points to a whole builder.
            let factory = unsafe { &raw const (*this).factory };
            // SAFETY: the builder is never dropped, so this is the only copy that is used.
            let factory = unsafe { factory.read() };
            Pool::from_parts(Inner::new(limits), factory)
        }
    }
}

impl<T: Reset + Send, F> fmt::Debug for PoolBuilder<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolBuilder").field("limits", &self.limits).finish_non_exhaustive()
    }
}
