//! Writing `Reset` by hand: the law, a skeleton that cannot forget a field, and the traps.
//!
//! The derive is the better choice wherever it can express what you mean. Write the impl by hand for
//! a type whose fields depend on one another, or whose memory is worth more than a plain clear.
//!
//! # The law
//!
//! > After `reset`, nothing observable through the value's own safe API tells it from a fresh one,
//! > except retained capacity.
//!
//! "Fresh" is what the type's constructor makes. Observable is everything that safe code can find
//! out: fields, lengths, presence, `Debug` output, what an iterator yields, whether a lock is
//! poisoned. The next owner of the value is someone else's request.
//!
//! # The skeleton
//!
//! Take the value apart **without `..`**: a field added next year is then a compile error here, and
//! not a leak. Forward `reusable` and `retained_bytes` to every field that may have an answer; both
//! have a default, so nobody reminds you.
//!
//! ```
//! use ratoon_reset::Reset;
//! use ratoon_reset::check::assert_reset;
//!
//! #[derive(Debug, Default, PartialEq)]
//! struct Context {
//!     user: Option<u64>,
//!     path: String,
//!     body: Vec<u8>,
//! }
//!
//! impl Reset for Context {
//!     fn reset(&mut self) {
//!         let Self { user, path, body } = self;
//!         user.reset();
//!         path.reset();
//!         body.reset();
//!     }
//!
//!     fn reusable(&self) -> bool {
//!         let Self { user, path, body } = self;
//!         user.reusable() && path.reusable() && body.reusable()
//!     }
//!
//!     fn retained_bytes(&self) -> usize {
//!         let Self { user, path, body } = self;
//!         user.retained_bytes() + path.retained_bytes() + body.retained_bytes()
//!     }
//! }
//!
//! assert_reset(Context::default, |context| {
//!     context.user = Some(7);
//!     context.path.push_str("/account");
//!     context.body.push(1);
//! });
//! ```
//!
//! [`assert_reset`](crate::check::assert_reset) belongs into the tests of every impl by hand; let its
//! `dirty` touch every field.
//!
//! # Presence is data
//!
//! Resetting the inside of an `Option` and keeping the `Some` saves an allocation, and tells the
//! next request that the last one was logged in. The same holds for the entries of a map whose values
//! are cleared one by one, for the length of a list, and for the variant of an enum. If the buffer
//! must be kept, keep it beside the flag, and let the flag alone be visible:
//!
//! ```
//! use ratoon_reset::Reset;
//!
//! #[derive(Default)]
//! struct Session {
//!     logged_in: bool,
//!     name: String, // meaningless unless `logged_in`
//! }
//!
//! impl Session {
//!     fn name(&self) -> Option<&str> {
//!         self.logged_in.then_some(self.name.as_str())
//!     }
//! }
//!
//! impl Reset for Session {
//!     fn reset(&mut self) {
//!         let Self { logged_in, name } = self;
//!         logged_in.reset();
//!         name.reset();
//!     }
//! }
//!
//! let mut session = Session { logged_in: true, name: String::from("ada") };
//! session.reset();
//! assert_eq!(session.name(), None);
//! assert!(session.name.capacity() >= 3);
//! ```
//!
//! # Nested containers give their inner capacity away
//!
//! A `Vec<Vec<u8>>` keeps its outer capacity and frees the inner vectors, since their number is data.
//! Where the inner ones are worth keeping, hide them behind a length of your own, and count them:
//! what nobody counts, no pool can bound.
//!
//! ```
//! use ratoon_reset::Reset;
//!
//! /// Lines of text whose buffers survive a reset.
//! #[derive(Default)]
//! struct Lines {
//!     used: usize,
//!     buffers: Vec<String>, // Invariant: those from `used` on are empty.
//! }
//!
//! impl Lines {
//!     fn push(&mut self, line: &str) {
//!         if self.used == self.buffers.len() {
//!             self.buffers.push(String::new());
//!         }
//!         self.buffers[self.used].push_str(line);
//!         self.used += 1;
//!     }
//!
//!     fn iter(&self) -> impl Iterator<Item = &str> {
//!         self.buffers[..self.used].iter().map(String::as_str)
//!     }
//! }
//!
//! impl Reset for Lines {
//!     fn reset(&mut self) {
//!         let Self { used, buffers } = self;
//!         buffers[..*used].reset(); // before `used`, which says how many are dirty
//!         used.reset();
//!     }
//!
//!     fn retained_bytes(&self) -> usize {
//!         self.buffers.retained_bytes() + self.buffers[..].retained_bytes()
//!     }
//! }
//!
//! let mut lines = Lines::default();
//! lines.push("first");
//! lines.reset();
//! assert_eq!(lines.iter().count(), 0);
//! assert!(lines.retained_bytes() >= 5);
//! ```
//!
//! # Shared state has more than one owner
//!
//! `Arc` and `Rc` do not implement [`Reset`](crate::Reset): a clone may have left the request, into a
//! log, a task or a cache. Resetting what is inside changes it under the other owner, and keeping it
//! lets the other owner write into the next request. Let go of it, unless it is provably yours alone:
//!
//! ```
//! use std::sync::{Arc, Mutex};
//! use ratoon_reset::Reset;
//!
//! #[derive(Default)]
//! struct Trace {
//!     events: Arc<Mutex<Vec<String>>>,
//! }
//!
//! impl Reset for Trace {
//!     fn reset(&mut self) {
//!         let Self { events } = self;
//!         match Arc::get_mut(events) {
//!             Some(alone) => alone.reset(),
//!             None => *events = Arc::default(),
//!         }
//!     }
//! }
//!
//! let mut trace = Trace::default();
//! let logger = Arc::clone(&trace.events);
//! trace.reset();
//! logger.lock().unwrap().push(String::from("a late event"));
//! assert!(trace.events.lock().unwrap().is_empty());
//! ```
//!
//! # What is skipped must be constant
//!
//! A field that keeps its value on purpose (a connection to a shared service, a configuration) must
//! not be writable during a request. Interior mutability makes it so without a `mut` in sight: a
//! `Cell`, a `Mutex`, an atomic, or a cache inside the skipped value carries one request's data into
//! the next. Look inside before you skip, and write the reason down where you do.
//!
//! # Ids and generations go on counting
//!
//! A counter that hands out ids, or a generation that tells old handles from new ones, must survive
//! the reset: started again at 0, it makes a handle of the last request valid in the next one. That
//! is a written exception from the law. If the number can be read, it also tells how much went on
//! before; keep it private.
//!
//! ```
//! use ratoon_reset::Reset;
//!
//! #[derive(Default)]
//! struct Slots {
//!     generation: u64,
//!     values: Vec<u32>,
//! }
//!
//! #[derive(Clone, Copy)]
//! struct Handle {
//!     generation: u64,
//!     index: usize,
//! }
//!
//! impl Slots {
//!     fn insert(&mut self, value: u32) -> Handle {
//!         self.values.push(value);
//!         Handle { generation: self.generation, index: self.values.len() - 1 }
//!     }
//!
//!     fn at(&self, handle: Handle) -> Option<&u32> {
//!         self.values.get(handle.index).filter(|_| handle.generation == self.generation)
//!     }
//! }
//!
//! impl Reset for Slots {
//!     fn reset(&mut self) {
//!         let Self { generation, values } = self;
//!         *generation += 1; // excepted from the law: outdates every handle
//!         values.reset();
//!     }
//! }
//!
//! let mut slots = Slots::default();
//! let stale = slots.insert(7);
//! slots.reset();
//! slots.insert(8);
//! assert_eq!(slots.at(stale), None);
//! ```
//!
//! # What was computed from a field goes with it
//!
//! A cached hash, a parsed form, a length in characters: the field is cleared, the cache still
//! answers for the last request. Caches are fields like all others; reset them too, and let a test
//! *read* through the cache before it resets.
//!
//! ```
//! use std::cell::OnceCell;
//! use ratoon_reset::Reset;
//!
//! #[derive(Default)]
//! struct Target {
//!     path: String,
//!     depth: OnceCell<usize>,
//! }
//!
//! impl Target {
//!     fn depth(&self) -> usize {
//!         *self.depth.get_or_init(|| self.path.matches('/').count())
//!     }
//! }
//!
//! impl Reset for Target {
//!     fn reset(&mut self) {
//!         let Self { path, depth } = self;
//!         path.reset();
//!         depth.reset();
//!     }
//! }
//!
//! ratoon_reset::check::assert_reset_with(
//!     Target::default,
//!     |target| {
//!         target.path.push_str("/a/b");
//!         assert_eq!(target.depth(), 2); // fills the cache
//!     },
//!     |target| (target.path.clone(), target.depth()),
//! );
//! ```
//!
//! # A panic leaves the rest dirty
//!
//! `reset` runs user code: the `Drop` of what is cleared. If it panics, the fields after it keep the
//! request's data. A pool therefore discards an object whose `reset` panicked; if you catch the panic
//! yourself, discard it too. Do not panic on purpose: what cannot be made fresh answers `false` from
//! [`reusable`](crate::Reset::reusable).
//!
//! # Cleared is not erased
//!
//! Clearing sets a length. The bytes stay in memory until they are overwritten: safe code cannot
//! read them, a core dump or an out-of-bounds read elsewhere can. For keys and passwords use the
//! feature `zeroize`.
