//! Allocation of strings.

use core::alloc::Layout;
use core::fmt::{self, Write};
use core::ptr::NonNull;
use core::str;

use crate::arena::Arena;
use crate::copy::copy_bytes;
use crate::error::AllocError;
use crate::memory::Memory;
use crate::raw_vec::{RawVec, RawVecGuard};
use crate::slice::as_slice;

#[expect(clippy::mut_from_ref, reason = "each call hands out memory of its own")]
impl Arena {
    /// Copies a string into the arena.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let name = arena.alloc_str("ratoon");
    /// name.make_ascii_uppercase();
    /// assert_eq!(name, "RATOON");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_str(&self, source: &str) -> &mut str {
        let bytes = self.alloc_slice_copy(source.as_bytes());
        // SAFETY: a copy of a `str`.
        unsafe { str::from_utf8_unchecked_mut(bytes) }
    }

    /// Copies a string into the arena.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_alloc_str(&self, source: &str) -> Result<&mut str, AllocError> {
        let bytes = self.try_alloc_slice_copy(source.as_bytes())?;
        // SAFETY: a copy of a `str`.
        Ok(unsafe { str::from_utf8_unchecked_mut(bytes) })
    }

    /// Copies strings into the arena, one behind the other.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// assert_eq!(arena.alloc_concat(&["/user/", "7", "/name"]), "/user/7/name");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc).
    #[inline]
    #[track_caller]
    pub fn alloc_concat(&self, parts: &[&str]) -> &mut str {
        match self.try_alloc_concat(parts) {
            Ok(text) => text,
            Err(error) => error.raise(),
        }
    }

    /// Copies strings into the arena, one behind the other.
    ///
    /// # Errors
    ///
    /// If there is no room.
    #[inline]
    pub fn try_alloc_concat(&self, parts: &[&str]) -> Result<&mut str, AllocError> {
        let mut len = 0_usize;
        for part in parts {
            len = len.checked_add(part.len()).ok_or(AllocError::Overflow)?;
        }
        let layout = Layout::array::<u8>(len).map_err(|_| AllocError::Overflow)?;
        let block = self.region.try_allocate(layout)?;
        // SAFETY: a fresh block as long as all parts together.
        Ok(unsafe { init_concat(block, parts, len) })
    }

    /// Writes formatted text into the arena.
    ///
    /// The `Display` implementations that are called may allocate in this arena.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// assert_eq!(arena.alloc_fmt(format_args!("{}-{:02}", "a", 7)), "a-07");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`alloc`](Self::alloc), and if a `Display` implementation panics or returns an error.
    #[track_caller]
    pub fn alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> &mut str {
        match self.try_alloc_fmt(arguments) {
            Ok(text) => text,
            Err(error) => error.raise(),
        }
    }

    /// Writes formatted text into the arena.
    ///
    /// # Errors
    ///
    /// If there is no room, or with [`AllocError::Format`] if a `Display` implementation returns an
    /// error.
    pub fn try_alloc_fmt(&self, arguments: fmt::Arguments<'_>) -> Result<&mut str, AllocError> {
        if let Some(text) = arguments.as_str() {
            return self.try_alloc_str(text);
        }
        format(&self.region, arguments)
    }
}

/// Writes formatted text into `memory`.
#[expect(clippy::mut_from_ref, reason = "each call hands out memory of its own")]
pub(crate) fn format<'a>(
    memory: &'a impl Memory,
    arguments: fmt::Arguments<'_>,
) -> Result<&'a mut str, AllocError> {
    let bytes = RawVecGuard::new(RawVec::try_with_capacity(memory, 0)?);
    let mut text = Text { bytes, error: None };
    let written = text.write_fmt(arguments);
    if let Some(error) = text.error {
        return Err(error);
    }
    written.map_err(|fmt::Error| AllocError::Format)?;
    let bytes = text.bytes.finish();
    // SAFETY: only whole `str`s were appended.
    Ok(unsafe { str::from_utf8_unchecked_mut(bytes) })
}

/// Text under construction, which remembers why there was no room for it.
struct Text<'a, M: Memory> {
    // Invariant: a concatenation of `str`s.
    bytes: RawVecGuard<'a, u8, M>,
    error: Option<AllocError>,
}

impl<M: Memory> Write for Text<'_, M> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.bytes.try_append(part.as_bytes()).map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}

/// # Safety
///
/// `block` has room for `len` bytes, the lengths of all parts together, and is nobody else's for
/// `'a`.
#[inline(always)]
pub(crate) unsafe fn init_concat<'a>(
    block: NonNull<u8>,
    parts: &[&str],
    len: usize,
) -> &'a mut str {
    let mut offset = 0;
    for part in parts {
        // SAFETY: the sum of the lengths so far, at most `len`.
        let place = unsafe { block.add(offset) };
        debug_assert!(part.len() <= len - offset);
        // SAFETY: the part fits behind those before it, and a fresh block does not overlap it.
        unsafe { copy_bytes(part.as_ptr(), place.as_ptr(), part.len()) };
        offset += part.len();
    }
    debug_assert_eq!(offset, len);
    // SAFETY: all `len` bytes are initialised.
    let bytes = unsafe { as_slice(block, len) };
    // SAFETY: `str`s one behind the other are a `str`.
    unsafe { str::from_utf8_unchecked_mut(bytes) }
}
