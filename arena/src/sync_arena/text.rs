//! Strings in a shared arena.
#![expect(clippy::mut_from_ref, reason = "every call hands out a block of its own")]

use core::alloc::Layout;
use core::fmt;
use core::str;

use super::SyncArena;
use crate::error::AllocError;
use crate::text;

impl SyncArena {
    /// Copies a string into the arena.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_str(&self, source: &str) -> &mut str {
        match self.try_alloc_str(source) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    /// [`alloc_str`](Self::alloc_str) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit or memory cannot be had.
    #[inline]
    pub fn try_alloc_str(&self, source: &str) -> Result<&mut str, AllocError> {
        let bytes = self.try_alloc_slice_copy(source.as_bytes())?;
        // SAFETY: a copy of a string.
        Ok(unsafe { str::from_utf8_unchecked_mut(bytes) })
    }

    /// One string made of `parts`, in a single allocation.
    ///
    /// ```
    /// use ratoon_arena::SyncArena;
    ///
    /// let arena = SyncArena::new();
    /// assert_eq!(arena.alloc_concat(&["/users/", "7", "/posts"]), "/users/7/posts");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if the whole does not fit an `isize`.
    #[track_caller]
    pub fn alloc_concat(&self, parts: &[&str]) -> &mut str {
        match self.try_alloc_concat(parts) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    /// [`alloc_concat`](Self::alloc_concat) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit, memory cannot be had, or the whole does not fit an `isize`.
    pub fn try_alloc_concat(&self, parts: &[&str]) -> Result<&mut str, AllocError> {
        let len = parts.iter().try_fold(0_usize, |len, part| len.checked_add(part.len()));
        let len = len.ok_or(AllocError::Overflow)?;
        let layout = Layout::array::<u8>(len).map_err(|_| AllocError::Overflow)?;
        let block = self.try_allocate(layout)?;
        // SAFETY: a fresh block as long as all parts together.
        Ok(unsafe { text::init_concat(block, parts, len) })
    }

    /// Formats into the arena.
    ///
    /// What is formatted may allocate in the same arena.
    ///
    /// ```
    /// use ratoon_arena::SyncArena;
    ///
    /// let arena = SyncArena::new();
    /// assert_eq!(arena.alloc_fmt(format_args!("{}-{:02}", 2024, 7)), "2024-07");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if a formatting trait implementation returns an error.
    #[track_caller]
    pub fn alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> &mut str {
        match self.try_alloc_fmt(arguments) {
            Ok(block) => block,
            Err(error) => error.raise(),
        }
    }

    /// [`alloc_fmt`](Self::alloc_fmt) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit, memory cannot be had, or a formatting trait implementation returns an
    /// error.
    pub fn try_alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> Result<&mut str, AllocError> {
        if let Some(source) = arguments.as_str() {
            return self.try_alloc_str(source);
        }
        text::format(self, arguments)
    }
}
