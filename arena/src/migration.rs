//! From `bumpalo` to this crate.
//!
//! Three things change:
//!
//! * **`alloc` rejects types that need `Drop`.** `bumpalo` accepts them and never drops them, so a `String` in a `Bump`
//!   leaks. Here you choose: [`alloc_box`](crate::Arena::alloc_box) or
//!   [`alloc_deferred`](crate::Arena::alloc_deferred).
//! * **A reset does not keep the largest chunk for good.** What an outlier took is freed at its own reset; see [what a
//!   reset keeps](crate#what-a-reset-keeps).
//! * **A [`Scope`](crate::Scope) is `Send`.** An `async fn` takes a `&mut Scope` where a `&Bump` would make its future
//!   `!Send`.
//!
//! | `bumpalo` 3 | here |
//! |---|---|
//! | `Bump::new()`, `with_capacity(n)` | [`Arena::new`](crate::Arena::new), which is `const`, [`with_capacity`](crate::Arena::with_capacity) |
//! | `set_allocation_limit(Some(n))` | [`builder().limit(n)`](crate::Builder::limit); counts bytes in use, not chunks |
//! | `alloc(x)`, `try_alloc(x)` | the same; a failed `try_alloc` hands the value back |
//! | `alloc_with(f)`, `alloc_try_with(f)` | `alloc(f())`, `alloc(f()?)` |
//! | `alloc_str`, `alloc_slice_copy`, `alloc_slice_clone`, `alloc_slice_fill_with`, `alloc_slice_fill_iter` | the same |
//! | `alloc_slice_fill_clone(n, &x)`, `alloc_slice_fill_default(n)` | the same |
//! | `alloc_slice_fill_copy(n, x)` | [`alloc_slice_fill_clone(n, &x)`](crate::Arena::alloc_slice_fill_clone) |
//! | `bumpalo::format!(in &bump, …)` | [`alloc_fmt(format_args!(…))`](crate::Arena::alloc_fmt) |
//! | `collections::Vec::new_in(&bump)` | [`vec(0)`](crate::Arena::vec); for elements that need `Drop`, `allocator_api2::vec::Vec::new_in(&arena)` |
//! | `collections::String::new_in(&bump)` | [`string(0)`](crate::Arena::string) |
//! | `boxed::Box::new_in(x, &bump)` | [`alloc_box(x)`](crate::Arena::alloc_box) |
//! | `into_bump_slice()`, `into_bump_str()` | [`into_slice()`](crate::ArenaVec::into_slice), [`into_str()`](crate::ArenaString::into_str) |
//! | `allocated_bytes()` | [`capacity()`](crate::Arena::capacity); [`used()`](crate::Arena::used) for bytes in use |
//! | `reset()` | the same; runs deferred drops first |
//! | `alloc_layout(layout)` | `(&arena).allocate(layout)`, from the trait `Allocator` |
//!
//! What has no counterpart, and why:
//!
//! | `bumpalo` 3 | reason |
//! |---|---|
//! | `iter_allocated_chunks` | chunks contain padding and capacity that was never written, which safe code must not read |
//! | `Bump<MIN_ALIGN>` | measured: no faster, and 30 % more memory for short strings |
//! | `no_std` | the arena needs `std`, for the locks of [`SyncArena`](crate::SyncArena) and to carry on after a panic |
//!
//! Before:
//!
//! ```
//! use bumpalo::Bump;
//!
//! let mut bump = Bump::new();
//! bump.set_allocation_limit(Some(1 << 20));
//! for line in ["user=7", "lang=en"] {
//!     let fields: &[&str] = bump.alloc_slice_fill_iter(line.split('=').collect::<Vec<_>>());
//!     let zeros = bump.alloc_slice_fill_copy(2, 0);
//!     let key = bump.alloc_str(fields[0]);
//!     key.make_ascii_uppercase();
//!     assert_eq!((key.len(), zeros.len()), (4, 2));
//!     bump.reset();
//! }
//! ```
//!
//! After. The iterator needs no exact length, so the vector goes away:
//!
//! ```
//! use ratoon_arena::Arena;
//!
//! let mut arena = Arena::builder().limit(1 << 20).build();
//! for line in ["user=7", "lang=en"] {
//!     let fields: &[&str] = arena.alloc_slice_fill_iter(line.split('='));
//!     let zeros = arena.alloc_slice_fill_clone(2, &0);
//!     let key = arena.alloc_str(fields[0]);
//!     key.make_ascii_uppercase();
//!     assert_eq!((key.len(), zeros.len()), (4, 2));
//!     arena.reset();
//! }
//! ```
