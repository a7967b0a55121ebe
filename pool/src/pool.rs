//! The pool.

use core::fmt;
use core::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use crate::builder::PoolBuilder;
use crate::inner::{Inner, Limits};
use crate::slot::Owner;
use crate::sync::{self, const_fn};
use crate::{Local, Pooled, PooledArc, Reset, Stats};

/// Objects that are reset and used again instead of being freed and made anew.
///
/// Each thread keeps a few objects for itself, in a slot that the pool owns; what goes beyond that rests in a
/// depot that all threads share. See the [crate documentation](crate) for what that costs and how
/// it is bounded.
///
/// `T` need not be `'static`: a pool may live on the stack and serve a [`std::thread::scope`].
///
/// # Examples
///
/// ```
/// use ratoon_pool::Pool;
///
/// static BUFFERS: Pool<Vec<u8>> = Pool::new(Vec::new);
///
/// let mut buffer = BUFFERS.get();
/// buffer.extend_from_slice(b"GET / HTTP/1.1");
/// drop(buffer); // cleared, then back into this thread's cache
///
/// let buffer = BUFFERS.get();
/// assert!(buffer.is_empty());
/// assert!(buffer.capacity() >= 14);
/// ```
#[doc(alias = "ObjectPool")]
pub struct Pool<T: Reset + Send, F = fn() -> T> {
    inner: Inner<T>,
    factory: F,
}

impl<T: Reset + Send> Pool<T> {
    const_fn! {
        /// A pool with default limits, empty; it allocates when it is first used.
        ///
        /// `factory` makes an object when none is idle; what it made is reset before its first
        /// use, so that a first use differs in nothing from a later one. It is a function, or a closure that captures
        /// nothing; one that captures goes to [`builder_with`](Pool::builder_with).
        ///
        /// The limits are those of [`PoolBuilder`].
        pub fn new(factory: fn() -> T) -> Self {
            Self::builder(factory).build()
        }
    }

    const_fn! {
        /// A pool whose limits are chosen, in a constant if need be.
        ///
        /// # Examples
        ///
        /// ```
        /// use ratoon_pool::Pool;
        ///
        /// static BUFFERS: Pool<Vec<u8>> = Pool::builder(Vec::new)
        ///     .local_capacity(16)
        ///     .shared_capacity(256)
        ///     .max_retained_bytes(64 * 1024)
        ///     .build();
        ///
        /// BUFFERS.get().reserve(100 * 1024);
        /// assert_eq!(BUFFERS.stats().discarded.too_large, 1);
        /// ```
        pub fn builder(factory: fn() -> T) -> PoolBuilder<T> {
            PoolBuilder::new(factory)
        }
    }
}

impl<T: Reset + Send, F: Fn() -> T> Pool<T, F> {
    /// Like [`builder`](Pool::builder), for a factory that captures something.
    ///
    /// # Examples
    ///
    /// ```
    /// use ratoon_pool::Pool;
    ///
    /// let capacity = 4096;
    /// let pool = Pool::builder_with(|| Vec::<u8>::with_capacity(capacity)).build();
    /// assert!(pool.get().capacity() >= 4096);
    /// ```
    pub fn builder_with(factory: F) -> PoolBuilder<T, F> {
        PoolBuilder::new(factory)
    }

    /// Takes an object out of the pool, or makes one.
    ///
    /// Dropping the guard resets the object and puts it back, on whatever thread that happens.
    ///
    /// Without a lock and without an allocation while this thread's cache has objects; else one
    /// short lock that brings half a cache full from the depot; else the factory.
    ///
    /// # Panics
    ///
    /// If the factory or the reset of a new object panics. The pool is as it was before.
    #[doc(alias("acquire", "pull", "checkout"))]
    #[inline]
    pub fn get(&self) -> Pooled<'_, T> {
        Pooled::new(&self.inner, self.take())
    }

    /// Like [`get`](Self::get), with a guard that keeps the pool alive instead of borrowing it.
    ///
    /// Costs two atomic read-modify-writes more than `get`, on a counter that all threads
    /// share: some 10 ns on one thread, several times that when threads contend. Prefer a
    /// `static` pool, or [`get`](Self::get) inside a scope.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    /// use ratoon_pool::Pool;
    ///
    /// let pool = Arc::new(Pool::<String>::new(String::new));
    /// let mut name = pool.get_arc();
    /// std::thread::spawn(move || name.push_str("moved")).join().unwrap();
    /// assert_eq!(pool.stats().created, 1);
    /// ```
    #[doc(alias("get_owned", "get_rc", "pull_owned"))]
    #[inline]
    pub fn get_arc(self: &Arc<Self>) -> PooledArc<T, F> {
        PooledArc::new(Arc::clone(self), self.take())
    }

    /// A cache of one's own: the fastest way to get and put many times in one place.
    ///
    /// See [`Local`]. Takes a lease on a slot of the pool, in time proportional to how many
    /// `Local`s exist; allocates only when more of them are alive than ever before.
    pub fn local(&self) -> Local<'_, T, F> {
        Local::new(self)
    }

    /// Makes `n` objects and leaves them in the depot, where every thread finds them.
    ///
    /// Stops early when the depot and then this thread's cache are full, and when the factory makes what a
    /// put would not keep: one that is not [`reusable`](Reset::reusable), or retains too many bytes.
    ///
    /// # Panics
    ///
    /// If the factory or a method of `Reset` panics. Those made before stay.
    pub fn prefill(&self, n: usize) {
        for _ in 0..n {
            if !self.inner.has_room() || !self.inner.prefill(self.make()) {
                return;
            }
        }
    }

    /// An idle object or a new one.
    #[inline(always)]
    fn take(&self) -> Box<T> {
        self.take_from(self.inner.near_slot())
    }

    /// The same for a slot that the caller owns.
    #[inline(always)]
    pub(crate) fn take_from(&self, slot: Option<Owner<'_, T>>) -> Box<T> {
        match slot {
            Some(slot) => match slot.pop_top() {
                Some(object) => object,
                None => self.take_below(slot),
            },
            // A call of its own: it spares the other path a second look at `slot`.
            None => self.take_slow(None),
        }
    }

    #[cold]
    #[inline(never)]
    fn take_below(&self, slot: Owner<'_, T>) -> Box<T> {
        match slot.pop() {
            Some(object) => object,
            None => self.take_slow(Some(slot)),
        }
    }

    #[cold]
    #[inline(never)]
    fn take_slow(&self, slot: Option<Owner<'_, T>>) -> Box<T> {
        self.inner.take_slow(slot).unwrap_or_else(|| self.make())
    }

    fn make(&self) -> Box<T> {
        // Boxed first, reset in place: a large object is moved no more often than necessary.
        let mut object = Box::new((self.factory)());
        T::reset(&mut object);
        self.inner.counters().created.add(1);
        object
    }
}

impl<T: Reset + Send, F> Pool<T, F> {
    pub(crate) const fn from_parts(inner: Inner<T>, factory: F) -> Self {
        Self { inner, factory }
    }

    pub(crate) fn inner(&self) -> &Inner<T> {
        &self.inner
    }

    /// Takes an idle object, or `None` if there is none that this thread can reach. Never calls the factory.
    ///
    /// Looks where [`get`](Self::get) looks: in this thread's cache, then in the depot. The caches of other
    /// threads are out of reach, so `None` does not mean that [`Stats::idle`] is 0. The cost is that of `get` without
    /// the factory: no allocation, except for the cache itself when this thread uses the pool for the first time.
    ///
    /// For callers that have something better to do than to make an object: shed load, or use a
    /// smaller buffer on the stack. With [`prefill`](Self::prefill) it bounds how many objects there are.
    ///
    /// # Examples
    ///
    /// ```
    /// use ratoon_pool::Pool;
    ///
    /// static POOL: Pool<String> = Pool::builder(String::new).local_capacity(0).build();
    /// assert!(POOL.try_get().is_none());
    ///
    /// POOL.prefill(2); // two at most are in use from here on
    /// let held = (POOL.try_get().unwrap(), POOL.try_get().unwrap());
    /// assert!(POOL.try_get().is_none(), "busy");
    /// drop(held);
    /// assert!(POOL.try_get().is_some());
    /// assert_eq!(POOL.stats().created, 2);
    /// ```
    #[doc(alias("try_acquire", "try_pull"))]
    #[inline]
    pub fn try_get(&self) -> Option<Pooled<'_, T>> {
        let object = self.take_idle(self.inner.near_slot())?;
        Some(Pooled::new(&self.inner, object))
    }

    /// Like [`try_get`](Self::try_get), with a guard that keeps the pool alive; see [`get_arc`](Self::get_arc).
    #[doc(alias("try_get_owned", "try_get_rc", "try_pull_owned"))]
    #[inline]
    pub fn try_get_arc(self: &Arc<Self>) -> Option<PooledArc<T, F>> {
        let object = self.take_idle(self.inner.near_slot())?;
        Some(PooledArc::new(Arc::clone(self), object))
    }

    /// An idle object that the slot, which the caller owns, or the depot has. `None` for a slot: it was not found
    /// in a few loads.
    #[inline(always)]
    pub(crate) fn take_idle(&self, slot: Option<Owner<'_, T>>) -> Option<Box<T>> {
        match slot.and_then(Owner::pop_top) {
            Some(object) => Some(object),
            None => self.take_idle_slow(slot),
        }
    }

    #[cold]
    #[inline(never)]
    fn take_idle_slow(&self, slot: Option<Owner<'_, T>>) -> Option<Box<T>> {
        self.inner.take_slow(slot)
    }

    /// Drops every idle object, also those in the caches of other threads.
    ///
    /// # Panics
    ///
    /// If the `Drop` of an object panics; the others are dropped nevertheless.
    pub fn clear_all(&mut self) {
        self.inner.clear_all();
    }

    /// Drops the idle objects that can be reached without disturbing another thread: the depot's, those in
    /// this thread's cache, and those in the caches of threads that have ended.
    ///
    /// A live thread keeps its cache until it calls [`flush_local`](Self::flush_local).
    ///
    /// # Panics
    ///
    /// If the `Drop` of an object panics. The pool stays usable; what was not dropped yet rests in it.
    pub fn clear(&self) {
        self.inner.clear();
    }

    /// Drops the objects in the depot that were not needed for a whole window of time.
    ///
    /// To be called now and then, by a timer or a monitor. How often does not matter: the call that comes when
    /// [`trim_window`](PoolBuilder::trim_window), 30 seconds unless told, is over drops as many objects as the
    /// depot always had during the window, those that have been in it longest, and begins the next window. All
    /// other calls drop none of them. The first call begins the first window. So
    ///
    /// * what the load needed at any time within a window is kept, however often a monitor calls;
    /// * once the load has ended, the depot is empty after two windows, if there is a call at the end of each.
    ///
    /// Before that, each call moves the objects of threads that have ended into the depot, and drops those that
    /// have no room there. A live thread keeps its cache until it calls [`flush_local`](Self::flush_local).
    /// [`tuning`](crate::tuning#giving-memory-back) compares the three ways to give memory back.
    ///
    /// Takes time proportional to the number of threads that have used the pool, and to the number of objects
    /// dropped. Allocates only when objects of threads that have ended make the depot larger than it ever was: 8 to
    /// 16 bytes for each that it then has. On a platform without a clock (`wasm32-unknown-unknown`), each call to
    /// any pool counts as a second.
    ///
    /// # Panics
    ///
    /// If the `Drop` of an object panics. The pool stays usable; what was not dropped yet rests in it, and the
    /// next window begins.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use ratoon_pool::Pool;
    ///
    /// // For the example: each call ends a window.
    /// static POOL: Pool<String> = Pool::builder(String::new).trim_window(Duration::ZERO).build();
    ///
    /// POOL.prefill(10);
    /// POOL.trim(); // begins a window
    /// assert_eq!(POOL.stats().idle(), 10);
    /// POOL.trim(); // ends it: no object was needed
    /// assert_eq!(POOL.stats().idle(), 0);
    /// ```
    #[doc(alias = "shrink_to_fit")]
    pub fn trim(&self) {
        self.inner.trim_at(sync::now());
    }

    /// Moves this thread's idle objects into the depot, and drops those that have no room there.
    ///
    /// For a thread that is about to sleep for long: others can use the objects meanwhile, and
    /// [`trim`](Self::trim) can reach them. In tokio, call it in `Builder::on_thread_park`.
    ///
    /// # Panics
    ///
    /// If the `Drop` of an object panics. The pool stays usable.
    pub fn flush_local(&self) {
        self.inner.flush_own();
    }

    /// What the pool has done so far. Changes nothing, and takes one lock for an instant.
    ///
    /// Takes time proportional to the number of threads that have used the pool.
    pub fn stats(&self) -> Stats {
        self.inner.stats()
    }
}

// A panic leaves a pool as it was: what it interrupted is dropped, whatever `T` is.
impl<T: Reset + Send, F: UnwindSafe> UnwindSafe for Pool<T, F> {}
impl<T: Reset + Send, F: RefUnwindSafe> RefUnwindSafe for Pool<T, F> {}

impl<T: Reset + Send, F> fmt::Debug for Pool<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Limits { local_capacity, shared_capacity, max_retained_bytes, trim_window } =
            self.inner.limits();
        f.debug_struct("Pool")
            .field("local_capacity", &local_capacity)
            .field("shared_capacity", &shared_capacity)
            .field("max_retained_bytes", &max_retained_bytes)
            .field("trim_window", &trim_window)
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index;

    #[test]
    fn second_get_on_a_thread_finds_its_cache_in_a_few_loads() {
        let pool = Pool::<u64>::new(|| 0);
        assert!(pool.inner.near_slot().is_none());
        drop(pool.get());
        // Many threads may be testing at once.
        if index::current().index() < index::NEAR {
            let slot = pool.inner.near_slot().expect("made by the first get");
            assert!(slot.pop_top().is_some());
        }
    }
}
