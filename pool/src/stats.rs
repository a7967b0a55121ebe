//! What a pool has done.

use crate::sync::{AtomicUsize, Ordering, const_fn};

/// Figures of a pool since it was made, as returned by [`Pool::stats`](crate::Pool::stats).
///
/// Each figure is exact for what happened before the call; what other threads do meanwhile may be
/// in one figure and not in another. At rest they add up:
///
/// `created = in_use() + idle() + detached + discarded.total()`
///
/// Counters are as wide as `usize`, and wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Objects that the factory has made.
    pub created: u64,
    /// Gets that were served with an object that had been used before (or prefilled).
    pub reused: u64,
    /// Objects that left the pool for good through [`Pooled::detach`](crate::Pooled::detach).
    pub detached: u64,
    /// Objects that were dropped, by reason.
    pub discarded: Discarded,
    /// How often the depot was locked to take objects from it or to give it some.
    pub depot_exchanges: u64,
    /// Objects that rest in the depot.
    pub idle_in_depot: usize,
    /// Objects that rest in the caches of threads and of [`Local`](crate::Local)s.
    pub idle_in_threads: usize,
}

impl Stats {
    /// All objects that rest in the pool.
    #[must_use]
    pub fn idle(&self) -> usize {
        self.idle_in_depot + self.idle_in_threads
    }

    /// Objects that guards hold, including guards that were leaked with [`mem::forget`](core::mem::forget).
    ///
    /// Derived from the other figures, so that a get and a put need not count. Exact while no other
    /// thread uses the pool; under load off by as many objects as moved while the figures were read,
    /// and never below 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use ratoon_pool::Pool;
    ///
    /// static POOL: Pool<String> = Pool::new(String::new);
    /// let (one, two) = (POOL.get(), POOL.get());
    /// assert_eq!(POOL.stats().in_use(), 2);
    /// drop(one);
    /// assert_eq!(POOL.stats().in_use(), 1);
    /// # drop(two);
    /// ```
    #[must_use]
    pub fn in_use(&self) -> usize {
        let gone = self.detached.wrapping_add(self.discarded.total());
        // In the width of the counters, so that the difference is right after they wrapped. One below
        // zero is an object that was counted as gone or idle, but not as created yet.
        let in_use = (self.created.wrapping_sub(gone) as usize).wrapping_sub(self.idle());
        usize::try_from(in_use as isize).unwrap_or(0)
    }
}

/// How many objects a pool has dropped, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discarded {
    /// The guard was dropped while its thread was unwinding, or `reset`, `reusable` or
    /// `retained_bytes` panicked.
    pub panicked: u64,
    /// [`Reset::reusable`](crate::Reset::reusable) said no.
    pub not_reusable: u64,
    /// [`Reset::retained_bytes`](crate::Reset::retained_bytes) was above `max_retained_bytes`.
    pub too_large: u64,
    /// Both the thread's cache and the depot were full; or a cache was flushed, by
    /// [`flush_local`](crate::Pool::flush_local) or the end of a [`Local`](crate::Local), into a full depot.
    pub no_room: u64,
    /// [`Pooled::discard`](crate::Pooled::discard) was called.
    pub requested: u64,
    /// [`Pool::trim`](crate::Pool::trim), [`Pool::clear`](crate::Pool::clear) or
    /// [`Pool::clear_all`](crate::Pool::clear_all) dropped it.
    pub trimmed: u64,
}

impl Discarded {
    /// The sum over all reasons.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.panicked
            + self.not_reusable
            + self.too_large
            + self.no_room
            + self.requested
            + self.trimmed
    }
}

/// A counter that several threads write; for what happens off the hot path.
#[derive(Debug)]
pub(crate) struct Counter(AtomicUsize);

impl Counter {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self(AtomicUsize::new(0))
        }
    }

    /// Relaxed here and below: the figures order nothing.
    pub(crate) fn add(&self, n: usize) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed) as u64
    }
}

/// The counters that are not in slots.
#[derive(Debug)]
pub(crate) struct Counters {
    pub(crate) created: Counter,
    /// Gets that threads without a slot had from the depot.
    pub(crate) popped: Counter,
    pub(crate) detached: Counter,
    pub(crate) panicked: Counter,
    pub(crate) not_reusable: Counter,
    pub(crate) too_large: Counter,
    pub(crate) no_room: Counter,
    pub(crate) requested: Counter,
    pub(crate) trimmed: Counter,
}

impl Counters {
    const_fn! {
        pub(crate) fn new() -> Self {
            Self {
                created: Counter::new(),
                popped: Counter::new(),
                detached: Counter::new(),
                panicked: Counter::new(),
                not_reusable: Counter::new(),
                too_large: Counter::new(),
                no_room: Counter::new(),
                requested: Counter::new(),
                trimmed: Counter::new(),
            }
        }
    }

    pub(crate) fn discarded(&self) -> Discarded {
        Discarded {
            panicked: self.panicked.read(),
            not_reusable: self.not_reusable.read(),
            too_large: self.too_large.read(),
            no_room: self.no_room.read(),
            requested: self.requested.read(),
            trimmed: self.trimmed.read(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_use_is_what_is_neither_idle_nor_gone() {
        let mut stats = Stats { created: 100, detached: 5, ..Stats::default() };
        stats.discarded.no_room = 10;
        (stats.idle_in_depot, stats.idle_in_threads) = (20, 7);
        assert_eq!(stats.in_use(), 58);
        // Figures that were read while objects moved.
        stats.idle_in_threads = 66;
        assert_eq!(stats.in_use(), 0);
        // The counter of what was created has wrapped, the other one has not.
        let wrapped = Stats { created: 3, detached: usize::MAX as u64 - 4, ..Stats::default() };
        assert_eq!(wrapped.in_use(), 8);
    }

    #[test]
    fn total_is_the_sum_over_all_reasons() {
        let discarded = Discarded {
            panicked: 1,
            not_reusable: 20,
            too_large: 300,
            no_room: 4_000,
            requested: 50_000,
            trimmed: 600_000,
        };
        assert_eq!(discarded.total(), 654_321);
    }
}
