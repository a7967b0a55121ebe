//! Allocation in a scope: the arena's methods, with results that live for the scope's `'a`.

use core::fmt;

use crate::boxed::ArenaBox;
use crate::error::{AllocError, Rejected};
use crate::scope::Scope;

impl<'a> Scope<'a> {
    /// Moves `value` into the arena. It is never dropped, and this does not build if it needs to be. See
    /// [`Arena::alloc`](crate::Arena::alloc).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline(always)]
    #[track_caller]
    pub fn alloc<T>(&self, value: T) -> &'a mut T {
        self.arena.alloc(value)
    }

    /// Moves `value` into the arena. It is never dropped, and this does not build if it needs to be. See
    /// [`Arena::alloc`](crate::Arena::alloc).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc`](crate::Arena::try_alloc).
    #[inline(always)]
    pub fn try_alloc<T>(&self, value: T) -> Result<&'a mut T, Rejected<T>> {
        self.arena.try_alloc(value)
    }

    /// Moves `value` into the arena and drops it together with the returned box. See
    /// [`Arena::alloc_box`](crate::Arena::alloc_box).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_box`](crate::Arena::alloc_box).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_box<T>(&self, value: T) -> ArenaBox<'a, T> {
        self.arena.alloc_box(value)
    }

    /// Moves `value` into the arena and drops it together with the returned box. See
    /// [`Arena::alloc_box`](crate::Arena::alloc_box).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_box`](crate::Arena::try_alloc_box).
    #[inline(always)]
    pub fn try_alloc_box<T>(&self, value: T) -> Result<ArenaBox<'a, T>, Rejected<T>> {
        self.arena.try_alloc_box(value)
    }

    /// Moves `value` into the arena and drops it at the end of this scope, if it is a child, or at reset. See
    /// [`Arena::alloc_deferred`](crate::Arena::alloc_deferred).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_deferred`](crate::Arena::alloc_deferred).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_deferred<T: Send + 'static>(&self, value: T) -> &'a mut T {
        self.arena.alloc_deferred(value)
    }

    /// Moves `value` into the arena and drops it at the end of this scope, if it is a child, or at reset. See
    /// [`Arena::alloc_deferred`](crate::Arena::alloc_deferred).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_deferred`](crate::Arena::try_alloc_deferred).
    #[inline(always)]
    pub fn try_alloc_deferred<T: Send + 'static>(
        &self,
        value: T,
    ) -> Result<&'a mut T, Rejected<T>> {
        self.arena.try_alloc_deferred(value)
    }

    /// Copies a slice into the arena. See
    /// [`Arena::alloc_slice_copy`](crate::Arena::alloc_slice_copy).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_slice_copy`](crate::Arena::alloc_slice_copy).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_slice_copy<T: Copy>(&self, source: &[T]) -> &'a mut [T] {
        self.arena.alloc_slice_copy(source)
    }

    /// Copies a slice into the arena. See
    /// [`Arena::alloc_slice_copy`](crate::Arena::alloc_slice_copy).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_slice_copy`](crate::Arena::try_alloc_slice_copy).
    #[inline(always)]
    pub fn try_alloc_slice_copy<T: Copy>(&self, source: &[T]) -> Result<&'a mut [T], AllocError> {
        self.arena.try_alloc_slice_copy(source)
    }

    /// Clones a slice into the arena. See
    /// [`Arena::alloc_slice_clone`](crate::Arena::alloc_slice_clone).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_slice_clone`](crate::Arena::alloc_slice_clone).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_slice_clone<T: Clone>(&self, source: &[T]) -> &'a mut [T] {
        self.arena.alloc_slice_clone(source)
    }

    /// Clones a slice into the arena. See
    /// [`Arena::alloc_slice_clone`](crate::Arena::alloc_slice_clone).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_slice_clone`](crate::Arena::try_alloc_slice_clone).
    #[inline(always)]
    pub fn try_alloc_slice_clone<T: Clone>(&self, source: &[T]) -> Result<&'a mut [T], AllocError> {
        self.arena.try_alloc_slice_clone(source)
    }

    /// A slice of `len` elements, each made by `fill` from its index. See
    /// [`Arena::alloc_slice_fill_with`](crate::Arena::alloc_slice_fill_with).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_slice_fill_with`](crate::Arena::alloc_slice_fill_with).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_slice_fill_with<T>(
        &self,
        len: usize,
        fill: impl FnMut(usize) -> T,
    ) -> &'a mut [T] {
        self.arena.alloc_slice_fill_with(len, fill)
    }

    /// A slice of `len` elements, each made by `fill` from its index. See
    /// [`Arena::alloc_slice_fill_with`](crate::Arena::alloc_slice_fill_with).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_slice_fill_with`](crate::Arena::try_alloc_slice_fill_with).
    #[inline(always)]
    pub fn try_alloc_slice_fill_with<T>(
        &self,
        len: usize,
        fill: impl FnMut(usize) -> T,
    ) -> Result<&'a mut [T], AllocError> {
        self.arena.try_alloc_slice_fill_with(len, fill)
    }

    /// A slice of `len` clones of `value`. Does not build for elements that need `Drop`.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `clone` does.
    #[inline]
    #[track_caller]
    #[doc(alias = "alloc_slice_fill_copy")]
    pub fn alloc_slice_fill_clone<T: Clone>(&self, len: usize, value: &T) -> &'a mut [T] {
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
    ) -> Result<&'a mut [T], AllocError> {
        self.try_alloc_slice_fill_with(len, |_| value.clone())
    }

    /// A slice of `len` default values. Does not build for elements that need `Drop`.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if `default` does.
    #[inline]
    #[track_caller]
    pub fn alloc_slice_fill_default<T: Default>(&self, len: usize) -> &'a mut [T] {
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
    ) -> Result<&'a mut [T], AllocError> {
        self.try_alloc_slice_fill_with(len, |_| T::default())
    }

    /// A slice of all that `elements` yields. See
    /// [`Arena::alloc_slice_fill_iter`](crate::Arena::alloc_slice_fill_iter).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_slice_fill_iter`](crate::Arena::alloc_slice_fill_iter).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_slice_fill_iter<T>(&self, elements: impl IntoIterator<Item = T>) -> &'a mut [T] {
        self.arena.alloc_slice_fill_iter(elements)
    }

    /// A slice of all that `elements` yields. See
    /// [`Arena::alloc_slice_fill_iter`](crate::Arena::alloc_slice_fill_iter).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_slice_fill_iter`](crate::Arena::try_alloc_slice_fill_iter).
    #[inline(always)]
    pub fn try_alloc_slice_fill_iter<T>(
        &self,
        elements: impl IntoIterator<Item = T>,
    ) -> Result<&'a mut [T], AllocError> {
        self.arena.try_alloc_slice_fill_iter(elements)
    }

    /// Copies a string into the arena. See
    /// [`Arena::alloc_str`](crate::Arena::alloc_str).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_str`](crate::Arena::alloc_str).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_str(&self, source: &str) -> &'a mut str {
        self.arena.alloc_str(source)
    }

    /// Copies a string into the arena. See
    /// [`Arena::alloc_str`](crate::Arena::alloc_str).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_str`](crate::Arena::try_alloc_str).
    #[inline(always)]
    pub fn try_alloc_str(&self, source: &str) -> Result<&'a mut str, AllocError> {
        self.arena.try_alloc_str(source)
    }

    /// Copies strings into the arena, one behind the other. See
    /// [`Arena::alloc_concat`](crate::Arena::alloc_concat).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_concat`](crate::Arena::alloc_concat).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_concat(&self, parts: &[&str]) -> &'a mut str {
        self.arena.alloc_concat(parts)
    }

    /// Copies strings into the arena, one behind the other. See
    /// [`Arena::alloc_concat`](crate::Arena::alloc_concat).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_concat`](crate::Arena::try_alloc_concat).
    #[inline(always)]
    pub fn try_alloc_concat(&self, parts: &[&str]) -> Result<&'a mut str, AllocError> {
        self.arena.try_alloc_concat(parts)
    }

    /// Writes formatted text into the arena. See
    /// [`Arena::alloc_fmt`](crate::Arena::alloc_fmt).
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc_fmt`](crate::Arena::alloc_fmt).
    #[inline(always)]
    #[track_caller]
    pub fn alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> &'a mut str {
        self.arena.alloc_fmt(arguments)
    }

    /// Writes formatted text into the arena. See
    /// [`Arena::alloc_fmt`](crate::Arena::alloc_fmt).
    ///
    /// # Errors
    ///
    /// As [`Arena::try_alloc_fmt`](crate::Arena::try_alloc_fmt).
    #[inline(always)]
    pub fn try_alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> Result<&'a mut str, AllocError> {
        self.arena.try_alloc_fmt(arguments)
    }
}
