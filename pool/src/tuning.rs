//! What each capacity means in objects and bytes, and how to choose it.
//!
//! The defaults suit objects of some kilobytes in a server with tens of threads. Change them when the figures of
//! [`Pool::stats`] say so.
//!
//! # The bound
//!
//! With
//!
//! * `L`, the [`local_capacity`] (64),
//! * `S`, the [`shared_capacity`] (1,024),
//! * `R`, the [`max_retained_bytes`] (1 MiB),
//! * `N`, the most threads that were alive at one time and had used *any* pool of the process, at most 4,096,
//!   plus the most [`Local`]s of this pool at one time,
//!
//! a pool of `T` keeps at most
//!
//! ```text
//! N·L + S  idle objects, with  (N·L + S) · (size_of::<T>() + R)  bytes,
//! ```
//!
//! however many were in use before. What is in use is not bounded: a get never waits and never fails.
//!
//! Threads that use other pools count because each thread has one index for all pools. The cache of a thread that has
//! ended stays under its index, until the next thread with this index uses the same pool, or until a [`trim`]. So if
//! threads that use this pool come and go while others, which never use it, take over their indexes and stay, the
//! pool keeps the caches of all that have ended. After a `trim`, `N` is the number of live threads that have used
//! this pool, plus the live `Local`s.
//!
//! | threads | idle objects at most | at 4 KiB each | at 64 KiB each | at 1 MiB each |
//! |---|---|---|---|---|
//! | 2 | 1,152 | 4.5 MiB | 72 MiB | 1.1 GiB |
//! | 8 | 1,536 | 6 MiB | 96 MiB | 1.5 GiB |
//! | 32 | 3,072 | 12 MiB | 192 MiB | 3 GiB |
//! | 128 | 9,216 | 36 MiB | 576 MiB | 9 GiB |
//!
//! (With the default `L` and `S`.) The last columns are bounds that nothing ordinary comes near: they need every
//! idle object to be as large as `R` allows. But one giant request in a hundred gets there in time, unless `R` is set: a pooled object
//! meets every kind of request sooner or later. So **set `R` to twice what an ordinary object retains.**
//!
//! The pool's own memory is 1.6 KiB, and `8·L + 0.3 KiB` per thread; and 8 to 16 bytes per object that the depot held
//! at most, 512 at least, which are not given back.
//!
//! # How each is chosen
//!
//! * **[`local_capacity`]**: what a thread holds at one time, twice. Up to that, a get needs no lock;
//!   beyond it, one per `L/2`. Where one thread gets and others drop, it is also how many objects move per lock:
//!   measured with one and one, 210 ns per object at 8, 120 at 32, 105 at 64, 108 at 128.
//! * **[`shared_capacity`]**: how many objects a burst takes beyond what the threads have. With 0 objects never
//!   travel between threads.
//! * **[`max_retained_bytes`]**: see above. It is compared with [`Reset::retained_bytes`]; a type that does not say
//!   what it retains is not bounded in bytes. The derive sums the fields.
//! * **[`prefill`]** before the first request, if that must not wait for the factory.
//!
//! # What the figures say
//!
//! | in [`Stats`] | means |
//! |---|---|
//! | `created` goes on growing | more is in use at once than the bound keeps, or objects are discarded: see why |
//! | `discarded.no_room` grows | raise `shared_capacity` |
//! | `discarded.too_large` grows as fast as requests come | raise `max_retained_bytes` |
//! | `depot_exchanges` grows faster than `reused / L` | threads hold more than `L`, or hand over: raise `local_capacity` |
//! | `idle_in_depot` stays high | call [`trim`] |
//!
//! # Giving memory back
//!
//! Nothing is freed unless you call something:
//!
//! | | the depot | caches of threads that have ended | this thread's cache | caches of other live threads |
//! |---|---|---|---|---|
//! | [`trim`] | drops what was not needed for a whole [`trim_window`] (30 s) | moves them to the depot | | |
//! | [`flush_local`] | | | moves it to the depot | |
//! | [`clear`] | drops everything, now | drops everything, now | drops everything, now | |
//! | [`clear_all`], `&mut self` | drops everything, now | drops everything, now | drops everything, now | drops everything, now |
//!
//! What has no room in the depot is dropped. A live thread keeps its cache until it calls `flush_local` or
//! `clear` itself.
//!
//! * Call [`trim`] now and then, from a timer or a monitor; every millisecond or every ten seconds, it frees the
//!   same. Choose a [`trim_window`] that is longer than the pauses between bursts. Once the load has ended, the
//!   depot is empty after two windows.
//! * Call [`flush_local`] in a thread that goes to sleep: the others find its objects, and so does `trim`. In
//!   tokio, `Builder::on_thread_park(|| POOL.flush_local())`; a parked worker costs three locks more than one that
//!   is not.
//!
//! ```
//! use ratoon_pool::Pool;
//!
//! static BODIES: Pool<Vec<u8>> = Pool::builder(Vec::new)
//!     .local_capacity(16)
//!     .shared_capacity(256)
//!     .max_retained_bytes(32 * 1024)
//!     .build();
//!
//! // 8 threads: at most 8·16 + 256 = 384 idle buffers and 12 MiB.
//! drop((0..1_000).map(|_| BODIES.get()).collect::<Vec<_>>());
//! assert_eq!(BODIES.stats().idle(), 16 + 256);
//! ```
//!
//! [`local_capacity`]: crate::PoolBuilder::local_capacity
//! [`shared_capacity`]: crate::PoolBuilder::shared_capacity
//! [`max_retained_bytes`]: crate::PoolBuilder::max_retained_bytes
//! [`prefill`]: crate::Pool::prefill
//! [`trim`]: crate::Pool::trim
//! [`trim_window`]: crate::PoolBuilder::trim_window
//! [`flush_local`]: crate::Pool::flush_local
//! [`clear`]: crate::Pool::clear
//! [`clear_all`]: crate::Pool::clear_all
//! [`Local`]: crate::Local
//! [`Stats`]: crate::Stats
//! [`Pool::stats`]: crate::Pool::stats
//! [`Reset::retained_bytes`]: crate::Reset::retained_bytes
