//! Bump arena for per-request scratch memory: allocation moves a cursor, reset rewinds it, and memory from an
//! outlier request is released.
//!
//! ```
//! use std::fmt::Write;
//! use ratoon_arena::Arena;
//! use ratoon_pool::Pool;
//!
//! static SCRATCH: Pool<Arena> = Pool::new(Arena::new);
//!
//! fn handle(query: &str, out: &mut Vec<u8>) {
//!     let mut scratch = SCRATCH.get();
//!     let scope = scratch.scope();
//!
//!     let mut fields = scope.vec(8);
//!     fields.extend(query.split('&').map(|field| field.split_once('=').unwrap_or((field, ""))));
//!     let mut body = scope.string(256);
//!     for (key, value) in fields.into_slice() {
//!         writeln!(body, "{key} is {value}").unwrap();
//!     }
//!     let head = scope.alloc_fmt(format_args!("Content-Length: {}\r\n\r\n", body.len()));
//!
//!     out.extend_from_slice(head.as_bytes());
//!     out.extend_from_slice(body.as_bytes());
//! } // reset, then returned to this thread's cache
//!
//! let mut out = Vec::new();
//! for _ in 0..1000 {
//!     out.clear();
//!     handle("user=7&lang=en", &mut out);
//! }
//! assert_eq!(out, b"Content-Length: 21\r\n\r\nuser is 7\nlang is en\n");
//! assert_eq!(SCRATCH.get().stats().allocator_calls, 1); // for all 1,000 requests
//! ```
//!
//! * **A steady load makes no allocator calls**, nor does a varying one whose largest requests in each 24 resets
//!   differ by [at most a half](#what-a-reset-keeps).
//! * **Memory from an outlier is released** on the reset that follows it. See [what a reset
//!   keeps](#what-a-reset-keeps).
//! * **No silently skipped destructors.** [`alloc`](Arena::alloc) rejects types that need `Drop` at compile time.
//! * **No data of one request can be read in the next** through safe code: values borrow the arena, and memory is
//!   written before a reference to it is returned.
//! * **It works across `.await`**: in a task that owns its arena, through a [`Scope`], or shared by several tasks as a
//!   [`SyncArena`].
//! * **Limits are exact** and cost nothing until they are reached. Allocating methods have a `try_` variant whose
//!   error states the requested size, the bytes in use and the limit.
//!
//! # Pitfalls
//!
//! * `cargo check` does not see that a value in `alloc` needs a destructor; `cargo build` and `cargo test` do.
//! * Memory is freed by a reset or at the end of a [child scope](Scope::child), not when a value is dropped. A loop
//!   that allocates without either grows without bound, unless you set a [limit](Builder::limit).
//! * Dropping a [`Scope`] frees nothing; [`Arena::scope`] shows three loops and what each of them keeps.
//! * A future that holds an [`ArenaVec`] or [`ArenaString`] across an `.await` is not `Send`, even after `into_slice`;
//!   build it in a block, as the docs of both types show.
//! * A vector grows in place while nothing is allocated after it. Two vectors that grow in turn have to move, and their
//!   old memory stays allocated until the reset.
//! * A reset does not erase. Secrets stay in memory until something else is written there: overwrite
//!   them first.
//! * Methods without `try_` panic if a limit is reached and abort if memory runs out, as `Vec` does.
//! * Whether memory that the arena frees returns to the system is up to the allocator. glibc keeps it per thread: once a
//!   thread has freed a large chunk, later ones come from its own heap, of which glibc may keep as much as the outlier
//!   took, and `malloc_trim` does not release it. After two outliers of 30 MiB in 4 KiB blocks on each thread, and
//!   nothing else allocated, the arenas of 16 threads hold 400 KiB and the process 452 MiB (751 MiB after outliers of 60 MiB); with one thread it
//!   holds 32 MiB. With `MALLOC_ARENA_MAX=2` the same 16 threads end at 47 MiB, and at 2 MiB after `malloc_trim`; with
//!   `MALLOC_MMAP_THRESHOLD_=131072` at 4 MiB, but then every large chunk is a system call and fresh page faults.
//!   How much glibc keeps depends on what else a thread allocates: with a vector of 120 KiB that lists the blocks, the
//!   process ends at 4 MiB without either. Measure resident memory in your own program.
//!
//! # Arena, Scope or SyncArena
//!
//! | you have | take | |
//! |---|---|---|
//! | a function, or a task that owns its scratch | [`Arena`] | `&Arena` is not `Send` |
//! | functions and `async fn`s that hand values to one another | [`Scope`], from [`Arena::scope`] | `Send`; values outlive it |
//! | a part of a request that ends early | a child, from [`Scope::child`] | releases all that it took |
//! | several threads or tasks of one request | [`SyncArena`] | as fast on each thread, uses more memory |
//!
//! | you want | take | |
//! |---|---|---|
//! | a value, a slice, a string | `alloc`, `alloc_slice_*`, `alloc_str` | |
//! | text made of parts | `alloc_concat`, `alloc_fmt` | takes its length and no more, if its chunk has room |
//! | a value that needs `Drop` | `alloc_box`, `alloc_deferred` | dropped with its box; at the reset |
//! | a list or a text that grows | [`ArenaVec`], [`ArenaString`] | from `vec`, `string` |
//! | a message with a length or a checksum in front | [`Frame`], from [`Scope::frame`] | `Send`, `io::Write` |
//! | a hash map, a `Vec` of what needs `Drop` | `&Arena`, `&Scope`, `&SyncArena` as its `Allocator` | of `allocator-api2` |
//!
//! The page [`migration`] shows how to move from `bumpalo`.
//!
//! # What a reset keeps
//!
//! One chunk, and a reset then is a few stores. The first chunk holds 4,032 bytes
//! ([`first_chunk`](Builder::first_chunk) says otherwise), each further one twice as many as the one before. A block that
//! is larger than twice the next chunk and all blocks with a chunk of their own together gets a chunk of its own, so
//! equal blocks of any size share chunks from the second on. Several chunks are freed at the reset; the next
//! request then makes a single one that is large enough for all.
//!
//! How large is decided by a *high-water mark that forgets*: the most bytes that one request used among the last 24
//! to 48.
//!
//! | | |
//! |---|---|
//! | a fresh chunk | 1.25 times the mark |
//! | a chunk is kept | from the mark to below twice the mark, and up to 4 KiB always |
//! | a request above four times the mark | counts when a second one follows in the same window of 24 resets, as far as both agree |
//! | at rest | at most twice what was usual before the last request |
//! | one outlier | freed at its own reset |
//! | two outliers, or a load that has fallen | released after 24 to 48 resets |
//!
//! A load settles on one chunk, and then makes no allocator call, if the largest request of each window of 24 resets
//! uses at most 1.5 times what that of any other window does, whatever the requests between them use. Requests drawn
//! evenly from half to twice the usual size meet this in practice: none of 100,000 resets made a call. A load with rare
//! large requests does not: with 3 % at twice and the others at half the usual size, the chunk is released
//! after 24 to 48 resets without a large one, and 100 resets cause four calls.
//!
//! Without resets nothing decays: there is no clock and no thread behind it.
//!
//! # Across `.await`
//!
//! A future that a multi-threaded runtime spawns must be `Send`. An [`Arena`] and a [`Scope`] are, shared references to
//! them are not, because allocation writes through them without a lock.
//!
//! ```
//! use ratoon_arena::{Arena, Scope, SyncArena};
//!
//! async fn look_up<'a>(scope: &mut Scope<'a>, user: u32) -> &'a str {
//!     let key = scope.alloc_fmt(format_args!("user:{user}"));
//!     std::future::ready(()).await; // a database, say
//!     scope.alloc_concat(&[key, " found"])
//! }
//!
//! async fn handle() -> usize {
//!     let mut arena = Arena::new(); // from a pool
//!     let number = arena.alloc(7);
//!     std::future::ready(()).await;
//!     let number = *number;
//!     look_up(&mut arena.scope(), number).await.len()
//! }
//!
//! async fn fan_out(arena: &SyncArena) -> usize {
//!     let part = arena.alloc_str("kept by this task");
//!     std::future::ready(()).await;
//!     part.len()
//! }
//!
//! fn assert_send<T: Send>(value: T) -> T { value }
//! # let mut waker = std::task::Context::from_waker(std::task::Waker::noop());
//! # let mut task = std::pin::pin!(assert_send(handle()));
//! # let len = match task.as_mut().poll(&mut waker) { std::task::Poll::Ready(len) => len, _ => 0 };
//! assert_eq!(len, "user:7 found".len());
//! # let arena = SyncArena::new();
//! # let mut task = std::pin::pin!(assert_send(fan_out(&arena)));
//! # assert!(task.as_mut().poll(&mut waker).is_ready());
//! ```
//!
//! A `&Arena` that is kept across an `.await` makes the future `!Send`, and the compiler says so where it is
//! spawned.
//!
//! # Frames
//!
//! A message whose length and checksum stand in front of what they are computed from, built in one piece:
//!
//! ```
//! use ratoon_arena::Scope;
//!
//! fn message<'a>(scope: &mut Scope<'a>, payload: &[u8]) -> &'a [u8] {
//!     let mut frame = scope.frame(10 + payload.len());
//!     frame.put_u16(0x5254);
//!     let length = frame.slot();
//!     let checksum = frame.slot();
//!     frame.put_slice(payload);
//!
//!     let sum = frame.as_slice()[10..].iter().fold(0_u32, |sum, byte| sum.rotate_left(5) ^ u32::from(*byte));
//!     frame.fill(length, (payload.len() as u32).to_be_bytes());
//!     frame.fill(checksum, sum.to_be_bytes());
//!     frame.finish()
//! }
//!
//! let mut arena = ratoon_arena::Arena::new();
//! assert_eq!(message(&mut arena.scope(), b"ok"), b"RT\0\0\0\x02\0\0\x0d\x8bok");
//! ```
//!
//! # Panics and re-entrancy
//!
//! A closure, an iterator, a `Clone`, a `Display` or a `Drop` that an arena calls may allocate in the same arena, and
//! may panic: then what was made so far is leaked, and the arena is usable. If deferred drops panic, all others
//! run, the arena is reset, and the first panic goes on. The global allocator runs while nothing of an arena is
//! locked or half changed, so it may use the arena that called it.
//!
//! # Limits
//!
//! | | |
//! |---|---|
//! | [`limit`](Builder::limit) on bytes in use | `usize::MAX`; counts what alignment costs |
//! | one block | `isize::MAX` bytes, at any alignment |
//! | overhead | 32 bytes per chunk; two words per deferred value; nothing per other value |
//! | an arena by itself | 208 bytes; a `SyncArena` 2.5 KiB |
//! | threads with memory of their own in a `SyncArena` | 16 between two resets; further ones take a lock each time |
//! | platforms | those with `std` |
//!
//! # What it costs
//!
//! Nanoseconds per operation:
//!
//! <!-- figures: arena -->
//! |  | this crate | [bumpalo](https://docs.rs/bumpalo) 3.20.4 | [bump-scope](https://docs.rs/bump-scope) 2.4.1 | [blink-alloc](https://docs.rs/blink-alloc) 0.4.0 | [multitude](https://docs.rs/multitude) 0.12.0 | `malloc` (glibc) |
//! |---|---:|---:|---:|---:|---:|---:|
//! | 8 bytes | 1.13 | 1.17 | 1.16 | 1.30 | 1.22 | 11.34 |
//! | a string of 3 to 21 bytes, lengths never the same | 7.31 | 13.47 | 13.32 | 13.81 | 15.12 | 25.62 |
//! | the same, in an order that the processor learns | 3.17 | 4.39 | 3.94 | 4.20 | 5.22 | 15.76 |
//! | a string of 3 to 200 bytes | 15.72 | 17.75 | 17.63 | 18.00 | 18.95 | 29.14 |
//! | 64 words pushed to an empty vector | 40.99 | 188.1 | 78.35 | 60.53 | 68.38 | 260.0 |
//! | 16 short strings pushed to an empty string | 161.8 | 294.4 | 272.6 | 479.7 | 320.2 | 521.8 |
//! | a request: 16 nodes, 16 strings, a vector of 32, reset | 201.4 | 292.4 | 258.8 | 250.5 | 328.6 | 1392 |
//! | the same, half to twice as much at random | 211.7 | 404.4 | 283.6 | 287.0 | 389.8 | 1685 |
//! | a new arena, one request, dropped | 271.5 | 356.7 | 318.5 | 295.3 | 659.3 | 1340 |
//! | 8 bytes, shared by two threads | 3.23 | 84.96 (Mutex) |  | 274.9 (SyncBlinkAlloc) |  | 17.73 |
//!
//! Intel(R) Xeon(R) Processor, 2 cores, Linux x86_64; rustc 1.95.0 (59807616e 2026-04-14), release profile, opt-level 3, x86_64-unknown-linux-gnu; commit 69fd2ae92788, 2026-11-30 08:23 UTC.
//! <!-- end of figures -->
//!
//! After a request of 64 MiB and 64 ordinary ones this arena and multitude hold 2 KiB, the other three 64 MiB
//! (`arena/giant` in `cargo compare`).
//!
//! # Crate features
//!
//! | feature | default | gives |
//! |---|---|---|
//! | `derive` | yes | `#[derive(Reset)]` for your own types, through this crate alone |
//! | `allocator-api2-02` | yes | the allocator of `allocator-api2` 0.2 too, which `hashbrown` takes, beside that of its newest version |
//! | `bytes` | no | `BufMut` for [`Frame`] |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod allocator;
mod arena;
mod asan;
mod boxed;
mod builder;
mod bump;
mod chunk;
mod copy;
mod deferred;
mod error;
mod frame;
mod memory;
pub mod migration;
mod raw_vec;
mod region;
mod retention;
mod scope;
mod slice;
mod stats;
mod string;
mod sync;
mod sync_arena;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod vec;

pub use crate::arena::Arena;
pub use crate::boxed::ArenaBox;
pub use crate::builder::Builder;
pub use crate::error::{AllocError, Rejected};
pub use crate::frame::{Frame, Slot};
pub use crate::scope::{Child, Scope};
pub use crate::stats::Stats;
pub use crate::string::ArenaString;
pub use crate::sync_arena::SyncArena;
pub use crate::vec::{ArenaVec, IntoIter};
// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(no_inline)]
pub use ratoon_reset::Capacity;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForArena as Reset;

/// The examples of README.md, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What `#[derive(Reset)]` names. Not public API: the derive of the same version is its only user.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}
