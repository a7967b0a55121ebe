//! The guard that shares its pool.

use core::mem::ManuallyDrop;
use std::sync::Arc;

use crate::{Pool, Reset};

/// An object in use that keeps its pool alive; see [`Pool::get_arc`], also for what it costs.
///
/// Everything else is as with [`Pooled`](crate::Pooled).
#[doc(alias("OwnedGuard", "ReusableOwned", "RcGuard"))]
#[must_use = "dropping the guard puts the object back at once"]
pub struct PooledArc<T: Reset + Send, F = fn() -> T> {
    /// Invariant: initialised until the guard is consumed or dropped.
    object: ManuallyDrop<Box<T>>,
    /// Dropped after the object was put back, so that the last guard drops a whole pool.
    pool: Arc<Pool<T, F>>,
}

impl<T: Reset + Send, F> PooledArc<T, F> {
    #[inline]
    pub(crate) fn new(pool: Arc<Pool<T, F>>, object: Box<T>) -> Self {
        Self { object: ManuallyDrop::new(object), pool }
    }

    /// Takes the object out for good. It is not reset.
    pub fn detach(self) -> T {
        let (pool, object) = self.into_parts();
        pool.inner().counters().detached.add(1);
        *object
    }

    /// Drops the object instead of putting it back; for one that is known to be spoilt.
    ///
    /// # Panics
    ///
    /// If the `Drop` of the object panics.
    pub fn discard(self) {
        let (pool, object) = self.into_parts();
        pool.inner().discard(object, &pool.inner().counters().requested);
    }

    fn into_parts(self) -> (Arc<Pool<T, F>>, Box<T>) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: the invariant of `object`; the guard is consumed.
        let object = unsafe { ManuallyDrop::take(&mut this.object) };
        // SAFETY: as above; `this` is never dropped, so the pool has one owner.
        let pool = unsafe { (&raw const this.pool).read() };
        (pool, object)
    }
}

impl<T: Reset + Send, F> Drop for PooledArc<T, F> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the invariant of `object`; the guard is being dropped.
        unsafe { self.pool.inner().put(&mut self.object) };
    }
}

object_traits!(impl[T: Reset + Send, F] PooledArc<T, F>);
