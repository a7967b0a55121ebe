//! The trait.

/// A value that can be made fresh in place, so that its memory may serve the next request.
///
/// # The law
///
/// After [`reset`](Self::reset), nothing observable through the value's own safe API tells it from
/// a fresh one, except retained capacity.
///
/// Two things are outside the law. *Configuration* that a value was built with stays: the hasher of
/// a map, the allocation limit of a [`bumpalo`](https://docs.rs/bumpalo) arena. And what an author
/// excepted in writing stays: the derive's `skip` and `inner`, each with its reason.
/// [`check::assert_reset`](crate::check::assert_reset) tests the law for a type of your own.
///
/// # Implementing it
///
/// Derive it: the derive names every field, so that a field added next year is reset or does not
/// compile. [Writing `Reset` by hand](crate::writing_by_hand) shows the traps where you cannot.
///
/// There is no impl for every `T: Default`: it would forbid every impl that keeps capacity. There
/// is no default body for `reset` either: a type whose author forgot it must not compile.
///
/// The trait is dyn-compatible: `Box<dyn Reset>` is itself [`Reset`].
///
/// # Example
///
/// ```
/// use ratoon_reset::Reset;
///
/// #[derive(Default)]
/// struct Context {
///     user: u64,
///     path: String,
/// }
///
/// impl Reset for Context {
///     fn reset(&mut self) {
///         let Self { user, path } = self;
///         user.reset();
///         path.reset();
///     }
///
///     fn retained_bytes(&self) -> usize {
///         self.path.retained_bytes()
///     }
/// }
///
/// let mut context = Context { user: 7, path: String::from("/account") };
/// context.reset();
/// assert_eq!(context.user, 0);
/// assert_eq!(context.path, "");
/// assert_eq!(context.retained_bytes(), context.path.capacity()); // kept for the next request
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it becomes fresh again: it does not implement `Reset`",
    label = "`Reset` is not implemented for `{Self}`",
    note = "for a type of your own, write `#[derive(Reset)]`, on an enum with `#[reset(to)]` on its fresh \
            variant; for a type of `arrayvec`, `bumpalo`, `bytes`, `flate2`, `hashbrown`, `http`, `indexmap`, \
            `parking_lot`, `serde_json`, `smallvec`, `tokio`, `typed-arena`, `uuid` or `zstd`, enable the feature \
            of that name of `ratoon-reset` or `ratoon-pool`; on a field, write \
            `#[reset(with = path, bytes = path)]`, `#[reset(value = expr)]`, `#[reset(default)]` or \
            `#[reset(skip = \"reason\")]`"
)]
pub trait Reset {
    /// Makes the value fresh, keeping capacity where that is cheap.
    ///
    /// Calling it twice does what calling it once does.
    ///
    /// # Panics
    ///
    /// An implementation should not panic. A `Drop` of an element may: a collection of the standard
    /// library is then empty and valid (a hash table leaks the elements not yet dropped, the others
    /// drop them), and the panic goes on. The fields after it in an outer value have not been reset,
    /// and collections of other crates may hold what is left: discard the outer value.
    fn reset(&mut self);

    /// Whether the value may be reused. Asked after [`reset`](Self::reset); `false` discards it.
    ///
    /// A value answers `false` when reset cannot make it fresh (a lock whose guard was leaked) or
    /// when it has grown too large to be kept. The provided method answers `true`.
    fn reusable(&self) -> bool {
        true
    }

    /// Heap bytes that the value still holds. Asked after [`reset`](Self::reset).
    ///
    /// It is a lower bound: a type that cannot know counts 0, and what the allocator adds is not
    /// counted. The provided method answers 0.
    fn retained_bytes(&self) -> usize {
        0
    }
}

/// What the derive asks of a field whose type is written `Arc<…>` or `Rc<…>`: [`Reset`], with a
/// message of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is shared: resetting it would change what its other owners see",
    label = "shared state has no `Reset`",
    note = "write `#[reset(skip = \"reason\")]` if it is the same for all requests, `#[reset(default)]` if each \
            request starts with one of its own, or make it an `Option<Arc<_>>`, which a reset sets to `None`"
)]
pub trait ResetShared {
    /// [`Reset::reset`].
    fn reset(&mut self);
    /// [`Reset::reusable`].
    fn reusable(&self) -> bool;
    /// [`Reset::retained_bytes`].
    fn retained_bytes(&self) -> usize;
}

// A type of the user's own may have that name, and implement `Reset`.
#[diagnostic::do_not_recommend]
impl<T: ?Sized + Reset> ResetShared for T {
    #[inline]
    fn reset(&mut self) {
        Reset::reset(self);
    }

    #[inline]
    fn reusable(&self) -> bool {
        Reset::reusable(self)
    }

    #[inline]
    fn retained_bytes(&self) -> usize {
        Reset::retained_bytes(self)
    }
}
