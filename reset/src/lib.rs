//! How a value becomes fresh again before it is reused.
//!
//! A server that reuses a request's context, buffers and maps must not show one request what another
//! one left there. [`Reset`] says, field by field, how a value becomes fresh while it keeps its
//! memory.
//!
//! # Reset a type of your own
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use ratoon_reset::Reset;
//!
//! #[derive(Reset)]
//! struct Context {
//!     user: Option<u64>,
//!     path: String,
//!     #[reset(value = 1)]
//!     attempt: u32,
//!     #[reset(skip = "the same for all requests")]
//!     server: &'static str,
//! }
//!
//! let path = String::from("/account");
//! let mut context = Context { user: Some(7), path, attempt: 3, server: "a" };
//! context.reset();
//! assert_eq!((context.user, context.path.as_str(), context.attempt), (None, "", 1));
//! assert!(context.path.capacity() >= 8);
//! # }
//! ```
//!
//! A field added next year is reset, or does not compile. The page [`migration`] shows how to replace a
//! hand-written `clear()`; [Writing `Reset` by hand](writing_by_hand) covers the cases that the derive cannot
//! express.
//!
//! # Test that nothing is left
//!
//! ```
//! use std::collections::HashMap;
//! use ratoon_reset::check::assert_reset;
//!
//! assert_reset(HashMap::<String, u32>::new, |map| {
//!     map.insert(String::from("user"), 7);
//! });
//! ```
//!
//! [`check`] fails when `reset` forgets something, and also when the test itself could not have
//! noticed.
//!
//! # Bound what one giant request leaves behind
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use ratoon_reset::Reset;
//!
//! #[derive(Reset)]
//! struct Exchange {
//!     #[reset(max_capacity = 64 * 1024)]
//!     body: Vec<u8>,
//! }
//!
//! let mut exchange = Exchange { body: vec![0; 10 << 20] };
//! exchange.reset();
//! assert_eq!(exchange.retained_bytes(), 64 * 1024);
//! # }
//! ```
//!
//! By hand it is [`Capacity::shrink_to`], which also says how closely a hash table obeys.
//!
//! # Discard what cannot be made fresh
//!
//! ```
//! use std::cell::RefCell;
//! use ratoon_reset::Reset;
//!
//! let mut cell = RefCell::new(String::from("secret"));
//! std::mem::forget(cell.borrow_mut()); // a bug somewhere: a borrow that never ends
//! cell.reset();
//! assert_eq!(cell.get_mut(), "");
//! assert!(!cell.reusable()); // the next user could not borrow it
//! ```
//!
//! Where the values come from a `proptest` strategy, [`check::law`](check) tests any number of cases
//! (feature `proptest`). In your tests:
//!
//! ```
//! # #[cfg(feature = "proptest")] {
//! # use std::collections::BTreeMap;
//! use proptest::prelude::*;
//!
//! let dirty = any::<BTreeMap<String, u32>>();
//! ratoon_reset::check::law(BTreeMap::new, dirty, |map| map.clone());
//! # }
//! ```
//!
//! # What each type does
//!
//! | type | fresh value | kept capacity | feature |
//! |---|---|---|---|
//! | integers, floats, `bool`, `char`, `()`, `Duration` | the default: 0, `false`, `'\0'` | | |
//! | `&'static str` | `""` | | |
//! | `Range<T>`, `RangeInclusive<T>`, `RangeFrom<T>`, `RangeTo<T>`, `RangeToInclusive<T>`, `RangeFull` | bounds are `T::default()` | none | |
//! | `Option<T>`, `OnceCell<T>` | empty, never `Some` of a reset `T`: presence is data | none | |
//! | `[T; N]`, `[T]`, tuples to 12, `Wrapping`, `Saturating`, `Reverse` | each element reset | of the elements | |
//! | `Cell<T>` | inside reset | yes, counts 0: it cannot be looked into, and is always `reusable` | |
//! | `RefCell<T>` | inside reset; not reusable after a leaked borrow | of `T` | |
//! | atomics | the default; `AtomicPtr` null, its pointee is not freed | | |
//! | `PhantomData<T>` | the same | | |
//! | `String`, `Vec`, `VecDeque`, `BinaryHeap` | empty | all; not that of the elements | `alloc` |
//! | `BTreeMap`, `BTreeSet`, `LinkedList` | empty | none: nodes are freed | `alloc` |
//! | `Box<T>`, `Pin<Box<T>>` | inside reset; `Box<[T]>` keeps its length | of `T` | `alloc` |
//! | `Box<str>`, `CString` | `""` | none | `alloc` |
//! | `Cow<'_, _>` of `str`, `[T]`, `OsStr`, `Path` | empty | of an owned one, which stays owned | `alloc` |
//! | `rc::Weak`, `sync::Weak` | points nowhere | | `alloc` |
//! | `OsString`, `PathBuf` | empty | all | `std` |
//! | `HashMap`, `HashSet` | empty; the hasher stays, its random seed too | the table | `std` |
//! | `OnceLock<T>` | empty | none | `std` |
//! | `Mutex<T>`, `RwLock<T>` | inside reset, poison cleared; not reusable after a leaked guard | of `T` | `std` |
//! | `io::Cursor<T>` | position 0, inside reset | of `T` | `std` |
//! | `arrayvec::{ArrayVec, ArrayString}` | empty | no heap memory | `arrayvec` |
//! | `bumpalo::Bump` | rewound; keeps its limit, drops no values | the last chunk, however large | `bumpalo` |
//! | `bytes::Bytes` | empty | none | `bytes` |
//! | `bytes::BytesMut` | empty | the whole buffer, but for parts that others hold | `bytes` |
//! | `flate2::Compress` | at the start of a stream; level and format stay | all, counts 256 KiB | `flate2` |
//! | `flate2::Decompress` | at the start of a **zlib** stream, see the impl | all, counts 32 KiB | `flate2` |
//! | `hashbrown::{HashMap, HashSet, HashTable}` | empty; the hasher stays | the table | `hashbrown` |
//! | `http::{Method, StatusCode, Version, Uri}` | `GET`, `200 OK`, `HTTP/1.1`, `/` | none | `http` |
//! | `http::HeaderMap<T>`, `http::Extensions` | empty | yes, estimated; `Extensions` counts 0 | `http` |
//! | `http::{Request<T>, Response<T>}`, `http::request::Parts`, `http::response::Parts` | a new message, body reset | of headers, extensions, body | `http` |
//! | `indexmap::{IndexMap, IndexSet}` | empty; the hasher stays | entries and table | `indexmap` |
//! | `parking_lot::{Mutex, RwLock}` | inside reset; not reusable after a leaked guard | of `T` | `parking_lot` |
//! | `serde_json::{Value, Map}` | `Null`; an empty map | none | `serde_json` |
//! | `smallvec::SmallVec` | empty | once spilled, stays on the heap | `smallvec` |
//! | `tokio::sync::{Mutex, RwLock}` | inside reset; not reusable after a leaked guard | of `T` | `tokio` |
//! | `tokio::sync::OnceCell` | empty | none | `tokio` |
//! | `typed_arena::Arena` | a new arena: **frees and allocates at each reset** | none | `typed-arena` |
//! | `uuid::Uuid` | nil | | `uuid` |
//! | `zstd::zstd_safe::{CCtx, DCtx}` | no frame in progress; parameters and dictionary stay | all | `zstd` |
//!
//! A bound on memory is about the capacity that is counted. Bytes that a reset leaves in kept capacity
//! are not erased, see the feature `zeroize`.
//!
//! `zstd::bulk::{Compressor, Decompressor}` have no impl because they do not report their size through `&self`, and it
//! may be many MiB: hold the `CCtx` or `DCtx` that they wrap. A pool needs a higher bound on memory for them than its
//! default of 1 MiB.
//!
//! `hashbrown` is version 0.17, on which `indexmap` 2 is built, so that a build has one of it.
//!
//! Not implemented, because no neutral value exists: `NonZero*`, `Instant`, `SystemTime`, `Result`,
//! `&T`, `str`, raw pointers, function pointers. Because the state is shared with others or lies
//! outside the value: `&mut T`, `Rc`, `Arc`, `LazyLock`, `Once`, channels, `BufReader`, `BufWriter`,
//! files, sockets. `parking_lot::ReentrantMutex`, because it cannot tell that a guard was leaked. For a
//! field of such a type, or one of another crate, the derive offers `with`, `value`, `default` and
//! `skip`. In one line:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! # mod other { pub struct Queue; impl Queue { pub fn clear(&mut self) {} pub fn memory(&self) -> usize { 0 } } }
//! # use other::Queue;
//! # use ratoon_reset::Reset;
//! #[derive(Reset)]
//! struct Context {
//!     #[reset(with = Queue::clear, bytes = Queue::memory)]
//!     queue: Queue,
//! }
//! # }
//! ```
//!
//! What holds when the `Drop` of an element panics is said at [`Reset::reset`].
//!
//! # Crate features
//!
//! | feature | default | gives |
//! |---|---|---|
//! | `derive` | yes | `#[derive(Reset)]` |
//! | `std` | yes | the types of `std`; implies `alloc` |
//! | `alloc` | by `std` | the types of `alloc` |
//! | `arrayvec`, `bumpalo`, `bytes`, `flate2`, `hashbrown`, `http`, `indexmap`, `parking_lot`, `serde_json`, `smallvec`, `tokio`, `typed-arena`, `uuid`, `zstd` | no | the types of that crate |
//! | `proptest` | no | [`check::law`](check), for tests |
//! | `zeroize` | no | `#[reset(zeroize)]`: overwrite a field's bytes before it is cleared |
//!
//! `ratoon-pool` has each of these features except `std` and `alloc`, and passes it on. The crate is
//! `no_std`. Without `alloc` it holds the types of `core`.
//!
//! # Other crates
//!
//! * `*self = Self::default()` frees all memory and misses nothing; it is the right `reset` where
//!   memory does not matter (the derive's `default`).
//! * [`pool`](https://docs.rs/pool)'s `Reset` is implemented for every `T: Default + Clone`, so that
//!   no such type can have an impl that keeps its capacity.
//! * [`opool`](https://docs.rs/opool)'s `reset` has an empty default body: forgotten, it still
//!   compiles.
//! * [`sharded-slab`](https://docs.rs/sharded-slab)'s `Clear` and
//!   [`dynamic-pooling`](https://docs.rs/dynamic-pooling)'s `Reset` are written by hand, with nothing
//!   that notices a forgotten field; `Clear` may do nothing for plain data.
//! * [`zeroize`](https://docs.rs/zeroize) erases secrets. It is not about reuse, and complements this
//!   crate.
//!
//! # Limits
//!
//! * The law is about safe code: `Vec::spare_capacity_mut` and `unsafe` can still see old bytes.
//! * Allocated addresses and capacities are kept, so that they may tell how large earlier requests
//!   were.
//! * [`retained_bytes`](Reset::retained_bytes) is a lower bound.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod capacity;
mod impls;
mod reset;
mod zeroize;

pub mod check;
pub mod migration;
pub mod writing_by_hand;

pub use crate::capacity::Capacity;
pub use crate::reset::Reset;
#[cfg(feature = "derive")]
pub use ratoon_reset_derive::Reset;

/// What `#[derive(Reset)]` names. Not public API: the derive of the same version is its only user.
#[doc(hidden)]
pub mod __private {
    pub use crate::capacity::{Capacity, Limited, LimitedMut};
    // The trait without the derive: each crate that re-exports it puts its own derive beside it.
    pub use crate::reset::{Reset, ResetShared};
    pub use crate::zeroize::{Zeroize, zeroize_then_reset};
    pub use core;

    /// What `value = expression` comes to. The expression is the body of a closure, so that a `return`
    /// in it leaves the closure and not the generated method.
    #[inline]
    pub fn evaluate<T>(expression: impl FnOnce() -> T) -> T {
        expression()
    }

    /// The same for `max_capacity = N` and `discard_above = N`.
    #[inline]
    pub fn limit(expression: impl FnOnce() -> usize) -> usize {
        expression()
    }
}

/// The examples of README.md, run as tests.
#[cfg(all(doctest, feature = "std", feature = "derive"))]
#[doc = include_str!("../README.md")]
struct Readme;
