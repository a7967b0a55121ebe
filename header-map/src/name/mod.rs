//! Header names: constants, names of a map's lines, and what lookups accept.

mod as_name;
mod case;
mod hash;
pub(crate) mod known;
mod line_name;
pub(crate) mod table;

use core::fmt;
use core::hash::{Hash, Hasher};

pub use as_name::AsHeaderName;
pub(crate) use as_name::ResolvedKey;
#[cfg(test)]
pub(crate) use case::comparisons;
pub(crate) use case::eq_ignore_case;
pub use line_name::Name;

use crate::eq::eq_either_side;
use crate::validate;

/// A header name that is a constant of the program.
///
/// The names that every map knows are in [`header`](crate::header). An application makes its own
/// with [`from_static`](HeaderName::from_static); length and tag are computed by the compiler, so
/// that a lookup hashes nothing. There is no registry: nothing is shared between threads, and nothing
/// can run full. A name that is only known when the program runs is used as a string or, with the feature
/// `http`, as an `http::HeaderName`.
///
/// Two names are equal when they differ only in the case of letters.
///
/// ```
/// use ratoon_header_map::{HeaderMap, HeaderName};
///
/// const TENANT: HeaderName = HeaderName::from_static("X-Tenant");
///
/// let mut map = HeaderMap::new();
/// map.append(TENANT, "blue")?;
/// assert_eq!(map.get("x-tenant").unwrap(), "blue");
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct HeaderName {
    /// Invariant: a token of at most [`validate::MAX_NAME_LEN`] bytes; of a known name the text in
    /// the table.
    text: &'static str,
    /// Invariant: `table::tag(text)`.
    tag: u8,
}

impl HeaderName {
    /// Makes a name from a string; in a constant, the compiler does.
    ///
    /// Any case of a name that every map knows is that known name. Another name is written to the
    /// wire as it is spelt here.
    ///
    /// # Panics
    ///
    /// If `name` is not a token of RFC 9110 or is longer than 65,535 bytes. In a constant it does not
    /// compile then:
    ///
    /// ```compile_fail
    /// const NAME: ratoon_header_map::HeaderName = ratoon_header_map::HeaderName::from_static("x trace");
    /// ```
    #[must_use]
    pub const fn from_static(name: &'static str) -> Self {
        assert!(validate::name_error(name.as_bytes()).is_none(), "not a token of RFC 9110");
        assert!(name.len() <= validate::MAX_NAME_LEN, "a name longer than 65,535 bytes");
        let tag = table::const_tag(name.as_bytes());
        if table::is_known(tag) { Self::known(tag) } else { Self { text: name, tag } }
    }

    /// The known name with this tag.
    pub(crate) const fn known(tag: u8) -> Self {
        Self { text: table::text(tag), tag }
    }

    /// The name; in lower case if every map knows it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// The bytes of the name.
    #[must_use]
    pub const fn as_bytes(&self) -> &'static [u8] {
        self.text.as_bytes()
    }

    fn equals(&self, other: &[u8]) -> bool {
        eq_ignore_case(self.as_bytes(), other)
    }

    #[inline]
    pub(crate) const fn key(&self) -> ResolvedKey<'static> {
        ResolvedKey { bytes: self.text.as_bytes(), tag: self.tag, is_valid: true }
    }
}

impl PartialEq for HeaderName {
    fn eq(&self, other: &Self) -> bool {
        self.key().matches(other.tag, other.as_bytes())
    }
}

impl Eq for HeaderName {}

impl Hash for HeaderName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        case::hash_ignore_case(self.as_bytes(), state);
    }
}

eq_either_side!(HeaderName, HeaderName::equals);

impl AsRef<str> for HeaderName {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.text, f)
    }
}

impl fmt::Debug for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text, f)
    }
}
