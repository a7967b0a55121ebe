//! The guard that borrows its pool.

use core::mem::ManuallyDrop;

use crate::Reset;
use crate::inner::Inner;

/// An object in use, borrowed from a [`Pool`](crate::Pool); `Pooled<'static, T>` from a `static` one.
///
/// Dropping it resets the object and puts it back, into the cache of the thread where it is dropped. In this order:
///
/// 1. If the thread is unwinding, the object is dropped: it may be half written. A guard that was created outside of
///    a [`catch_unwind`](std::panic::catch_unwind) and is dropped after it goes on with 2: to drop the object instead,
///    [`detach`](Self::detach) it.
/// 2. [`Reset::reset`].
/// 3. If [`Reset::reusable`] says no, or it retains more bytes than the pool allows, it is dropped.
/// 4. It rests in this thread's cache, or in the depot, or is dropped where both are full.
///
/// A guard is `Send`, because `T` is, and `Sync` only if `T` is; it may be held across `.await`, outlive the thread
/// that made it, and be leaked with [`mem::forget`](core::mem::forget), which costs the object and nothing else.
///
/// To use two fields at once, take the object apart: each access through the guard borrows all of it.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use ratoon_pool::{Pool, Reset};
///
/// #[derive(Default, Reset)]
/// struct Context {
///     line: String,
///     words: Vec<usize>,
/// }
///
/// static CONTEXTS: Pool<Context> = Pool::new(Context::default);
///
/// let mut context = CONTEXTS.get();
/// context.line.push_str("to be or not");
/// let Context { line, words } = &mut *context;
/// words.extend(line.split(' ').map(str::len));
/// assert_eq!(context.words, [2, 2, 2, 3]);
/// # }
/// ```
#[doc(alias("guard", "recycle", "release", "Reusable", "PoolGuard", "put"))]
#[must_use = "dropping the guard puts the object back at once"]
pub struct Pooled<'p, T: Reset + Send> {
    /// Invariant: initialised until the guard is consumed or dropped.
    object: ManuallyDrop<Box<T>>,
    pool: &'p Inner<T>,
}

impl<'p, T: Reset + Send> Pooled<'p, T> {
    #[inline(always)]
    pub(crate) fn new(pool: &'p Inner<T>, object: Box<T>) -> Self {
        Self { object: ManuallyDrop::new(object), pool }
    }

    /// Takes the object out for good. It is not reset.
    ///
    /// # Examples
    ///
    /// ```
    /// use ratoon_pool::Pool;
    ///
    /// static NAMES: Pool<String> = Pool::new(String::new);
    /// let mut name = NAMES.get();
    /// name.push_str("kept");
    /// assert_eq!(name.detach(), "kept");
    /// assert_eq!(NAMES.stats().idle(), 0);
    /// ```
    #[doc(alias = "into_inner")]
    pub fn detach(self) -> T {
        let (pool, object) = self.into_parts();
        pool.counters().detached.add(1);
        *object
    }

    /// Drops the object instead of putting it back; for one that is known to be spoilt.
    ///
    /// # Panics
    ///
    /// If the `Drop` of the object panics.
    pub fn discard(self) {
        let (pool, object) = self.into_parts();
        pool.discard(object, &pool.counters().requested);
    }

    fn into_parts(self) -> (&'p Inner<T>, Box<T>) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: the invariant of `object`; the guard is consumed.
        let object = unsafe { ManuallyDrop::take(&mut this.object) };
        (this.pool, object)
    }
}

impl<T: Reset + Send> Drop for Pooled<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the invariant of `object`; the guard is being dropped.
        unsafe { self.pool.put(&mut self.object) };
    }
}

object_traits!(impl[T: Reset + Send] Pooled<'_, T>);
