//! Strings in a shared arena.
#![expect(clippy::mut_from_ref, reason = "every call hands out a block of its own")]

use core::alloc::Layout;
use core::fmt::{self, Write};
use core::ptr::NonNull;
use core::{slice, str};

use super::SyncArena;
use crate::copy::copy_bytes;
use crate::error::AllocError;

impl SyncArena {
    /// Copies a string into the arena.
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    pub fn alloc_str(&self, source: &str) -> &mut str {
        self.try_alloc_str(source).unwrap_or_else(|error| error.raise())
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
    pub fn alloc_concat(&self, parts: &[&str]) -> &mut str {
        self.try_alloc_concat(parts).unwrap_or_else(|error| error.raise())
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
        let mut text =
            Text { arena: self, block: self.allocate_block(layout)?, len: 0, capacity: len };
        for part in parts {
            text.append(part);
        }
        debug_assert_eq!(text.len, len);
        Ok(text.into_str())
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
    pub fn alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> &mut str {
        self.try_alloc_fmt(arguments).unwrap_or_else(|error| error.raise())
    }

    /// [`alloc_fmt`](Self::alloc_fmt) with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// If the limit is hit, memory cannot be had, or a formatting trait implementation returns an
    /// error.
    pub fn try_alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> Result<&mut str, AllocError> {
        if let Some(text) = arguments.as_str() {
            return self.try_alloc_str(text);
        }
        let mut writer = Writer { text: Text::empty(self), error: None };
        match writer.write_fmt(arguments) {
            Ok(()) => Ok(writer.text.into_str()),
            Err(fmt::Error) => Err(writer.error.unwrap_or(AllocError::Format)),
        }
    }
}

/// A string that is being written.
struct Text<'a> {
    arena: &'a SyncArena,
    // Invariant: a block of `capacity` bytes of this arena that is nobody else's; the first `len`
    // bytes are valid UTF-8.
    block: NonNull<u8>,
    len: usize,
    capacity: usize,
}

impl<'a> Text<'a> {
    fn empty(arena: &'a SyncArena) -> Self {
        Self { arena, block: NonNull::dangling(), len: 0, capacity: 0 }
    }

    /// Makes room for `additional` bytes: exactly so many while the text is the last block of its
    /// chunk, otherwise by moving to a block of at least twice the size.
    fn reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        if additional <= self.capacity - self.len {
            return Ok(());
        }
        let needed = self.len.checked_add(additional).ok_or(AllocError::Overflow)?;
        if self.capacity > 0 && self.arena.extend(self.block, self.capacity, needed) {
            self.capacity = needed;
            return Ok(());
        }
        let capacity = needed.max(self.len.saturating_mul(2));
        let layout = Layout::array::<u8>(capacity).map_err(|_| AllocError::Overflow)?;
        let block = self.arena.allocate_block(layout)?;
        // SAFETY: `len` bytes are initialised here and fit there; a fresh block overlaps no other.
        unsafe { copy_bytes(self.block.as_ptr(), block.as_ptr(), self.len) };
        self.block = block;
        self.capacity = capacity;
        Ok(())
    }

    /// Appends what [`reserve`](Self::reserve) has made room for.
    fn append(&mut self, part: &str) {
        assert!(part.len() <= self.capacity - self.len);
        // SAFETY: len <= capacity.
        let end = unsafe { self.block.add(self.len) };
        // SAFETY: the assertion above; no part overlaps a block that nobody else has.
        unsafe { copy_bytes(part.as_ptr(), end.as_ptr(), part.len()) };
        self.len += part.len();
    }

    fn into_str(self) -> &'a mut str {
        // SAFETY: `len` bytes are initialised and nobody else's until the arena is reset.
        let bytes = unsafe { slice::from_raw_parts_mut(self.block.as_ptr(), self.len) };
        // SAFETY: made of whole strings.
        unsafe { str::from_utf8_unchecked_mut(bytes) }
    }
}

/// Keeps the error that `fmt::Error` cannot carry.
struct Writer<'a> {
    text: Text<'a>,
    error: Option<AllocError>,
}

impl Write for Writer<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if let Err(error) = self.text.reserve(part.len()) {
            self.error = Some(error);
            return Err(fmt::Error);
        }
        self.text.append(part);
        Ok(())
    }
}
