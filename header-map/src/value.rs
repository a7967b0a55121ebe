//! Values: what a lookup yields, and what a write accepts.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;

use crate::eq::eq_either_side;
use crate::name::HeaderName;

/// The value of one line of a map.
///
/// Any bytes but control characters (HTAB excepted), so not always text. `Debug` shows
/// `Sensitive` in place of a sensitive value. There is no `Display`: it would print secrets.
///
/// ```
/// use ratoon_header_map::{HeaderMap, header};
///
/// let mut map = HeaderMap::new();
/// map.append(header::CONTENT_LENGTH, "42")?;
/// let length = map.get(header::CONTENT_LENGTH).unwrap();
/// assert_eq!(length.parse::<u64>(), Some(42));
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Value<'a> {
    bytes: &'a [u8],
    is_sensitive: bool,
}

/// Marks a value that must not show in logs: written as `Sensitive(value)`, it is redacted in
/// `Debug`, and the mark travels with [`Value`] into other maps.
///
/// ```
/// use ratoon_header_map::{HeaderMap, Sensitive, header};
///
/// let mut map = HeaderMap::new();
/// map.append(header::AUTHORIZATION, Sensitive("Bearer 12345"))?;
/// assert_eq!(format!("{map:?}"), r#"{"authorization": Sensitive}"#);
/// assert_eq!(map.get(header::AUTHORIZATION).unwrap(), "Bearer 12345");
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Sensitive<V>(
    /// The value.
    pub V,
);

/// A value to write: a string, bytes, an integer, a `bool`, an IP address, a [`HeaderName`], a [`Value`] of some map, or any of these in
/// [`Sensitive`].
///
/// Bytes are kept as they are given, blanks at the ends included (see the [crate](crate#white-space)). An
/// integer is written in decimal, without an allocation.
///
/// ```
/// use ratoon_header_map::{HeaderMap, header};
///
/// let mut map = HeaderMap::new();
/// let body = "hello";
/// map.insert(header::CONTENT_LENGTH, body.len())?;
/// assert_eq!(map.as_wire().unwrap(), b"content-length: 5\r\n");
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
///
/// The trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a header value",
    label = "not a string, bytes, a number, an address or a `Value`",
    note = "values are `str`, `String`, `Cow<str>`, `[u8]`, `Vec<u8>`, `Cow<[u8]>`, the integers of 16, 32 and \
            64 bits, `usize`, `isize`, `bool`, `IpAddr`, `HeaderName`, `Value`, and any of these behind `&` or in `Sensitive`",
    note = "the feature `bytes` of `ratoon-header-map` adds `Bytes` and `BytesMut`, the feature `http` also \
            `http::HeaderValue`"
)]
pub trait AsHeaderValue: Sealed {}

impl<'a> Value<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a [u8], is_sensitive: bool) -> Self {
        Self { bytes, is_sensitive }
    }

    /// The bytes of the value.
    #[must_use]
    #[inline]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The value as text.
    ///
    /// # Errors
    ///
    /// If the value is not UTF-8. (`http` refuses everything beyond visible ASCII here.)
    pub fn to_str(&self) -> Result<&'a str, core::str::Utf8Error> {
        core::str::from_utf8(self.bytes)
    }

    /// The value as an unsigned number; `None` unless it is digits only and fits.
    ///
    /// A sign, blanks or an empty value are no number: `str::parse` takes `+5`, and two parties that
    /// read a `Content-Length` differently is how requests are smuggled.
    #[must_use]
    pub fn parse<N: Number>(&self) -> Option<N> {
        let is_digits = self.bytes.iter().all(u8::is_ascii_digit);
        if is_digits { self.to_str().ok()?.parse().ok() } else { None }
    }

    /// Whether the value was written as [`Sensitive`].
    #[must_use]
    #[inline]
    pub fn is_sensitive(&self) -> bool {
        self.is_sensitive
    }

    /// Number of bytes.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are no bytes.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn equals(&self, other: &[u8]) -> bool {
        self.bytes == other
    }
}

/// Values are equal when their bytes are; whether they are sensitive does not count.
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Value<'_> {}

eq_either_side!(Value<'_>, Value::equals);

/// Agrees with `==`: the hash of the bytes.
impl Hash for Value<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

impl AsRef<[u8]> for Value<'_> {
    fn as_ref(&self) -> &[u8] {
        self.bytes
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_sensitive {
            f.write_str("Sensitive")
        } else {
            write!(f, "\"{}\"", self.bytes.escape_ascii())
        }
    }
}

impl<V> fmt::Debug for Sensitive<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive")
    }
}

/// An unsigned integer that [`Value::parse`] reads. The trait is sealed.
pub trait Number: core::str::FromStr + sealed::Number {}

mod sealed {
    pub trait Number {}
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Number for $number {}
        impl sealed::Number for $number {}
    )*};
}

numbers!(u8 u16 u32 u64 u128 usize);

/// Keeps [`AsHeaderValue`] closed, and its methods out of the public API.
#[diagnostic::on_unimplemented(
    message = "`AsHeaderValue` is sealed: `{Self}` cannot implement it",
    note = "pass what is inside as a string or as bytes"
)]
pub trait Sealed {
    /// The bytes to write.
    fn bytes(&self) -> impl AsRef<[u8]>;

    /// Whether they must not show in logs.
    fn is_sensitive(&self) -> bool {
        false
    }
}

macro_rules! plain_values {
    ($($value:ty)*) => {$(
        impl AsHeaderValue for $value {}
        impl Sealed for $value {
            #[inline]
            fn bytes(&self) -> impl AsRef<[u8]> {
                let bytes: &[u8] = self.as_ref();
                bytes
            }
        }
    )*};
}

plain_values!(str [u8] String Vec<u8> Cow<'_, [u8]>);
#[cfg(feature = "bytes")]
plain_values!(bytes::Bytes bytes::BytesMut);

impl<const N: usize> AsHeaderValue for [u8; N] {}
impl<const N: usize> Sealed for [u8; N] {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        &self[..]
    }
}

impl AsHeaderValue for Cow<'_, str> {}
impl Sealed for Cow<'_, str> {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        self.as_bytes()
    }
}

/// An integer in decimal: the longest is -9223372036854775808.
struct Decimal {
    text: [u8; 20],
    len: usize,
}

impl Decimal {
    /// The number of digits is computed first: a loop until nothing is left is unrolled twenty times, and
    /// takes longer for the few digits that lengths and counts have.
    fn new(number: i128) -> Self {
        let mut rest = number.unsigned_abs() as u64;
        let start = usize::from(number < 0);
        let len = start + 1 + rest.checked_ilog10().unwrap_or(0) as usize;
        let mut text = [b'-'; 20];
        for digit in text[start..len].iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        Self { text, len }
    }
}

impl AsRef<[u8]> for Decimal {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.text[..self.len]
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl AsHeaderValue for $integer {}
        impl Sealed for $integer {
            fn bytes(&self) -> impl AsRef<[u8]> {
                Decimal::new(*self as i128)
            }
        }
    )*};
}

// As `http` has them: not `u8`, which would leave open whether it is a number or a character.
integers!(u16 u32 u64 usize i16 i32 i64 isize);

impl AsHeaderValue for bool {}
impl Sealed for bool {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        if *self { "true" } else { "false" }
    }
}

/// An address as text: the longest is an IPv4-mapped one of 45 bytes.
struct Address {
    text: [u8; 48],
    len: usize,
}

impl Address {
    fn new(address: impl fmt::Display) -> Self {
        let mut this = Self { text: [0; 48], len: 0 };
        let written = fmt::write(&mut this, format_args!("{address}"));
        debug_assert!(written.is_ok(), "every address fits");
        this
    }
}

impl fmt::Write for Address {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let rest = self.text[self.len..].get_mut(..text.len()).ok_or(fmt::Error)?;
        rest.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

impl AsRef<[u8]> for Address {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.text[..self.len]
    }
}

macro_rules! addresses {
    ($($address:ty)*) => {$(
        impl AsHeaderValue for $address {}
        impl Sealed for $address {
            fn bytes(&self) -> impl AsRef<[u8]> {
                Address::new(self)
            }
        }
    )*};
}

addresses!(IpAddr Ipv4Addr Ipv6Addr);

impl AsHeaderValue for HeaderName {}
impl Sealed for HeaderName {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        self.as_bytes()
    }
}

impl AsHeaderValue for Value<'_> {}
impl Sealed for Value<'_> {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        self.bytes
    }

    #[inline]
    fn is_sensitive(&self) -> bool {
        self.is_sensitive
    }
}

impl<V: AsHeaderValue> AsHeaderValue for Sensitive<V> {}
impl<V: Sealed> Sealed for Sensitive<V> {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        self.0.bytes()
    }

    #[inline]
    fn is_sensitive(&self) -> bool {
        true
    }
}

#[cfg(feature = "http")]
impl AsHeaderValue for http::HeaderValue {}
#[cfg(feature = "http")]
impl Sealed for http::HeaderValue {
    fn bytes(&self) -> impl AsRef<[u8]> {
        self.as_bytes()
    }

    fn is_sensitive(&self) -> bool {
        self.is_sensitive()
    }
}

impl<V: AsHeaderValue + ?Sized> AsHeaderValue for &V {}
impl<V: Sealed + ?Sized> Sealed for &V {
    #[inline]
    fn bytes(&self) -> impl AsRef<[u8]> {
        (**self).bytes()
    }

    #[inline]
    fn is_sensitive(&self) -> bool {
        (**self).is_sensitive()
    }
}
