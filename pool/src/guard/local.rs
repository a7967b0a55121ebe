//! A cache that is not found by thread index, but held in hand.

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;

use crate::leases::Lease;
use crate::slot::Owner;
use crate::{Pool, Reset};

/// A cache of objects that belongs to whoever holds this: no thread-local lookup at all.
///
/// For a loop that gets and puts many times in one place. It has a slot of its own, leased from the pool; so
/// it may be kept in a thread-local of any kind, and several may be alive in one thread. Dropping it gives
/// its objects to the depot and its slot back to the pool.
///
/// Each `Local` keeps up to `local_capacity` objects beside those that its thread keeps. It is not `Send`.
///
/// # Examples
///
/// ```
/// use ratoon_pool::Pool;
///
/// static LINES: Pool<String> = Pool::new(String::new);
///
/// let lines = LINES.local();
/// for n in 0..1000 {
///     let mut line = lines.get();
///     line.push_str("line ");
///     line.push_str(&n.to_string());
/// }
/// assert_eq!(LINES.stats().created, 1);
/// ```
#[doc(alias = "LocalPool")]
pub struct Local<'p, T: Reset + Send, F = fn() -> T> {
    pool: &'p Pool<T, F>,
    /// Invariant: taken by this `Local`, and by no other until this one is dropped. `None` if the pool's
    /// threads keep nothing.
    lease: Option<&'p Lease<T>>,
    not_send: PhantomData<*const ()>,
}

impl<'p, T: Reset + Send, F: Fn() -> T> Local<'p, T, F> {
    pub(crate) fn new(pool: &'p Pool<T, F>) -> Self {
        Self { pool, lease: pool.inner().lease(), not_send: PhantomData }
    }

    /// Takes an object out of this cache, or of the depot, or makes one.
    ///
    /// # Panics
    ///
    /// If the factory or the reset of a new object panics. The pool is as it was before.
    #[inline]
    pub fn get(&self) -> LocalPooled<'_, T, F> {
        let object = self.pool.take_from(self.slot());
        LocalPooled { object: ManuallyDrop::new(object), local: self }
    }
}

impl<T: Reset + Send, F> Local<'_, T, F> {
    /// Takes an idle object out of this cache or of the depot, or `None` if both are empty; see
    /// [`Pool::try_get`].
    #[inline]
    pub fn try_get(&self) -> Option<LocalPooled<'_, T, F>> {
        let object = self.pool.take_idle(self.slot())?;
        Some(LocalPooled { object: ManuallyDrop::new(object), local: self })
    }

    #[inline(always)]
    fn slot(&self) -> Option<Owner<'_, T>> {
        let slot = self.lease?.slot();
        // SAFETY: rule 1: the lease is this `Local`'s, which cannot leave its thread.
        Some(unsafe { slot.own() })
    }
}

impl<T: Reset + Send, F> Drop for Local<'_, T, F> {
    fn drop(&mut self) {
        /// Gives the lease back even if an object's `Drop` panics.
        struct Release<'l, T>(&'l Lease<T>);
        impl<T> Drop for Release<'_, T> {
            fn drop(&mut self) {
                self.0.release();
            }
        }
        let _release = self.lease.map(Release);
        if let Some(slot) = self.slot() {
            self.pool.inner().flush(slot);
        }
    }
}

impl<T: Reset + Send, F> fmt::Debug for Local<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local")
            .field("idle", &self.slot().map_or(0, Owner::len))
            .finish_non_exhaustive()
    }
}

/// An object in use, borrowed from a [`Local`].
///
/// Everything is as with [`Pooled`](crate::Pooled), but it stays in its thread and goes back into the `Local`'s cache.
#[must_use = "dropping the guard puts the object back at once"]
pub struct LocalPooled<'l, T: Reset + Send, F = fn() -> T> {
    /// Invariant: initialised until the guard is consumed or dropped.
    object: ManuallyDrop<Box<T>>,
    local: &'l Local<'l, T, F>,
}

impl<'l, T: Reset + Send, F> LocalPooled<'l, T, F> {
    /// Takes the object out for good. It is not reset.
    pub fn detach(self) -> T {
        let (object, pool) = self.into_parts();
        pool.inner().counters().detached.add(1);
        *object
    }

    /// Drops the object instead of putting it back; for one that is known to be spoilt.
    ///
    /// # Panics
    ///
    /// If the `Drop` of the object panics.
    pub fn discard(self) {
        let (object, pool) = self.into_parts();
        pool.inner().discard(object, &pool.inner().counters().requested);
    }

    fn into_parts(self) -> (Box<T>, &'l Pool<T, F>) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: the invariant of `object`; the guard is consumed.
        let object = unsafe { ManuallyDrop::take(&mut this.object) };
        (object, this.local.pool)
    }
}

impl<T: Reset + Send, F> Drop for LocalPooled<'_, T, F> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the invariant of `object`; the guard is being dropped.
        unsafe { self.local.pool.inner().put_in(self.local.slot(), &mut self.object) };
    }
}

object_traits!(impl[T: Reset + Send, F] LocalPooled<'_, T, F>);
