//! Values whose drop waits for the end of their scope.
//!
//! Rules:
//!
//! 1. A node lies in a block of the arena and is linked from the moment it is fully written until
//!    the moment before its value is dropped.
//! 2. The list is run down to a mark before the memory behind that mark is released: at the end of
//!    a child scope to where it stood at its beginning, at a reset to the end. List and cursor live
//!    in the arena itself, never in a scope, so forgetting a scope does not separate them.

use core::any::Any;
use core::cell::Cell;
use core::mem;
use core::ptr::NonNull;
use std::boxed::Box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The first panic of a list that was run, to be resumed once everything is in order.
#[must_use = "a panic is resumed"]
#[derive(Debug)]
pub(crate) struct Caught(Option<Box<dyn Any + Send>>);

impl Caught {
    /// Resumes the panic, if there was one and no other is unwinding: a second on top of that would
    /// abort the process.
    #[inline]
    pub(crate) fn resume(self) {
        if let Some(payload) = self.0 {
            if !std::thread::panicking() {
                resume_unwind(payload);
            }
            abandon(payload);
        }
    }
}

/// Drops the payload of a panic that is not resumed. If that panics too, the second payload is leaked.
fn abandon(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(another);
    }
}

/// The values to drop, newest first.
#[derive(Debug)]
pub(crate) struct DeferredList {
    // Invariant: every node reachable from here is live, rule 1.
    head: Cell<Option<NonNull<Node>>>,
}

/// The part of a [`Deferred`] that does not depend on its type.
#[derive(Debug)]
struct Node {
    next: Option<NonNull<Node>>,
    /// Drops the value behind the node.
    drop: unsafe fn(NonNull<Node>),
}

/// A value and its place in the list.
#[repr(C)]
pub(crate) struct Deferred<T> {
    node: Node,
    value: T,
}

/// How far a list reached at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark(Option<NonNull<Node>>);

impl Mark {
    /// Where every list begins.
    pub(crate) const START: Self = Self(None);
}

impl DeferredList {
    pub(crate) const fn new() -> Self {
        Self { head: Cell::new(None) }
    }

    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.head.get())
    }

    /// Whether there is nothing to drop down to `mark`.
    #[inline]
    pub(crate) fn is_at(&self, mark: Mark) -> bool {
        self.mark() == mark
    }

    /// Moves `value` into `block` and links it.
    ///
    /// # Safety
    ///
    /// `block` is fit to be written with a `Deferred<T>`, and stays untouched by others until the
    /// list has been run past it. `T` may be dropped at any later time and on any thread.
    #[inline]
    pub(crate) unsafe fn push<T>(&self, block: NonNull<Deferred<T>>, value: T) -> NonNull<T> {
        debug_assert!(block.is_aligned());
        let node = Node { next: self.head.get(), drop: drop_value::<T> };
        // SAFETY: the caller's promise.
        unsafe { block.write(Deferred { node, value }) };
        self.head.set(Some(block.cast()));
        // SAFETY: the block was written in full just now.
        let value = unsafe { &raw mut (*block.as_ptr()).value };
        // SAFETY: a field of a block that is not null is not null either.
        unsafe { NonNull::new_unchecked(value) }
    }

    /// Drops all values down to `mark`, whatever they do; returns the first panic.
    #[inline]
    pub(crate) fn run(&self, mark: Mark) -> Caught {
        if self.is_at(mark) { Caught(None) } else { self.run_some(mark) }
    }

    #[cold]
    fn run_some(&self, mark: Mark) -> Caught {
        let mut first = None;
        while !self.is_at(mark) {
            let Some(node) = self.head.get() else { break };
            // SAFETY: reachable nodes are live (rule 1).
            let Node { next, drop } = *unsafe { node.as_ref() };
            self.head.set(next);
            // SAFETY: `drop` was made for this node's type, and the node has just been unlinked.
            let outcome = catch_unwind(AssertUnwindSafe(|| unsafe { drop(node) }));
            if let Err(payload) = outcome {
                // Only one panic can be resumed.
                match first {
                    None => first = Some(payload),
                    Some(_) => abandon(payload),
                }
            }
        }
        Caught(first)
    }
}

/// # Safety
///
/// `node` begins a live `Deferred<T>` whose value is not used any more.
unsafe fn drop_value<T>(node: NonNull<Node>) {
    let deferred = node.cast::<Deferred<T>>().as_ptr();
    // SAFETY: the caller's promise; `&raw` makes no reference.
    let value = unsafe { &raw mut (*deferred).value };
    // SAFETY: the caller's promise.
    unsafe { value.drop_in_place() }
}
