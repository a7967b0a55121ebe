//! Editing a string: the methods of `String` that are not about appending.

use core::str;

use super::ArenaString;
use crate::error::AllocError;

impl ArenaString<'_, '_> {
    /// Makes room for `additional` more bytes.
    ///
    /// # Panics
    ///
    /// As [`Arena::alloc`](crate::Arena::alloc).
    #[inline]
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        self.bytes.reserve(additional);
    }

    /// Makes room for `additional` more bytes.
    ///
    /// # Errors
    ///
    /// If there is no room; then the string is as it was.
    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        self.bytes.try_reserve(additional)
    }

    /// Removes the last character and returns it.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut text = arena.string(0);
    /// text.push_str("grün");
    /// assert_eq!(text.pop(), Some('n'));
    /// assert_eq!(text.pop(), Some('ü'));
    /// assert_eq!(text, "gr");
    /// ```
    #[inline]
    pub fn pop(&mut self) -> Option<char> {
        let last = self.chars().next_back()?;
        self.bytes.truncate(self.len() - last.len_utf8());
        Some(last)
    }

    /// Inserts `c` at the byte offset `at`.
    ///
    /// # Panics
    ///
    /// If `at` is not on the boundary of a character or behind the end, and as
    /// [`Arena::alloc`](crate::Arena::alloc).
    #[track_caller]
    pub fn insert(&mut self, at: usize, c: char) {
        self.insert_str(at, c.encode_utf8(&mut [0; 4]));
    }

    /// Inserts `text` at the byte offset `at`.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut text = arena.string(0);
    /// text.push_str("1234");
    /// text.insert(1, '.');
    /// text.insert_str(0, "€ ");
    /// assert_eq!(text, "€ 1.234");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`insert`](Self::insert).
    #[track_caller]
    pub fn insert_str(&mut self, at: usize, text: &str) {
        self.check_boundary(at);
        self.bytes.append(text.as_bytes());
        self.move_end_to(at, text.len());
    }

    /// Inserts `c` at the byte offset `at`.
    ///
    /// # Errors
    ///
    /// If there is no room; then the string is as it was.
    ///
    /// # Panics
    ///
    /// If `at` is not on the boundary of a character or behind the end.
    #[track_caller]
    pub fn try_insert(&mut self, at: usize, c: char) -> Result<(), AllocError> {
        self.try_insert_str(at, c.encode_utf8(&mut [0; 4]))
    }

    /// Inserts `text` at the byte offset `at`.
    ///
    /// # Errors
    ///
    /// If there is no room; then the string is as it was.
    ///
    /// # Panics
    ///
    /// As [`try_insert`](Self::try_insert).
    #[track_caller]
    pub fn try_insert_str(&mut self, at: usize, text: &str) -> Result<(), AllocError> {
        self.check_boundary(at);
        self.bytes.try_append(text.as_bytes())?;
        self.move_end_to(at, text.len());
        Ok(())
    }

    /// Removes the character that begins at the byte offset `at` and returns it.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut text = arena.string(0);
    /// text.push_str("größer");
    /// assert_eq!(text.remove(2), 'ö');
    /// assert_eq!(text, "grßer");
    /// ```
    ///
    /// # Panics
    ///
    /// If `at` is not on the boundary of a character, or if no character begins there.
    #[track_caller]
    pub fn remove(&mut self, at: usize) -> char {
        self.check_boundary(at);
        let Some(removed) = self[at..].chars().next() else {
            panic!("byte offset {at} is the end of the string, where no character begins")
        };
        let len = removed.len_utf8();
        // From here to the end of `truncate` the bytes may be no text; nothing in between panics.
        self.bytes.as_mut_slice()[at..].rotate_left(len);
        self.bytes.truncate(self.bytes.len() - len);
        removed
    }

    /// Removes the characters for which `keep` is false. It sees each character once, in order.
    ///
    /// If `keep` panics, the string holds the characters that were kept until then.
    ///
    /// ```
    /// let arena = ratoon_arena::Arena::new();
    /// let mut text = arena.string(0);
    /// text.push_str("+49 (0) 89-ä1");
    /// text.retain(|c| c.is_ascii_digit());
    /// assert_eq!(text, "490891");
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(char) -> bool) {
        let mut edit = Retaining { text: self, kept: 0 };
        let mut read = 0;
        while let Some(c) = edit.text.char_at(read) {
            let next = read + c.len_utf8();
            if keep(c) {
                edit.text.bytes.as_mut_slice().copy_within(read..next, edit.kept);
                edit.kept += c.len_utf8();
            }
            read = next;
        }
    }

    /// The character that begins at the byte offset `at`, from which on the bytes are text.
    fn char_at(&self, at: usize) -> Option<char> {
        let bytes = self.bytes.as_slice();
        let len = match bytes.get(at)? {
            ..0xC0 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            0xF0.. => 4,
        };
        str::from_utf8(bytes.get(at..at + len)?).ok()?.chars().next()
    }

    /// Moves the last `len` bytes to `at`. Both are boundaries of characters.
    fn move_end_to(&mut self, at: usize, len: usize) {
        self.bytes.as_mut_slice()[at..].rotate_right(len);
    }

    #[track_caller]
    fn check_boundary(&self, at: usize) {
        let len = self.len();
        assert!(
            self.is_char_boundary(at),
            "byte offset {at} is not on the boundary of a character in a string of {len} bytes"
        );
    }
}

/// A string of which only the first `kept` bytes are text, until this is dropped: at the end of
/// [`retain`](ArenaString::retain), or in a panic of its closure.
struct Retaining<'r, 's, 'a> {
    text: &'r mut ArenaString<'s, 'a>,
    kept: usize,
}

impl Drop for Retaining<'_, '_, '_> {
    fn drop(&mut self) {
        self.text.bytes.truncate(self.kept);
    }
}
