//! From a hand-written `clear()` to `#[derive(Reset)]`.
//!
//! A context that is reused usually has a method that clears it. It compiles whether or not it covers every
//! field, so a field added later keeps the data of the previous request until someone notices. The derive
//! replaces the method; each line of it becomes an attribute, or nothing at all:
//!
//! | line in `clear` | field with `#[derive(Reset)]` |
//! |---|---|
//! | `self.path.clear();` for a `String`, `Vec`, `HashMap`, … | no attribute |
//! | `self.user = None;`, `self.admin = false;`, `self.count = 0;` | no attribute |
//! | `self.attempt = 1;` | `#[reset(value = 1)]` |
//! | `self.state = State::default();` | `#[reset(default)]` |
//! | `self.state = State::Start;` | derive `Reset` for the enum too, with `#[reset(to)]` on `Start` |
//! | `self.nested.clear();` for a type of yours | no attribute, if the type derives `Reset` too |
//! | `self.queue.clear();` for a type of another crate | no attribute, if there is a [feature](crate#crate-features) for it; otherwise `#[reset(with = Queue::clear, bytes = Queue::memory)]` |
//! | `self.body.clear(); self.body.shrink_to(65_536);` | `#[reset(max_capacity = 65_536)]` |
//! | `if self.body.capacity() > 65_536 { return false; }`, to drop the object | `#[reset(discard_above = 65_536)]` |
//! | `if let Some(buffer) = &mut self.buffer { buffer.clear(); }` | `#[reset(inner = "reason")]` |
//! | `self.key.zeroize();` | `#[reset(zeroize)]` (feature `zeroize`) |
//! | no line, on purpose | `#[reset(skip = "reason")]` |
//! | no line, by mistake | reset by the derive |
//!
//! Then delete `clear`, and call [`reset`](crate::Reset::reset) instead; a pool calls it for you. Constructors
//! stay as they are. If `Context::default()` and a reset context can differ, for example because the constructor
//! sets `attempt` to 1, [`check::assert_reset`](crate::check::assert_reset) in a test finds the field.
//!
//! Before:
//!
//! ```
//! #[derive(Default)]
//! struct Context {
//!     user: Option<u64>,
//!     admin: bool,
//!     path: String,
//!     body: Vec<u8>,
//! }
//!
//! impl Context {
//!     fn clear(&mut self) {
//!         self.user = None;
//!         self.path.clear();
//!         self.body.clear();
//!         self.body.shrink_to(65_536);
//!     }
//! }
//!
//! let mut context = Context { user: Some(1), admin: true, ..Context::default() };
//! context.clear();
//! assert!(context.admin); // the field was added later, and the next user is an administrator
//! ```
//!
//! After:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use ratoon_reset::Reset;
//! use ratoon_reset::check::assert_reset;
//!
//! #[derive(Debug, Default, PartialEq, Reset)]
//! struct Context {
//!     user: Option<u64>,
//!     admin: bool,
//!     path: String,
//!     #[reset(max_capacity = 65_536)]
//!     body: Vec<u8>,
//! }
//!
//! // In a test. The closure sets every field to something that a new context doesn't have.
//! assert_reset(Context::default, |context| {
//!     context.user = Some(1);
//!     context.admin = true;
//!     context.path.push_str("/account");
//!     context.body.push(0);
//! });
//! # }
//! ```
//!
//! Three differences can surprise:
//!
//! * A field whose type has no neutral value, such as an `Instant` or an `Arc`, does not compile until you choose
//!   an attribute. The error lists the choices.
//! * A nested `Vec<Vec<u8>>` frees its inner vectors, as `clear` does, and an `Option` becomes `None`.
//! * `retained_bytes` and `reusable` are derived as well, so a pool can bound the memory of each object and drop
//!   what cannot be reused.
//!
//! If the fields depend on each other, [write the impl by hand](crate::writing_by_hand) in a form that does not
//! compile when a field is missing.
