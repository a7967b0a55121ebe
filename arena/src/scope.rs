//! Scopes: the arena in the hands of one user, and parts of it that end early.
//!
//! Rules:
//!
//! 1. A `Scope<'a>` comes from a `&'a mut Arena`. While it exists nobody else can reach the arena,
//!    but for scopes that are made from it through `&mut`.
//! 2. Blocks of a child scope carry its lifetime `'c`, which lies within the call of
//!    [`Scope::child`]. The arena goes back to the state it had before the call, and to that state
//!    only, when the call ends, in whatever way it does. The child itself ends nothing: it may be
//!    forgotten, moved or swapped.
//!
//! Rejected: a cursor of the scope's own, and methods that take `&mut self`, so that the compiler may keep
//! it in a register. It does: in a loop that allocates words, the loads of cursor and end go, the store
//! of the cursor stays. But a processor that forwards what it has just stored does not wait for those
//! loads: 1.31 ns per word with a cursor in a register, 1.35 behind a shared reference (least of 61 rounds
//! each; the medians, 1.9 and 2.5, are the machine's noise). That is no reason to ask for `&mut`
//! where values are to be made in closures and through `Allocator`.

mod alloc;

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use crate::arena::Arena;
use crate::deferred::Mark;
use crate::region::Checkpoint;

/// An arena borrowed for `'a`: what it allocates lives that long, not just as long as the scope.
///
/// A scope is [`Send`]: move it, or pass a `&mut Scope`, into an `async fn` and allocate on both
/// sides of an `.await`. (A `&Scope` is not, because allocation goes through `&Scope` without locks.)
///
/// ```
/// use ratoon_arena::{Arena, Scope};
///
/// fn parse<'a>(scope: &mut Scope<'a>, line: &str) -> Vec<&'a str> {
///     line.split(',').map(|field| &*scope.alloc_str(field)).collect()
/// }
///
/// let mut arena = Arena::new();
/// let fields = parse(&mut arena.scope(), "a,b,c");
/// assert_eq!(fields, ["a", "b", "c"]);
/// ```
#[doc(alias("BumpScope", "Checkpoint"))]
pub struct Scope<'a> {
    pub(crate) arena: &'a Arena,
}

// SAFETY: the only field stands for `&'a mut Arena` (rule 1), and `Arena` is `Send`. It is held as a
// shared reference because a child scope holds it too; the child is made from `&mut` of this scope,
// which therefore stays where it is and unused as long as the child exists.
unsafe impl Send for Scope<'_> {}

impl<'a> Scope<'a> {
    #[inline]
    pub(crate) fn new(arena: &'a mut Arena) -> Self {
        Self { arena }
    }

    /// Runs `f` with a scope of its own, then drops what that scope deferred and releases all that
    /// it allocated, also when `f` panics.
    ///
    /// Values of this scope can be used in the child, and values of the child can refer to them. What
    /// `f` returns cannot refer to what the child allocated.
    ///
    /// ```
    /// use ratoon_arena::Arena;
    ///
    /// let mut arena = Arena::new();
    /// let mut scope = arena.scope();
    /// let outer = scope.alloc_str("kept");
    /// let len = scope.child(|child| {
    ///     let line = child.alloc_concat(&[outer, " and thrown away"]);
    ///     line.len()
    /// });
    /// assert_eq!(len, 20);
    /// assert_eq!(arena.used(), "kept".len());
    /// ```
    ///
    /// The end takes constant time, but for the values to be dropped and the chunks that the child had to
    /// take. Those are kept for the rest of the request, unless they were made for one large block.
    ///
    /// # Panics
    ///
    /// If `f` or a deferred drop panics: with the first panic, after the scope has ended.
    #[doc(alias("scoped", "checkpoint", "rewind"))]
    pub fn child<'s, R>(&'s mut self, f: impl for<'c> FnOnce(Child<'c, 's>) -> R) -> R {
        let _end = End::new(self.arena);
        f(Child { scope: Scope { arena: self.arena }, _outer: PhantomData })
    }

    /// The arena's [limit](Arena::limit) on bytes in use.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.arena.limit()
    }

    /// Bytes in use in the [whole arena](Arena::used).
    #[must_use]
    pub fn used(&self) -> usize {
        self.arena.used()
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("arena", self.arena).finish()
    }
}

/// A scope inside a scope; see [`Scope::child`].
///
/// It dereferences to `Scope<'c>`, but not mutably: what takes `&mut Scope` is offered here again.
///
/// A child cannot be passed to an `async fn` that takes `&mut Scope`. The closure of [`Scope::child`] is synchronous and
/// its memory is released when it returns, so a future that borrows the child could not be awaited. Write functions
/// that allocate in a child so that they take `&Scope`, and call `async fn`s with the outer scope.
///
/// ```
/// use ratoon_arena::Arena;
///
/// let mut arena = Arena::new();
/// let mut scope = arena.scope();
/// let total: u32 = scope.child(|mut child| {
///     let lengths = child.alloc_slice_fill_iter(["to", "be"].map(|word| word.len() as u32));
///     let inner = child.child(|inner| inner.alloc_str("or not").len() as u32);
///     lengths.iter().sum::<u32>() + inner
/// });
/// assert_eq!((total, scope.used()), (10, 0));
/// ```
pub struct Child<'c, 's: 'c> {
    pub(crate) scope: Scope<'c>,
    /// Says that `'s` outlives `'c`, so that the child may hold references to what is outside.
    _outer: PhantomData<&'c &'s ()>,
}

impl<'c> Child<'c, '_> {
    /// A scope inside this one; see [`Scope::child`].
    ///
    /// # Panics
    ///
    /// If `f` or a deferred drop panics: with the first panic, after the scope has ended.
    pub fn child<'i, R>(&'i mut self, f: impl for<'d> FnOnce(Child<'d, 'i>) -> R) -> R {
        self.scope.child(f)
    }
}

impl<'c> Deref for Child<'c, '_> {
    type Target = Scope<'c>;

    #[inline]
    fn deref(&self) -> &Scope<'c> {
        &self.scope
    }
}

impl fmt::Debug for Child<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child").field("arena", self.scope.arena).finish()
    }
}

/// Ends a child scope when it is dropped.
struct End<'s> {
    arena: &'s Arena,
    checkpoint: Checkpoint,
    deferred: Mark,
}

impl<'s> End<'s> {
    fn new(arena: &'s Arena) -> Self {
        Self { arena, checkpoint: arena.region.checkpoint(), deferred: arena.deferred.mark() }
    }
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        let caught = self.arena.run_deferred(self.deferred);
        // SAFETY: blocks of the child carry `'c`, which is over (rule 2), and its deferred values are
        // dropped. Scopes nest, so no earlier checkpoint has been restored.
        unsafe { self.arena.region.rewind(&self.checkpoint) };
        caught.resume();
    }
}
