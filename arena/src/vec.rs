//! Vectors that grow in the arena.

mod edit;
mod into_iter;

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::slice;
use std::io;

use crate::arena::Arena;
use crate::error::{AllocError, Rejected};
use crate::raw_vec::RawVec;
use crate::region::Region;
use crate::scope::Scope;

pub use into_iter::IntoIter;

/// A vector that grows in an arena, of elements that need no drop.
///
/// **A future that holds one of these across an `.await` is not [`Send`], even after
/// [`into_slice`](Self::into_slice)**: the variable that was moved from stays in the future's state. A spawned task then
/// fails to build, and `axum` reports that the handler trait is not satisfied. Build the vector in a block that ends
/// before the `.await`:
///
/// ```
/// use ratoon_arena::{Arena, Scope};
///
/// async fn handle(scope: &mut Scope<'_>) -> usize {
///     let fields = {
///         let mut fields = scope.vec(0);
///         fields.extend([1, 2, 3]);
///         fields.into_slice()
///     };
///     std::future::ready(()).await;
///     fields.len()
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
///     let mut fields = scope.vec(0);
///     fields.extend([1, 2, 3]);
///     let fields = fields.into_slice();
///     std::future::ready(()).await;
///     fields.len()
/// }
/// # fn assert_send<T: Send>(_: T) {}
/// # let mut arena = Arena::new();
/// # assert_send(handle(&mut arena.scope()));
/// ```
///
/// Made by [`Scope::vec`] or [`Arena::vec`]. It grows in place while nothing is allocated behind it,
/// takes what its chunk still has before it moves to a larger one, and
/// [`into_slice`](Self::into_slice) releases what it did not use.
///
/// * A push takes amortised constant time.
/// * It needs no drop itself, so vectors nest, and can lie in a value that [`alloc`](Scope::alloc)
///   takes. Dropping one gives nothing back: what it held is used until the scope ends.
/// * It does not build for elements that need to be dropped. For those, and for what else a vector can
///   do, there is `allocator_api2::vec::Vec::new_in(&scope)`, which drops them. This one is 1.2 to 1.4
///   times as fast to push to and eight times as fast to append slices to.
/// * It borrows its scope, which goes on allocating meanwhile, but cannot begin a child or a frame.
///
/// ```
/// use ratoon_arena::Arena;
///
/// let mut arena = Arena::new();
/// let scope = arena.scope();
///
/// let mut fields = scope.vec(0);
/// for field in "a=1&b=2".split('&') {
///     fields.push(field.split_once('='));
/// }
/// assert_eq!(fields.into_slice(), [Some(("a", "1")), Some(("b", "2"))]);
/// ```
///
/// ```compile_fail
/// let arena = ratoon_arena::Arena::new();
/// arena.vec(0).push(String::from("this would leak"));
/// ```
#[doc(alias("BumpVec", "bumpalo"))]
pub struct ArenaVec<'s, 'a, T> {
    elements: RawVec<'a, T, Region>,
    /// Keeps the scope from beginning a child, whose end would take what the vector has grown into.
    _scope: PhantomData<&'s Scope<'a>>,
}

impl Arena {
    /// A vector that grows in the arena, with room for `capacity` elements.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn vec<T>(&self, capacity: usize) -> ArenaVec<'_, '_, T> {
        ArenaVec { elements: RawVec::with_capacity(&self.region, capacity), _scope: PhantomData }
    }

    /// A vector that grows in the arena, with room for `capacity` elements.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_vec<T>(&self, capacity: usize) -> Result<ArenaVec<'_, '_, T>, AllocError> {
        let elements = RawVec::try_with_capacity(&self.region, capacity)?;
        Ok(ArenaVec { elements, _scope: PhantomData })
    }
}

impl<'a> Scope<'a> {
    /// A vector that grows in the arena, with room for `capacity` elements.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`].
    #[inline]
    #[track_caller]
    pub fn vec<T>(&self, capacity: usize) -> ArenaVec<'_, 'a, T> {
        self.arena.vec(capacity)
    }

    /// A vector that grows in the arena, with room for `capacity` elements.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_vec<T>(&self, capacity: usize) -> Result<ArenaVec<'_, 'a, T>, AllocError> {
        self.arena.try_vec(capacity)
    }
}

impl<'a, T> ArenaVec<'_, 'a, T> {
    /// Appends `element`.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`].
    #[inline]
    #[track_caller]
    pub fn push(&mut self, element: T) {
        self.elements.push(element);
    }

    /// Appends `element`.
    ///
    /// # Errors
    ///
    /// If there is no room: with the reason and the element. The vector is as it was.
    #[inline]
    pub fn try_push(&mut self, element: T) -> Result<(), Rejected<T>> {
        match self.elements.try_reserve(1) {
            Ok(()) => {
                self.elements.push(element);
                Ok(())
            }
            Err(error) => Err(Rejected { value: element, error }),
        }
    }

    /// Takes the last element out.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.elements.pop()
    }

    /// Appends copies of `elements`.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`].
    #[inline]
    #[track_caller]
    pub fn extend_from_slice(&mut self, elements: &[T])
    where
        T: Copy,
    {
        self.elements.append(elements);
    }

    /// Appends copies of `elements`.
    ///
    /// # Errors
    ///
    /// If there is no room; then the vector is as it was.
    #[inline]
    pub fn try_extend_from_slice(&mut self, elements: &[T]) -> Result<(), AllocError>
    where
        T: Copy,
    {
        self.elements.try_append(elements)
    }

    /// Forgets the elements from `len` on; does nothing if there are not as many.
    #[inline]
    pub fn truncate(&mut self, len: usize) {
        self.elements.truncate(len);
    }

    /// Empties the vector, which keeps its capacity.
    #[inline]
    pub fn clear(&mut self) {
        self.elements.truncate(0);
    }

    /// Elements that fit without asking the arena for more. `usize::MAX` for elements without size.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.elements.capacity()
    }

    /// What has been appended.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self
    }

    /// Ends the vector; its elements live as long as the scope's memory. Room that is left is given
    /// back if nothing has been allocated behind it, or if the vector was too large for an ordinary chunk
    /// and nothing else has been since.
    #[inline]
    #[must_use = "unused vector: use the slice that `into_slice` returns"]
    pub fn into_slice(self) -> &'a mut [T] {
        self.elements.finish()
    }
}

impl<T> Deref for ArenaVec<'_, '_, T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        self.elements.as_slice()
    }
}

impl<T> DerefMut for ArenaVec<'_, '_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        self.elements.as_mut_slice()
    }
}

impl<T> Extend<T> for ArenaVec<'_, '_, T> {
    #[inline]
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        let elements = elements.into_iter();
        // A wish only: the hint may be wrong, or more than the arena may hand out.
        let _ = self.try_reserve(elements.size_hint().0);
        for element in elements {
            self.push(element);
        }
    }
}

impl<'e, T: Copy + 'e> Extend<&'e T> for ArenaVec<'_, '_, T> {
    #[inline]
    fn extend<I: IntoIterator<Item = &'e T>>(&mut self, elements: I) {
        self.extend(elements.into_iter().copied());
    }
}

/// Appends. Fails with [`OutOfMemory`](io::ErrorKind::OutOfMemory) and the [`AllocError`] inside if there is no
/// room; then nothing was appended.
impl io::Write for ArenaVec<'_, '_, u8> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.try_extend_from_slice(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::OutOfMemory, error))
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'v, T> IntoIterator for &'v ArenaVec<'_, '_, T> {
    type Item = &'v T;
    type IntoIter = slice::Iter<'v, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'v, T> IntoIterator for &'v mut ArenaVec<'_, '_, T> {
    type Item = &'v mut T;
    type IntoIter = slice::IterMut<'v, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> AsRef<[T]> for ArenaVec<'_, '_, T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for ArenaVec<'_, '_, T> {
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *other
    }
}

impl<T: PartialEq<U>, U> PartialEq<[U]> for ArenaVec<'_, '_, T> {
    fn eq(&self, other: &[U]) -> bool {
        **self == *other
    }
}

impl<T: PartialEq> PartialEq for ArenaVec<'_, '_, T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for ArenaVec<'_, '_, T> {}

impl<T: Hash> Hash for ArenaVec<'_, '_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for ArenaVec<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
