//! Editing a vector in the middle: the methods of `Vec` that are not about its end.
//!
//! All of it moves elements with the safe methods of slices, so that a closure that panics leaves a vector that
//! holds each of its elements once.
#![forbid(unsafe_code)]

use super::ArenaVec;
use crate::error::{AllocError, Rejected};

impl<T> ArenaVec<'_, '_, T> {
    /// Makes room for `additional` more elements.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline]
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        self.elements.reserve(additional);
    }

    /// Makes room for `additional` more elements.
    ///
    /// # Errors
    ///
    /// If there is no room; then the vector is as it was.
    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        self.elements.try_reserve(additional)
    }

    /// Inserts `element` at `index` and moves the elements from there on back by one.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut vec = arena.vec(0);
    /// vec.extend([1, 3]);
    /// vec.insert(1, 2);
    /// assert_eq!(vec.remove(0), 1);
    /// assert_eq!(vec, [2, 3]);
    /// ```
    ///
    /// # Panics
    ///
    /// If `index > len`, and as [`Arena::alloc`](crate::Arena::alloc).
    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) {
        self.check_insertion(index);
        self.elements.push(element);
        self[index..].rotate_right(1);
    }

    /// Inserts `element` at `index` and moves the elements from there on back by one.
    ///
    /// # Errors
    ///
    /// If there is no room: with the reason and the element. The vector is as it was.
    ///
    /// # Panics
    ///
    /// If `index > len`.
    #[track_caller]
    pub fn try_insert(&mut self, index: usize, element: T) -> Result<(), Rejected<T>> {
        self.check_insertion(index);
        self.try_push(element)?;
        self[index..].rotate_right(1);
        Ok(())
    }

    /// Removes the element at `index` and moves those behind it forward by one. Takes time in proportion to their
    /// number; see [`swap_remove`](Self::swap_remove).
    ///
    /// # Panics
    ///
    /// If `index >= len`.
    #[track_caller]
    pub fn remove(&mut self, index: usize) -> T {
        self.check_removal(index);
        self[index..].rotate_left(1);
        self.elements.pop().expect("the index is less than the length")
    }

    /// Removes the element at `index` and puts the last one in its place, in constant time.
    ///
    /// # Panics
    ///
    /// If `index >= len`.
    #[track_caller]
    pub fn swap_remove(&mut self, index: usize) -> T {
        self.check_removal(index);
        let last = self.len() - 1;
        self.swap(index, last);
        self.elements.pop().expect("the index is less than the length")
    }

    /// Removes the elements for which `keep` is false. It sees each element once, in order.
    ///
    /// If `keep` panics, the vector holds all its elements, in an order that is not specified.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut vec = arena.vec(0);
    /// vec.extend(1..=6);
    /// vec.retain(|n| n % 2 == 0);
    /// assert_eq!(vec, [2, 4, 6]);
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.retain_mut(|element| keep(element));
    }

    /// [`retain`](Self::retain) with a closure that may change the elements.
    pub fn retain_mut(&mut self, mut keep: impl FnMut(&mut T) -> bool) {
        let mut kept = 0;
        for i in 0..self.len() {
            if keep(&mut self[i]) {
                self.swap(kept, i);
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    /// Removes all but the first of consecutive elements with the same key. Of a sorted vector, this leaves one
    /// element per key.
    ///
    /// If `key` panics, the vector holds all its elements, in an order that is not specified.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut vec = arena.vec(0);
    /// vec.extend([10, 11, 20, 21, 12]);
    /// vec.dedup_by_key(|n| *n / 10);
    /// assert_eq!(vec, [10, 20, 12]);
    /// ```
    pub fn dedup_by_key<K: PartialEq>(&mut self, mut key: impl FnMut(&mut T) -> K) {
        if self.is_empty() {
            return;
        }
        let mut kept = 1;
        for i in 1..self.len() {
            if key(&mut self[i]) != key(&mut self[kept - 1]) {
                self.swap(kept, i);
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    /// Shortens the vector to `len` elements, or appends clones of `value` until it has as many.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc), and if `clone` does; then the clones made so far are elements.
    #[track_caller]
    pub fn resize(&mut self, len: usize, value: T)
    where
        T: Clone,
    {
        if let Some(additional) = len.checked_sub(self.len()) {
            self.elements.reserve(additional);
            self.append_clones(additional, value);
        } else {
            self.truncate(len);
        }
    }

    /// Shortens the vector to `len` elements, or appends clones of `value` until it has as many.
    ///
    /// # Errors
    ///
    /// If there is no room; then the vector is as it was.
    pub fn try_resize(&mut self, len: usize, value: T) -> Result<(), AllocError>
    where
        T: Clone,
    {
        if let Some(additional) = len.checked_sub(self.len()) {
            self.elements.try_reserve(additional)?;
            self.append_clones(additional, value);
        } else {
            self.truncate(len);
        }
        Ok(())
    }

    /// Appends `count` times `value`, the last time without a clone.
    fn append_clones(&mut self, count: usize, value: T)
    where
        T: Clone,
    {
        for _ in 1..count {
            self.elements.push(value.clone());
        }
        if count > 0 {
            self.elements.push(value);
        }
    }

    #[track_caller]
    fn check_insertion(&self, index: usize) {
        let len = self.len();
        assert!(index <= len, "insertion index (is {index}) should be <= len (is {len})");
    }

    #[track_caller]
    fn check_removal(&self, index: usize) {
        let len = self.len();
        assert!(index < len, "removal index (is {index}) should be < len (is {len})");
    }
}
