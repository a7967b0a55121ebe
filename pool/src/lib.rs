//! Thread-caching object pool that resets every object on return.
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use ratoon_pool::{Pool, Reset};
//!
//! #[derive(Default, Reset)]
//! struct Context {
//!     user: u64,
//!     path: String,
//! }
//!
//! static CONTEXTS: Pool<Context> = Pool::new(Context::default); // no macro, no `LazyLock`
//!
//! let mut context = CONTEXTS.get(); // from this thread's cache, without a lock
//! context.user = 7;
//! drop(context); // reset, then returned to this thread's cache
//!
//! assert_eq!(CONTEXTS.get().user, 0);
//! assert_eq!(CONTEXTS.stats().created, 1);
//! # }
//! ```
//!
//! * **Objects are reset on return**, never on the next get, by their [`Reset`], which the derive implements
//!   field by field. An object whose guard is dropped during unwinding is dropped; one whose guard lives outside of
//!   a `catch_unwind` is reset as usual.
//! * **Every bound is a number that you set**: objects per thread, objects in the depot, bytes per object; see [`tuning`].
//! * **No allocator calls in steady state**, and no lock and no atomic read-modify-write for the first object that a
//!   thread holds.
//! * **An object may be returned on a different thread** from the one that got it, even after that thread has ended.
//!
//! # Do you need a pool?
//!
//! Not if something else lives long enough to own the object: one context or buffer per
//! connection is as fast, and simpler, until ten thousand idle connections each keep one. A pool
//! needs only as many objects as there are requests *in flight*. It also pays off where objects are dropped on
//! a different thread from the one that created them (cross-thread frees are the slow path of most allocators), where a
//! task moves between threads, and where objects are larger than what `malloc` caches.
//!
//! Not if objects are a few dozen bytes with nothing inside worth keeping: `malloc` then takes about 15 ns.
//!
//! # Which guard when
//!
//! | guard | from | use it for | extra cost |
//! |---|---|---|---|
//! | [`Pooled<'static, T>`](Pooled) | a `static` pool | almost everything: across `.await`, in queues | |
//! | [`Pooled<'p, T>`](Pooled) | a local pool | [`std::thread::scope`], objects that borrow | |
//! | [`PooledArc<T>`] | an `Arc<Pool<T>>` | a pool created at run time whose guards must be `'static` | 10 ns |
//! | [`LocalPooled<T>`] | a [`Local`] of any pool | a loop on one thread | one more cache |
//!
//! [`Pooled::detach`] takes the object out of the pool, [`Pooled::discard`] drops it.
//! [`Pool::try_get`] returns an idle object or `None`; [`Stats::in_use`] is the number of objects that guards hold.
//!
//! # Keep a request's context across `.await`
//!
//! A guard is `Send` if its object is, so a task may move between threads with it.
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use ratoon_pool::{Pool, Reset};
//!
//! #[derive(Default, Reset)]
//! struct Context {
//!     user: Option<String>,
//!     trail: Vec<&'static str>,
//! }
//!
//! static CONTEXTS: Pool<Context> = Pool::new(Context::default);
//!
//! async fn handle(user: &str) -> usize {
//!     let mut context = CONTEXTS.get();
//!     context.user = Some(user.to_owned());
//!     context.trail.push("authorised");
//!     std::future::ready(()).await; // a database, say
//!     context.trail.push("answered");
//!     context.trail.len()
//! } // reset here, also if the task is cancelled
//!
//! fn assert_send<T: Send>(value: T) -> T { value }
//! let mut task = std::pin::pin!(assert_send(handle("ada")));
//! # let mut waker = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(task.as_mut().poll(&mut waker), std::task::Poll::Ready(2)));
//! # }
//! ```
//!
//! # One context per request in axum and tower
//!
//! **Only the handler needs it:** write an extractor that gets the context. It goes back to the pool when the handler's
//! future ends, also if the client hangs up: `examples/src/bin/pool_axum_extractor.rs` in the repository.
//!
//! **A middleware needs it, too:** a middleware passes values on in the request's extensions, which must be
//! `Clone + Send + Sync + 'static`. A guard is not `Clone`, and not `Sync` if its object is not, as one that holds an
//! arena. So put the guard in a slot that both share. The handler takes it out, so that no lock is held across `.await`,
//! and puts it back for the middleware. It costs an allocation for the `Arc`. The whole pattern, with the extractor, panics
//! and cancellation, is in `examples/src/bin/pool_axum_middleware.rs`; its core is this:
//!
//! ```
//! use std::cell::Cell;
//! use std::sync::{Arc, Mutex};
//! use ratoon_pool::{Pool, Pooled, Reset};
//!
//! #[derive(Default)]
//! struct Context {
//!     user: String,
//!     queries: Cell<u32>, // so a guard is not `Sync`
//! }
//! # impl Reset for Context {
//! #     fn reset(&mut self) {
//! #         self.user.clear();
//! #         self.queries.set(0);
//! #     }
//! # }
//!
//! static CONTEXTS: Pool<Context> = Pool::new(Context::default);
//!
//! #[derive(Clone)]
//! struct ContextSlot(Arc<Mutex<Option<Pooled<'static, Context>>>>);
//!
//! fn insert_extension<T: Clone + Send + Sync + 'static>(value: T) -> T { value }
//!
//! // The middleware, before it calls the next service:
//! let mut context = CONTEXTS.get();
//! context.user.push_str("ada");
//! let slot = insert_extension(ContextSlot(Arc::new(Mutex::new(Some(context)))));
//!
//! // The handler, which got a clone of the slot from the extensions:
//! let context = slot.0.lock().unwrap().take().expect("taken once per request");
//! context.queries.set(3); // and `.await`s
//! *slot.0.lock().unwrap() = Some(context);
//!
//! // The middleware again:
//! let queries = slot.0.lock().unwrap().as_ref().map(|context| context.queries.get());
//! assert_eq!(queries, Some(3));
//! drop(slot); // the last clone: reset, and back into the pool
//! assert_eq!(CONTEXTS.stats().in_use(), 0);
//! ```
//!
//! # Hand work to another thread
//!
//! ```
//! use std::sync::mpsc::sync_channel;
//! use std::thread;
//! use ratoon_pool::{Pool, Pooled};
//!
//! static LINES: Pool<String> = Pool::new(String::new);
//!
//! let (sender, receiver) = sync_channel::<Pooled<'static, String>>(16);
//! let writer = thread::spawn(move || receiver.into_iter().map(|line| line.len()).sum::<usize>());
//! for n in 0..10_000 {
//!     let mut line = LINES.get();
//!     line.push_str(if n % 2 == 0 { "even" } else { "odd" });
//!     sender.send(line).unwrap();
//! }
//! drop(sender);
//! assert_eq!(writer.join().unwrap(), 35_000);
//! // As many as were in flight and what two threads' caches hold, not ten thousand.
//! assert!(LINES.stats().created <= 16 + 2 + 2 * 64);
//! ```
//!
//! # Write into buffers that become `Bytes`
//!
//! With the feature `bytes`, a guard of a `Vec<u8>` is a buffer: it implements `BufMut`, `io::Write` and, for
//! template engines, `fmt::Write`; a guard of a `String` implements `fmt::Write`.
#![cfg_attr(feature = "bytes", doc = "[`freeze`](Pooled::freeze)")]
#![cfg_attr(not(feature = "bytes"), doc = "`freeze`")]
//! turns either into `Bytes` without copying. The buffer returns to the pool when the last clone is dropped.
//!
#![cfg_attr(feature = "bytes", doc = "```")]
#![cfg_attr(not(feature = "bytes"), doc = "```ignore")]
//! use std::io::Write;
//! use ratoon_pool::Pool;
//!
//! static BODIES: Pool<Vec<u8>> = Pool::builder(Vec::new).max_retained_bytes(64 * 1024).build();
//!
//! let mut body = BODIES.get();
//! write!(body, "user={}", 7)?;
//! let body = body.freeze(); // one small allocation, no copy
//! let copy = body.clone();
//! drop(body);
//! assert_eq!(copy, "user=7");
//! drop(copy);
//! assert_eq!(BODIES.stats().idle(), 1);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Pool objects that borrow
//!
//! ```
//! use std::thread;
//! use ratoon_pool::Pool;
//!
//! let text = String::from("to be or not to be");
//! let words = Pool::<Vec<&str>>::new(Vec::new); // on the stack
//! thread::scope(|scope| {
//!     for _ in 0..4 {
//!         scope.spawn(|| {
//!             let mut found = words.get();
//!             found.extend(text.split(' ').filter(|word| word.len() == 2));
//!             assert_eq!(found.len(), 5);
//!         });
//!     }
//! });
//! assert!(words.stats().created <= 4);
//! ```
//!
//! # What happens at put
//!
//! In this order: if the thread is unwinding, the object is dropped. It is [reset](Reset::reset). If it is not
//! [`reusable`](Reset::reusable) or [retains](Reset::retained_bytes) too many bytes, it is dropped. Then it rests in
//! this thread's cache; if that is full, the half that was put longest ago moves to the depot; if that is full,
//! too, the object is dropped. So what a request context holds (a session, a cancellation token) is let go
//! of at put, not at the next get.
//!
//! # Panics and re-entrancy
//!
//! The pool's user code is the factory, the methods of `Reset`, and `Drop`. It runs while nothing of the pool is
//! locked or borrowed, so it may use the pool that runs it, in any way, also while a thread's locals are being
//! destroyed. If it panics, the panic goes to the caller, the object is dropped once, the others
//! rest where they were, the pool is usable, and nothing is poisoned.
//!
//! Do not use a pool inside a global allocator or a signal handler: a get may allocate, and a thread's first use
//! registers a thread-local destructor. After `fork`, a child may use pools only if no other thread used one at
//! that moment.
//!
//! # Limits
//!
//! | | |
//! |---|---|
//! | threads with a cache at one time | 4,096; one whose first use of a pool comes while there are this many locks the depot for each get and put, for as long as it lives |
//! | threads whose cache is found fastest | 128; others need some 10 ns more |
//! | [`local_capacity`](PoolBuilder::local_capacity) | 65,536 objects |
//! | [`shared_capacity`](PoolBuilder::shared_capacity) | `usize::MAX` objects |
//! | [`max_retained_bytes`](PoolBuilder::max_retained_bytes) | `usize::MAX` bytes |
//! | a pool by itself | 1.6 KiB, 31 KiB more when the 129th thread comes |
//! | objects | any size and alignment; each in a box of its own, so its address is stable |
//! | platforms | those with `std`; where threads run no thread-local destructors (wasm with atomics), depot only |
//!
//! # How it works
//!
//! Each thread has a *slot* in each pool that it uses, a stack of [`local_capacity`](PoolBuilder::local_capacity)
//! objects that the pool owns. An empty slot takes a block of half as many from the *depot*, a full one gives it
//! a block: the magazine layer of Bonwick and Adams ("Magazines and Vmem", USENIX 2001), with both magazines in
//! one array, and the object on top apart, because most code holds one at a time. Objects are interchangeable: none travels back to the thread that made it.
//! When a thread ends, its slot stays, for [`trim`](Pool::trim) to drain or for the next thread to take over.
//!
//! These rules keep it sound; the code cites them:
//!
//! 1. The objects in a slot are touched by its owner only: the thread whose ticket is in it, or the [`Local`] that
//!    leases it.
//! 2. What others may read of a slot (its length, its counter) is atomic, and written by its owner only, with plain
//!    loads and stores.
//! 3. Another thread acts for the owner only while it holds the table of threads and the owner has ended. A thread
//!    becomes owner while it holds that table.
//! 4. What runs when a thread ends touches the table of threads only, never a pool: that may be gone.
//! 5. No user code, no `Drop` of an object and no allocator call happens while a slot is being changed or a lock is
//!    held.
//!
//! # Other crates
//!
//! Nanoseconds per get, use and put of a request context on one thread, on two at once, and got on one thread, read
//! and dropped on another. `cargo compare` in this crate's repository measures your machine.
//!
//! <!-- figures: pool -->
//! |  | 1 thread | 2 threads | handed over |
//! |---|---:|---:|---:|
//! | this crate | 6.16 | 10.61 | 89.35 |
//! | [regex-automata](https://docs.rs/regex-automata) 0.4.19 | 8.95 | 95.22 | 555.6 |
//! | [opool](https://docs.rs/opool) 0.2.0 | 24.55 (boxes) | 348.0 (boxes) | 164.1 (boxes) |
//! | [lockfree-object-pool](https://docs.rs/lockfree-object-pool) 0.1.6 | 28.77 | 248.1 | 357.3 |
//! | [rylv-pool](https://docs.rs/rylv-pool) 0.1.0 | 26.38 | 35.86 | 164.7 |
//! | [sharded-slab](https://docs.rs/sharded-slab) 0.1.7 | 59.51 | 80.66 |  |
//! | [object-pool](https://docs.rs/object-pool) 0.6.0 | 41.11 | 221.2 | 430.5 |
//! | [poolshark](https://docs.rs/poolshark) 0.2.10 | 19.44 (local) | 29.70 (local) | 112.9 (global) |
//! | [dynamic-pool](https://docs.rs/dynamic-pool) 0.2.2 | 53.85 | 664.0 | 244.7 |
//! | `malloc` (glibc) | 47.63 | 71.05 | 3146 |
//!
//! Intel(R) Xeon(R) Processor, 2 cores, Linux x86_64; rustc 1.95.0 (59807616e 2026-04-14), release profile, opt-level 3, x86_64-unknown-linux-gnu; commit 69fd2ae92788, 2026-11-30 08:23 UTC.
//! <!-- end of figures -->
//!
//! | crate | better than this one at |
//! |---|---|
//! | [`regex-automata`](https://docs.rs/regex-automata) | nothing to configure; one thread's object lies inside |
//! | [`opool`](https://docs.rs/opool) | `no_std`; a `LocalPool` of what is not `Send`; handing over |
//! | [`lockfree-object-pool`](https://docs.rs/lockfree-object-pool) | the first objects of a new pool |
//! | [`rylv-pool`](https://docs.rs/rylv-pool) | objects return to the thread that made them |
//! | [`sharded-slab`](https://docs.rs/sharded-slab) | objects found by key, and shared while in use |
//! | [`object-pool`](https://docs.rs/object-pool) | no trait to implement, small |
//! | [`poolshark`](https://docs.rs/poolshark) | finds its pool by type |
//! | `malloc` (glibc) | the first objects of all; nothing to think of |
//!
//! The page [`migration`] shows how to move from `object-pool`, `opool` or a vector in a `thread_local!`.
//!
//! [`deadpool`](https://docs.rs/deadpool), [`bb8`](https://docs.rs/bb8) and [`r2d2`](https://docs.rs/r2d2) pool
//! *connections*: a get may wait for one, and that is another task.
//!
//! # Crate features
//!
//! | feature | default | gives |
//! |---|---|---|
//! | `derive` | yes | `#[derive(Reset)]`, through this crate alone |
//! | `bytes` | no | guards of `Vec<u8>` and `String` that freeze into `Bytes`; they implement `fmt::Write`, those of `Vec<u8>` also `BufMut` and `io::Write`. Also [`Reset`] for the types of `bytes` |
//! | `arrayvec`, `bumpalo`, `flate2`, `hashbrown`, `http`, `indexmap`, `parking_lot`, `serde_json`, `smallvec`, `tokio`, `typed-arena`, `uuid`, `zstd` | no | [`Reset`] for the types of that crate |
//! | `zeroize` | no | `#[reset(zeroize)]` |
//! | `proptest` | no | [`check::law`](check), for tests |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod batch;
mod builder;
mod depot;
mod drop_each;
mod guard;
mod index;
mod inner;
mod leases;
pub mod migration;
mod pool;
mod slot;
mod slots;
mod stats;
mod sync;
pub mod tuning;
mod window;

/// Tests whether a type of yours becomes fresh.
#[doc(inline)]
pub use ratoon_reset::check;
// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(no_inline)]
pub use ratoon_reset::Capacity;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForPool as Reset;

pub use crate::builder::PoolBuilder;
pub use crate::guard::{Local, LocalPooled, Pooled, PooledArc};
pub use crate::pool::Pool;
pub use crate::stats::{Discarded, Stats};

/// The examples of README.md, run as tests.
#[cfg(all(doctest, feature = "derive"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// What the derive names. Not public API.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}

sync::model_only! {
    /// What models need beyond the public API. Not public API.
    #[doc(hidden)]
    pub mod __model {
        /// Ends the calling thread as far as pools can see.
        pub fn leave() {
            crate::index::leave();
        }

        /// [`Pool::trim`](crate::Pool::trim) at this time; without it, a model's clock stands still.
        pub fn trim_at<T: crate::Reset + Send, F>(
            pool: &crate::Pool<T, F>,
            now: core::time::Duration,
        ) {
            pool.inner().trim_at(now);
        }
    }
}
