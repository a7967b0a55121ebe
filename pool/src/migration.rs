//! From `object-pool`, `opool` or a `thread_local!` vector to this crate.
//!
//! Three things change, wherever you come from:
//!
//! * **The pool resets.** `T` implements [`Reset`], by `#[derive(Reset)]` or by hand, and the code that cleared an object
//!   after each get goes away. Many types of `std` implement it already.
//! * **The reset happens when the guard is dropped**, not at the next get. What an object held is released then, and a
//!   new object is reset, too, before its first use.
//! * **What is idle is bounded**, in [objects](crate::PoolBuilder::shared_capacity) and in
//!   [bytes](crate::PoolBuilder::max_retained_bytes); what is in use is not. Each thread has a cache of its own, so a
//!   total is a bound, not an exact number: see [`tuning`](crate::tuning).
//!
//! # From `object-pool`
//!
//! | `object-pool` 0.6 | here |
//! |---|---|
//! | `Pool::new(32, init)` | [`Pool::new(init)`](crate::Pool::new), which makes objects when they are needed; [`prefill(32)`](crate::Pool::prefill) to make them now |
//! | a pool in an `Arc` or a `LazyLock` | a plain `static`: `new` and `build` are `const` |
//! | `pull(init)` | [`get()`](crate::Pool::get); the factory belongs to the pool |
//! | `try_pull()` | [`try_get()`](crate::Pool::try_get) |
//! | `pull_owned(init)`, `try_pull_owned()` | [`get_arc()`](crate::Pool::get_arc), [`try_get_arc()`](crate::Pool::try_get_arc); not needed with a `static` pool, whose guards are `'static` |
//! | `Reusable`, `ReusableOwned` | [`Pooled`](crate::Pooled), [`PooledArc`](crate::PooledArc) |
//! | `let (pool, object) = guard.detach()` | [`let object = guard.detach()`](crate::Pooled::detach) |
//! | `attach(object)` | nothing: objects come from the factory |
//! | `len()` | [`stats().idle()`](crate::Stats::idle) |
//! | you call `clear` after each pull | the pool resets |
//! | everything that returns is kept | bounded; an object whose user panicked is dropped |
//!
//! Before:
//!
//! ```
//! use std::sync::{Arc, LazyLock};
//! use object_pool::Pool;
//!
//! static BUFFERS: LazyLock<Arc<Pool<Vec<u8>>>> =
//!     LazyLock::new(|| Arc::new(Pool::new(0, Vec::new)));
//!
//! fn answer(user: &str) -> usize {
//!     let mut buffer = BUFFERS.pull_owned(Vec::new);
//!     buffer.clear(); // forget this once, and one user reads what another one was sent
//!     buffer.extend_from_slice(b"Hello, ");
//!     buffer.extend_from_slice(user.as_bytes());
//!     buffer.len()
//! }
//! assert_eq!((answer("Ada"), answer("Bo")), (10, 9));
//! assert_eq!(BUFFERS.len(), 1);
//! ```
//!
//! After:
//!
//! ```
//! use ratoon_pool::Pool;
//!
//! static BUFFERS: Pool<Vec<u8>> = Pool::new(Vec::new);
//!
//! fn answer(user: &str) -> usize {
//!     let mut buffer = BUFFERS.get();
//!     buffer.extend_from_slice(b"Hello, ");
//!     buffer.extend_from_slice(user.as_bytes());
//!     buffer.len()
//! }
//! assert_eq!((answer("Ada"), answer("Bo")), (10, 9));
//! assert_eq!(BUFFERS.stats().idle(), 1);
//! ```
//!
//! # From `opool`
//!
//! | `opool` 0.2 | here |
//! |---|---|
//! | `PoolAllocator::allocate` | the factory of the pool |
//! | `PoolAllocator::reset`, called at get | [`Reset::reset`], called when the guard is dropped |
//! | `PoolAllocator::is_valid` | [`Reset::reusable`], called after the reset |
//! | `Pool::new(256, allocator)` | [`Pool::builder(factory).shared_capacity(256).build()`](crate::Pool::builder) |
//! | `Pool::new_prefilled(256, allocator)` | the same, and [`prefill(256)`](crate::Pool::prefill) |
//! | `get()`, `try_get()` | [`get()`](crate::Pool::get), [`try_get()`](crate::Pool::try_get) |
//! | `to_rc()`, `pool.clone().get_rc()` | `Arc::new(pool)`, [`pool.get_arc()`](crate::Pool::get_arc), without the clone |
//! | `RefGuard`, `RcGuard` | [`Pooled`](crate::Pooled), [`PooledArc`](crate::PooledArc) |
//! | `guard.into_inner()` | [`guard.detach()`](crate::Pooled::detach) |
//! | `LocalPool` | [`Local`](crate::Local), a cache in front of a pool that others may share |
//! | `len()` | [`stats().idle()`](crate::Stats::idle) |
//!
//! Stay with `opool` for `no_std`, or for objects that are not `Send`.
//!
//! Before:
//!
//! ```
//! use opool::{Pool, PoolAllocator};
//!
//! #[derive(Default)]
//! struct Context {
//!     user: String,
//!     trace: u64,
//! }
//!
//! struct Contexts;
//!
//! impl PoolAllocator<Context> for Contexts {
//!     fn allocate(&self) -> Context {
//!         Context::default()
//!     }
//!
//!     fn reset(&self, context: &mut Context) {
//!         context.user.clear();
//!         context.trace = 0; // a field that is added later needs a line here
//!     }
//! }
//!
//! let pool = Pool::new(256, Contexts);
//! pool.get().user.push_str("ada");
//! let context = pool.get();
//! assert_eq!((&*context.user, context.trace), ("", 0));
//! ```
//!
//! After:
//!
#![cfg_attr(feature = "derive", doc = "```")]
#![cfg_attr(not(feature = "derive"), doc = "```ignore")]
//! use ratoon_pool::{Pool, Reset};
//!
//! #[derive(Default, Reset)] // goes through every field
//! struct Context {
//!     user: String,
//!     trace: u64,
//! }
//!
//! let pool = Pool::<Context>::builder(Context::default).shared_capacity(256).build();
//! pool.get().user.push_str("ada");
//! let context = pool.get();
//! assert_eq!((&*context.user, context.trace), ("", 0));
//! ```
//!
//! # From a `thread_local!` vector
//!
//! | a vector in a `thread_local!` | here |
//! |---|---|
//! | `pop().unwrap_or_default()` | [`get()`](crate::Pool::get) |
//! | `clear()`, then `push` | drop the guard, also on `?`, on an early return and on cancellation |
//! | `if pool.len() < 64` | [`local_capacity(64)`](crate::PoolBuilder::local_capacity) |
//! | `if object.capacity() < 65_536` | [`max_retained_bytes(65_536)`](crate::PoolBuilder::max_retained_bytes) |
//! | one thread takes, another one gives: one vector grows, the other is always empty | blocks travel through the depot |
//! | a thread ends: its vector is freed | [`trim`](crate::Pool::trim), or the thread that takes over the cache |
//! | `RefCell` panics if `Drop` or a factory uses the pool | re-entrant |
//!
//! Stay with the vector if one function uses it, on one thread, and what it keeps needs no bound.
//!
//! Before:
//!
//! ```
//! use std::cell::RefCell;
//!
//! thread_local! {
//!     static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
//! }
//!
//! fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
//!     let mut line = LINES.with_borrow_mut(|lines| lines.pop().unwrap_or_default());
//!     line.extend(text.chars().filter(char::is_ascii_digit));
//!     let number = line.parse()?; // returns without the line
//!     line.clear();
//!     LINES.with_borrow_mut(|lines| {
//!         if lines.len() < 64 && line.capacity() < 65_536 {
//!             lines.push(line);
//!         }
//!     });
//!     Ok(number)
//! }
//! assert_eq!(parse("1 000"), Ok(1000));
//! assert!(parse("none").is_err());
//! assert_eq!(LINES.with_borrow(Vec::len), 0, "lost");
//! ```
//!
//! After:
//!
//! ```
//! use ratoon_pool::Pool;
//!
//! static LINES: Pool<String> =
//!     Pool::builder(String::new).local_capacity(64).max_retained_bytes(65_536).build();
//!
//! fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
//!     let mut line = LINES.get();
//!     line.extend(text.chars().filter(char::is_ascii_digit));
//!     line.parse()
//! }
//! assert_eq!(parse("1 000"), Ok(1000));
//! assert!(parse("none").is_err());
//! assert_eq!((LINES.stats().created, LINES.stats().idle()), (1, 1));
//! ```
//!
//! [`Reset`]: trait@crate::Reset
//! [`Reset::reset`]: crate::Reset::reset
//! [`Reset::reusable`]: crate::Reset::reusable
