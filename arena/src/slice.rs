//! Allocation of slices.

use core::alloc::Layout;
use core::ptr::NonNull;
use core::slice;

use crate::arena::Arena;
use crate::copy::copy_bytes;
use crate::error::AllocError;
use crate::memory::Memory;
use crate::raw_vec::{RawVec, RawVecGuard};
use crate::value::assert_drop_is_not_needed;

#[expect(clippy::mut_from_ref, reason = "each call hands out memory of its own")]
impl Arena {
    /// Copies a slice into the arena.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let primes = arena.alloc_slice_copy(&[2, 3, 5]);
    /// primes[0] = 7;
    /// assert_eq!(primes, [7, 3, 5]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_slice_copy<T: Copy>(&self, source: &[T]) -> &mut [T] {
        let block = self.region.allocate(Layout::for_value(source));
        // SAFETY: a fresh block with the slice's layout.
        unsafe { init_copy(block, source) }
    }

    /// Copies a slice into the arena.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_alloc_slice_copy<T: Copy>(&self, source: &[T]) -> Result<&mut [T], AllocError> {
        let block = self.region.try_allocate(Layout::for_value(source))?;
        // SAFETY: a fresh block with the slice's layout.
        Ok(unsafe { init_copy(block, source) })
    }

    /// Clones a slice into the arena. The elements are never dropped, so this does not build if they
    /// need to be; see [`alloc`](Self::alloc).
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `clone` does.
    #[inline]
    #[track_caller]
    pub fn alloc_slice_clone<T: Clone>(&self, source: &[T]) -> &mut [T] {
        self.alloc_slice_fill_with(source.len(), |i| source[i].clone())
    }

    /// Clones a slice into the arena; see [`alloc_slice_clone`](Self::alloc_slice_clone).
    ///
    /// # Errors
    ///
    /// If there is no room; then nothing was cloned.
    #[inline]
    pub fn try_alloc_slice_clone<T: Clone>(&self, source: &[T]) -> Result<&mut [T], AllocError> {
        self.try_alloc_slice_fill_with(source.len(), |i| source[i].clone())
    }

    /// A slice of `len` elements, each made by `fill` from its index.
    ///
    /// The elements are never dropped, so this does not build if they need to be; see
    /// [`alloc`](Self::alloc). `fill` may allocate in this arena.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let squares = arena.alloc_slice_fill_with(4, |i| i * i);
    /// assert_eq!(squares, [0, 1, 4, 9]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `fill` does.
    #[inline]
    #[track_caller]
    pub fn alloc_slice_fill_with<T>(&self, len: usize, fill: impl FnMut(usize) -> T) -> &mut [T] {
        const { assert_drop_is_not_needed::<T>() };
        let Ok(layout) = Layout::array::<T>(len) else { AllocError::Overflow.raise() };
        let block = self.region.allocate(layout).cast();
        // SAFETY: a fresh block for `len` elements.
        unsafe { init_with(block, len, fill) }
    }

    /// A slice of `len` elements; see [`alloc_slice_fill_with`](Self::alloc_slice_fill_with).
    ///
    /// # Errors
    ///
    /// If there is no room; then `fill` was not called.
    #[inline]
    pub fn try_alloc_slice_fill_with<T>(
        &self,
        len: usize,
        fill: impl FnMut(usize) -> T,
    ) -> Result<&mut [T], AllocError> {
        const { assert_drop_is_not_needed::<T>() };
        let layout = Layout::array::<T>(len).map_err(|_| AllocError::Overflow)?;
        let block = self.region.try_allocate(layout)?.cast();
        // SAFETY: a fresh block for `len` elements.
        Ok(unsafe { init_with(block, len, fill) })
    }

    /// A slice of `len` clones of `value`. Does not build for elements that need `Drop`.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// assert_eq!(arena.alloc_slice_fill_clone(3, &"ab"), ["ab", "ab", "ab"]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `clone` does.
    #[inline]
    #[track_caller]
    #[doc(alias = "alloc_slice_fill_copy")]
    pub fn alloc_slice_fill_clone<T: Clone>(&self, len: usize, value: &T) -> &mut [T] {
        self.alloc_slice_fill_with(len, |_| value.clone())
    }

    /// A slice of `len` clones of `value`. Does not build for elements that need `Drop`.
    ///
    /// # Errors
    ///
    /// If there is no room; then nothing was cloned.
    #[inline]
    pub fn try_alloc_slice_fill_clone<T: Clone>(
        &self,
        len: usize,
        value: &T,
    ) -> Result<&mut [T], AllocError> {
        self.try_alloc_slice_fill_with(len, |_| value.clone())
    }

    /// A slice of `len` default values. Does not build for elements that need `Drop`.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// assert_eq!(arena.alloc_slice_fill_default::<u16>(3), [0, 0, 0]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `default` does.
    #[inline]
    #[track_caller]
    pub fn alloc_slice_fill_default<T: Default>(&self, len: usize) -> &mut [T] {
        self.alloc_slice_fill_with(len, |_| T::default())
    }

    /// A slice of `len` default values. Does not build for elements that need `Drop`.
    ///
    /// # Errors
    ///
    /// If there is no room; then no value was made.
    #[inline]
    pub fn try_alloc_slice_fill_default<T: Default>(
        &self,
        len: usize,
    ) -> Result<&mut [T], AllocError> {
        self.try_alloc_slice_fill_with(len, |_| T::default())
    }

    /// A slice of all that `elements` yields.
    ///
    /// The elements are never dropped, so this does not build if they need to be; see
    /// [`alloc`](Self::alloc). The iterator may allocate in this arena. Its size hint saves moves
    /// and may be wrong; where there is no room for as many elements as it promises, none is taken.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let words = arena.alloc_slice_fill_iter("to be or not".split(' '));
    /// assert_eq!(words, ["to", "be", "or", "not"]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if the iterator does.
    #[inline]
    #[track_caller]
    pub fn alloc_slice_fill_iter<T>(&self, elements: impl IntoIterator<Item = T>) -> &mut [T] {
        let elements = elements.into_iter();
        let slice = RawVec::with_capacity(&self.region, elements.size_hint().0);
        let mut slice = RawVecGuard::new(slice);
        for element in elements {
            slice.push(element);
        }
        slice.finish()
    }

    /// A slice of all that `elements` yields; see
    /// [`alloc_slice_fill_iter`](Self::alloc_slice_fill_iter).
    ///
    /// # Errors
    ///
    /// If there is no room. Some elements may have been taken from the iterator then.
    pub fn try_alloc_slice_fill_iter<T>(
        &self,
        elements: impl IntoIterator<Item = T>,
    ) -> Result<&mut [T], AllocError> {
        let elements = elements.into_iter();
        let slice = RawVec::try_with_capacity(&self.region, elements.size_hint().0)?;
        let mut slice = RawVecGuard::new(slice);
        for element in elements {
            slice.try_reserve(1)?;
            slice.push(element);
        }
        Ok(slice.finish())
    }
}

/// A slice of all that `elements` yields.
pub(crate) fn collect<T>(
    memory: &impl Memory,
    elements: impl IntoIterator<Item = T>,
) -> Result<&mut [T], AllocError> {
    let elements = elements.into_iter();
    let slice = RawVec::try_with_capacity(memory, elements.size_hint().0)?;
    let mut slice = RawVecGuard::new(slice);
    for element in elements {
        slice.try_reserve(1)?;
        slice.push(element);
    }
    Ok(slice.finish())
}

/// # Safety
///
/// `block` has the layout of `source` and is nobody else's for `'a`.
#[inline(always)]
pub(crate) unsafe fn init_copy<'a, T: Copy>(block: NonNull<u8>, source: &[T]) -> &'a mut [T] {
    let bytes = size_of_val(source);
    // SAFETY: the caller's promise; a fresh block does not overlap what can be referred to.
    unsafe { copy_bytes(source.as_ptr().cast(), block.as_ptr(), bytes) };
    // SAFETY: all elements are initialised with copies.
    unsafe { as_slice(block.cast(), source.len()) }
}

/// # Safety
///
/// `block` has room for `len` elements and is nobody else's for `'a`.
#[inline(always)]
pub(crate) unsafe fn init_with<'a, T>(
    block: NonNull<T>,
    len: usize,
    mut fill: impl FnMut(usize) -> T,
) -> &'a mut [T] {
    for i in 0..len {
        let value = fill(i);
        // SAFETY: i < len, for which the block has room.
        let place = unsafe { block.add(i) };
        // SAFETY: the block is nobody else's, whatever `fill` has allocated since.
        unsafe { place.write(value) };
    }
    // SAFETY: all `len` elements are initialised.
    unsafe { as_slice(block, len) }
}

/// # Safety
///
/// `block` begins `len` initialised elements that are nobody else's for `'a`.
#[inline(always)]
pub(crate) unsafe fn as_slice<'a, T>(block: NonNull<T>, len: usize) -> &'a mut [T] {
    debug_assert!(block.is_aligned());
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts_mut(block.as_ptr(), len) }
}
