//! The name of a line in a map.

use core::fmt;
use core::hash::{Hash, Hasher};

use super::case::hash_ignore_case;
use super::{HeaderName, ResolvedKey, eq_ignore_case, table};
use crate::eq::eq_either_side;
use crate::map::check_name;

/// The name of one line of a map, in the case of the wire.
///
/// Two names are equal when they differ only in the case of letters; compare
/// [`as_str`](Name::as_str) where case matters. May be used to look up and to write, in this map and
/// in others.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    /// Invariant: a token, and so ASCII; only `new` and `validated` establish it.
    bytes: &'a [u8],
    /// Invariant: `table::tag(bytes)`.
    tag: u8,
}

impl<'a> Name<'a> {
    /// # Safety
    ///
    /// `bytes` must be ASCII: [`as_str`](Name::as_str) trusts it. Rule 4 of the storage says so of every
    /// live line. (That `tag` is the tag of `bytes` is no matter of safety.)
    #[inline]
    #[expect(unsafe_code, reason = "passes on what `as_str` relies on")]
    pub(crate) unsafe fn new(bytes: &'a [u8], tag: u8) -> Self {
        debug_assert!(bytes.is_ascii());
        debug_assert_eq!(table::tag(bytes), tag);
        Self { bytes, tag }
    }

    /// The name of a key, or an error if it is not valid.
    pub(crate) fn validated(key: ResolvedKey<'a>) -> Result<Self, crate::Error> {
        check_name(key)?;
        Ok(Self { bytes: key.bytes, tag: key.tag })
    }

    /// The name as it stands on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &'a str {
        debug_assert!(self.bytes.is_ascii());
        #[expect(
            unsafe_code,
            reason = "a check makes iterating over 16 names take 8 times as long"
        )]
        // SAFETY: a token is ASCII by the field's invariant.
        unsafe {
            core::str::from_utf8_unchecked(self.bytes)
        }
    }

    /// The bytes of the name as they stand on the wire.
    #[must_use]
    #[inline]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The constant for this name, if every map knows it.
    #[must_use]
    #[inline]
    pub fn known(&self) -> Option<HeaderName> {
        table::is_known(self.tag).then(|| HeaderName::known(self.tag))
    }

    fn equals(&self, other: &[u8]) -> bool {
        eq_ignore_case(self.bytes, other)
    }

    #[inline]
    pub(crate) fn key(&self) -> ResolvedKey<'a> {
        ResolvedKey { bytes: self.bytes, tag: self.tag, is_valid: true }
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key().matches(other.tag, other.bytes)
    }
}

impl Eq for Name<'_> {}

impl Hash for Name<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_ignore_case(self.bytes, state);
    }
}

impl PartialEq<HeaderName> for Name<'_> {
    fn eq(&self, other: &HeaderName) -> bool {
        other.key().matches(self.tag, self.bytes)
    }
}

impl PartialEq<Name<'_>> for HeaderName {
    fn eq(&self, other: &Name<'_>) -> bool {
        other == self
    }
}

eq_either_side!(Name<'_>, Name::equals);

impl AsRef<str> for Name<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<[u8]> for Name<'_> {
    fn as_ref(&self) -> &[u8] {
        self.bytes
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
