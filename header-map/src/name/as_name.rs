//! What a lookup or a write accepts as a name.

use std::borrow::Cow;

use super::{HeaderName, Name, eq_ignore_case, table};

/// A name to look up or to write: a [`HeaderName`], a [`Name`] of some map's line, a string in any case
/// or, with the feature `http`, a name of that crate.
///
/// A string that is not a valid name is found nowhere, and writing it is an error. The trait is
/// sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a header name",
    label = "not a `HeaderName`, a `Name`, a string or bytes",
    note = "names are `HeaderName` (as in `ratoon_header_map::header`), `Name`, `str`, `String`, `Cow<str>`, \
            `[u8]`, `Vec<u8>`, and any of these behind `&`",
    note = "the feature `http` of `ratoon-header-map` adds `http::HeaderName`"
)]
pub trait AsHeaderName: Sealed {}

/// A name with its tag, which every operation on a map needs.
#[derive(Clone, Copy, Debug)]
pub struct ResolvedKey<'a> {
    pub(crate) bytes: &'a [u8],
    /// Invariant: `table::tag(bytes)`.
    pub(crate) tag: u8,
    /// Whether `bytes` is known to be a token that is not too long.
    pub(crate) is_valid: bool,
}

/// Keeps [`AsHeaderName`] closed, and its method out of the public API.
#[diagnostic::on_unimplemented(
    message = "`AsHeaderName` is sealed: `{Self}` cannot implement it",
    note = "pass what is inside as a string or as bytes"
)]
pub trait Sealed {
    /// The name.
    fn key(&self) -> ResolvedKey<'_>;
}

impl<'a> ResolvedKey<'a> {
    /// Resolves a string for a generic caller, which holds only the call.
    #[inline]
    fn of_string(bytes: &'a [u8]) -> Self {
        Self::with_tag(bytes, table::find_out_of_line(bytes))
    }

    /// Resolves a string.
    #[inline(always)]
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self::with_tag(bytes, table::find(bytes))
    }

    /// A known name is valid; any other may be.
    #[inline(always)]
    fn with_tag(bytes: &'a [u8], tag: Result<u8, u8>) -> Self {
        let is_valid = tag.is_ok();
        Self { bytes, tag: tag.unwrap_or_else(|tag| tag), is_valid }
    }

    /// Whether this is the name of a line with this tag and name.
    #[inline]
    pub(crate) fn matches(&self, tag: u8, bytes: &[u8]) -> bool {
        self.tag == tag && (table::is_known(tag) || eq_ignore_case(self.bytes, bytes))
    }
}

impl AsHeaderName for HeaderName {}
impl Sealed for HeaderName {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        HeaderName::key(self)
    }
}

impl AsHeaderName for Name<'_> {}
impl Sealed for Name<'_> {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        Name::key(self)
    }
}

impl AsHeaderName for str {}
impl Sealed for str {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self.as_bytes())
    }
}

impl AsHeaderName for String {}
impl Sealed for String {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self.as_bytes())
    }
}

impl AsHeaderName for [u8] {}
impl Sealed for [u8] {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self)
    }
}

impl<const N: usize> AsHeaderName for [u8; N] {}
impl<const N: usize> Sealed for [u8; N] {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self)
    }
}

impl AsHeaderName for Vec<u8> {}
impl Sealed for Vec<u8> {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self)
    }
}

impl AsHeaderName for Cow<'_, str> {}
impl Sealed for Cow<'_, str> {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self.as_bytes())
    }
}

#[cfg(feature = "http")]
impl AsHeaderName for http::HeaderName {}
#[cfg(feature = "http")]
impl Sealed for http::HeaderName {
    fn key(&self) -> ResolvedKey<'_> {
        ResolvedKey::of_string(self.as_str().as_bytes())
    }
}

impl<T: AsHeaderName + ?Sized> AsHeaderName for &T {}
impl<T: Sealed + ?Sized> Sealed for &T {
    #[inline]
    fn key(&self) -> ResolvedKey<'_> {
        (**self).key()
    }
}
