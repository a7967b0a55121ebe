//! What a lookup or a write accepts as a name.

use super::{HeaderName, Name, eq_ignore_case, table};

/// A name to look up or to write: a [`HeaderName`], a [`Name`] of some map's line, or a string in
/// any case.
///
/// A string that is not a valid name is found nowhere, and writing it is an error. The trait is
/// sealed.
pub trait AsHeaderName: Sealed {}

/// A name as the map wants it, resolved once per operation.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) mark: u8,
    /// Whether `bytes` is known to be a token that is not too long.
    pub(crate) is_valid: bool,
}

/// Keeps [`AsHeaderName`] closed, and its method out of the public API.
pub trait Sealed {
    /// Resolves the name.
    fn key(&self) -> Key<'_>;
}

impl<'a> Key<'a> {
    #[inline]
    pub(crate) fn resolve(bytes: &'a [u8]) -> Self {
        let mark = table::mark(bytes);
        Key { bytes, mark, is_valid: table::is_known(mark) }
    }

    /// Whether the name is that of a line with this mark and name.
    #[inline]
    pub(crate) fn matches(&self, mark: u8, bytes: &[u8]) -> bool {
        self.mark == mark && (table::is_known(mark) || eq_ignore_case(self.bytes, bytes))
    }
}

impl Sealed for HeaderName {
    #[inline]
    fn key(&self) -> Key<'_> {
        HeaderName::key(self)
    }
}

impl Sealed for Name<'_> {
    #[inline]
    fn key(&self) -> Key<'_> {
        Name::key(self)
    }
}

impl Sealed for str {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::resolve(self.as_bytes())
    }
}

impl Sealed for String {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::resolve(self.as_bytes())
    }
}

impl Sealed for [u8] {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::resolve(self)
    }
}

impl<const N: usize> Sealed for [u8; N] {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::resolve(self)
    }
}

impl Sealed for Vec<u8> {
    #[inline]
    fn key(&self) -> Key<'_> {
        Key::resolve(self)
    }
}

impl<T: Sealed + ?Sized> Sealed for &T {
    #[inline]
    fn key(&self) -> Key<'_> {
        (**self).key()
    }
}

impl<T: Sealed + ?Sized> AsHeaderName for T {}
