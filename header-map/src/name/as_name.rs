//! What a lookup or a write accepts as a name.

use std::borrow::Cow;

use super::{HeaderName, Name, eq_ignore_case, table};

/// A name to look up or to write: a [`HeaderName`], a [`Name`] of some map's line, a string in any case
/// or, with the feature `http`, a name of that crate.
///
/// A string that is not a valid name is found nowhere, and writing it is an error. The trait is
/// sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no name of a header",
    label = "not a `HeaderName`, a `Name`, a string or bytes",
    note = "names are `HeaderName` (as in `ratoon_header_map::header`), `Name`, `str`, `String`, `Cow<str>`, \
            `[u8]`, `Vec<u8>`, and any of these behind `&`",
    note = "the feature `http` of `ratoon-header-map` adds `http::HeaderName`"
)]
pub trait AsHeaderName: Sealed {}

/// A name to look up or to write.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub(crate) bytes: &'a [u8],
    /// Invariant: 0, or `table::mark(bytes)`. A string has 0 until it is resolved.
    pub(crate) mark: u8,
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
    fn key(&self) -> Key<'_>;
}

impl<'a> Key<'a> {
    #[inline]
    fn unresolved(bytes: &'a [u8]) -> Self {
        Self { bytes, mark: 0, is_valid: false }
    }

    /// The key with its mark. Inlined into each operation, none of which is generic: a call would cost
    /// as much again.
    #[inline(always)]
    pub(crate) fn resolve(self) -> Self {
        if self.mark == 0 { Self::of(self.bytes) } else { self }
    }

    /// The resolved key of a string.
    #[inline(always)]
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        match table::find(bytes) {
            Ok(mark) => Self { bytes, mark, is_valid: true },
            Err(mark) => Self { bytes, mark, is_valid: false },
        }
    }

    /// Whether the name, which is resolved, is that of a line with this mark and name.
    #[inline]
    pub(crate) fn matches(&self, mark: u8, bytes: &[u8]) -> bool {
        self.mark == mark && (table::is_known(mark) || eq_ignore_case(self.bytes, bytes))
    }
}

impl AsHeaderName for HeaderName {}
impl Sealed for HeaderName {
    #[inline]
    fn key(&self) -> Key<'_> {
        HeaderName::key(self)
    }
}

impl AsHeaderName for Name<'_> {}
impl Sealed for Name<'_> {
    #[inline]
    fn key(&self) -> Key<'_> {
        Name::key(self)
    }
}

impl AsHeaderName for str {}
impl Sealed for str {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::unresolved(self.as_bytes())
    }
}

impl AsHeaderName for String {}
impl Sealed for String {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::unresolved(self.as_bytes())
    }
}

impl AsHeaderName for [u8] {}
impl Sealed for [u8] {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::unresolved(self)
    }
}

impl<const N: usize> AsHeaderName for [u8; N] {}
impl<const N: usize> Sealed for [u8; N] {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::unresolved(self)
    }
}

impl AsHeaderName for Vec<u8> {}
impl Sealed for Vec<u8> {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::unresolved(self)
    }
}

impl AsHeaderName for Cow<'_, str> {}
impl Sealed for Cow<'_, str> {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::unresolved(self.as_bytes())
    }
}

#[cfg(feature = "http")]
impl AsHeaderName for http::HeaderName {}
#[cfg(feature = "http")]
impl Sealed for http::HeaderName {
    fn key(&self) -> Key<'_> {
        Key::unresolved(self.as_str().as_bytes())
    }
}

impl<T: AsHeaderName + ?Sized> AsHeaderName for &T {}
impl<T: Sealed + ?Sized> Sealed for &T {
    #[inline]
    fn key(&self) -> Key<'_> {
        (**self).key()
    }
}
