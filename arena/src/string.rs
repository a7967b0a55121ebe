//! Strings that grow in the arena.

mod edit;

use core::borrow::Borrow;
use core::fmt::{self, Write};
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::str;

use crate::arena::Arena;
use crate::error::AllocError;
use crate::raw_vec::RawVec;
use crate::region::Region;
use crate::scope::Scope;

/// A string that grows in an arena: what a handler writes its answer into.
///
/// **A future that holds one of these across an `.await` is not [`Send`], even after
/// [`into_str`](Self::into_str)**: the variable that was moved from stays in the future's state. A spawned task then
/// fails to build, and `axum` reports that the handler trait is not satisfied. Build the string in a block that ends
/// before the `.await`:
///
/// ```
/// use ratoon_arena::{Arena, Scope};
///
/// async fn handle(scope: &mut Scope<'_>) -> usize {
///     let text = {
///         let mut text = scope.string(0);
///         text.push_str("text");
///         text.into_str()
///     };
///     std::future::ready(()).await;
///     text.len()
/// }
///
/// fn assert_send<T: Send>(_: T) {}
/// let mut arena = Arena::new();
/// assert_send(handle(&mut arena.scope()));
/// ```
///
/// Without the block this does not build:
///
/// ```compile_fail
/// # use ratoon_arena::{Arena, Scope};
/// async fn handle(scope: &mut Scope<'_>) -> usize {
///     let mut text = scope.string(0);
///     text.push_str("text");
///     let text = text.into_str();
///     std::future::ready(()).await;
///     text.len()
/// }
/// # fn assert_send<T: Send>(_: T) {}
/// # let mut arena = Arena::new();
/// # assert_send(handle(&mut arena.scope()));
/// ```
///
/// Made by [`Scope::string`] or [`Arena::string`]. It grows in place while nothing is allocated behind
/// it, takes what its chunk still has before it moves to a larger one, and
/// [`into_str`](Self::into_str) releases what it did not use.
///
/// * Appending takes time in proportion to what is appended, amortised.
/// * It needs no drop, so it can lie in a value that [`alloc`](Scope::alloc) takes. Dropping one gives
///   nothing back: what it held is used until the scope ends.
/// * It borrows its scope, which goes on allocating meanwhile, but cannot begin a child or a frame.
/// * It is not [`Send`], as `&Scope` is not. A [`Frame`](crate::Frame) is, and can be kept across
///   `.await`.
///
/// ```
/// use std::fmt::Write;
/// use ratoon_arena::Arena;
///
/// let mut arena = Arena::new();
/// let scope = arena.scope();
///
/// let mut list = scope.string(0);
/// for item in ["tea", "bread"] {
///     let comma = if list.is_empty() { "" } else { "," };
///     write!(list, "{comma}{item:?}")?;
/// }
/// assert_eq!(list.into_str(), r#""tea","bread""#);
/// assert_eq!(arena.used(), 13);
/// # Ok::<(), std::fmt::Error>(())
/// ```
#[doc(alias("BumpString", "bumpalo"))]
pub struct ArenaString<'s, 'a> {
    // Invariant: a concatenation of `str`s.
    bytes: RawVec<'a, u8, Region>,
    /// Keeps the scope from beginning a child, whose end would take what the string has grown into.
    _scope: PhantomData<&'s Scope<'a>>,
}

impl Arena {
    /// A string that grows in the arena, with room for `capacity` bytes.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn string(&self, capacity: usize) -> ArenaString<'_, '_> {
        ArenaString { bytes: RawVec::with_capacity(&self.region, capacity), _scope: PhantomData }
    }

    /// A string that grows in the arena, with room for `capacity` bytes.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_string(&self, capacity: usize) -> Result<ArenaString<'_, '_>, AllocError> {
        let bytes = RawVec::try_with_capacity(&self.region, capacity)?;
        Ok(ArenaString { bytes, _scope: PhantomData })
    }
}

impl<'a> Scope<'a> {
    /// A string that grows in the arena, with room for `capacity` bytes.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`].
    #[inline]
    #[track_caller]
    pub fn string(&self, capacity: usize) -> ArenaString<'_, 'a> {
        self.arena.string(capacity)
    }

    /// A string that grows in the arena, with room for `capacity` bytes.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_string(&self, capacity: usize) -> Result<ArenaString<'_, 'a>, AllocError> {
        self.arena.try_string(capacity)
    }
}

impl<'a> ArenaString<'_, 'a> {
    /// Appends `text`.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`].
    #[inline]
    #[track_caller]
    pub fn push_str(&mut self, text: &str) {
        self.bytes.append(text.as_bytes());
    }

    /// Appends `text`.
    ///
    /// # Errors
    ///
    /// If there is no room; then the string is as it was.
    #[inline]
    pub fn try_push_str(&mut self, text: &str) -> Result<(), AllocError> {
        self.bytes.try_append(text.as_bytes())
    }

    /// Appends `c`.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`].
    #[inline]
    #[track_caller]
    pub fn push(&mut self, c: char) {
        if c.is_ascii() {
            self.bytes.push(c as u8);
        } else {
            self.push_str(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// Appends `c`.
    ///
    /// # Errors
    ///
    /// If there is no room; then the string is as it was.
    #[inline]
    pub fn try_push(&mut self, c: char) -> Result<(), AllocError> {
        self.try_push_str(c.encode_utf8(&mut [0; 4]))
    }

    /// Shortens the string to `len` bytes; does nothing if it is not longer.
    ///
    /// # Panics
    ///
    /// If `len` lies within a character.
    #[inline]
    #[track_caller]
    pub fn truncate(&mut self, len: usize) {
        if len < self.len() {
            assert!(self.is_char_boundary(len), "{len} bytes end within a character");
            self.bytes.truncate(len);
        }
    }

    /// Empties the string, which keeps its capacity.
    #[inline]
    pub fn clear(&mut self) {
        self.bytes.truncate(0);
    }

    /// Bytes that fit without asking the arena for more.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// What has been appended.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        self
    }

    /// Ends the string, which lives as long as the scope's memory. Room that is left is released if
    /// nothing has been allocated behind it, or if the string was too large for an ordinary chunk and
    /// nothing else has been since.
    #[inline]
    #[must_use = "unused string: use the `str` that `into_str` returns"]
    pub fn into_str(self) -> &'a mut str {
        let bytes = self.bytes.finish();
        // SAFETY: only whole `str`s were appended (the field's invariant).
        unsafe { str::from_utf8_unchecked_mut(bytes) }
    }
}

impl Deref for ArenaString<'_, '_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        let bytes = self.bytes.as_slice();
        // SAFETY: only whole `str`s were appended (the field's invariant).
        unsafe { str::from_utf8_unchecked(bytes) }
    }
}

impl DerefMut for ArenaString<'_, '_> {
    #[inline]
    fn deref_mut(&mut self) -> &mut str {
        let bytes = self.bytes.as_mut_slice();
        // SAFETY: only whole `str`s were appended (the field's invariant), and a `&mut str` stays one.
        unsafe { str::from_utf8_unchecked_mut(bytes) }
    }
}

/// Appends. Fails if there is no room; then nothing was appended.
/// [`try_push_str`](ArenaString::try_push_str) says why.
impl Write for ArenaString<'_, '_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.try_push_str(text).map_err(|_| fmt::Error)
    }
}

impl<'t> Extend<&'t str> for ArenaString<'_, '_> {
    fn extend<I: IntoIterator<Item = &'t str>>(&mut self, texts: I) {
        for text in texts {
            self.push_str(text);
        }
    }
}

impl Extend<char> for ArenaString<'_, '_> {
    fn extend<I: IntoIterator<Item = char>>(&mut self, chars: I) {
        for c in chars {
            self.push(c);
        }
    }
}

impl AsRef<str> for ArenaString<'_, '_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for ArenaString<'_, '_> {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Borrow<str> for ArenaString<'_, '_> {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for ArenaString<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for ArenaString<'_, '_> {}

impl PartialEq<str> for ArenaString<'_, '_> {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for ArenaString<'_, '_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialOrd for ArenaString<'_, '_> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ArenaString<'_, '_> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        (**self).cmp(other)
    }
}

impl Hash for ArenaString<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for ArenaString<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for ArenaString<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
