//! From and to `http::HeaderMap`.
//!
//! Inside hyper and axum the map of a request is theirs; these conversions are for the edges. What is
//! sensitive stays sensitive in both directions. Names come back in lower case: `http` knows no other.

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, InvalidHeaderValue};

use crate::error::Error;
use crate::map::HeaderMap;
use crate::value::Value;

/// How many names an `http::HeaderMap` has room for at most.
const HTTP_LIMIT: usize = 24_576;

/// With more values than this an `http::HeaderMap` may refuse one although it said that there is room:
/// it grows early where hashes collide.
const HTTP_LARGE: usize = 4_096;

impl HeaderMap {
    /// Appends all headers of an `http::HeaderMap`, or none if one is refused.
    ///
    /// # Errors
    ///
    /// If a limit is reached or there is no memory.
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub fn extend_from_http(&mut self, headers: &http::HeaderMap) -> Result<(), Error> {
        self.try_extend(headers.iter().map(|(name, value)| (name.as_str(), value)))
    }

    /// Appends all headers to an `http::HeaderMap`; each value is an allocation there.
    ///
    /// # Errors
    ///
    /// If the other map has no room for as many names (24,576): none is added then.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Accept", "*/*")?;
    /// let mut other = http::HeaderMap::new();
    /// map.copy_into_http(&mut other)?;
    /// assert_eq!(other["accept"], "*/*");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub fn copy_into_http(&self, headers: &mut http::HeaderMap) -> Result<(), Error> {
        let convert = |value: Value<'_>| HeaderValue::from_bytes(value.as_bytes());
        if headers.len() + self.len() <= HTTP_LARGE {
            return self.append_to_http(headers, convert);
        }
        let mut copy = headers.clone();
        self.append_to_http(&mut copy, convert)?;
        *headers = copy;
        Ok(())
    }

    /// The headers as an `http::HeaderMap` whose values share one copy of all bytes: one allocation for
    /// them instead of one for each.
    ///
    /// # Errors
    ///
    /// If that map has no room for as many names (24,576).
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, Sensitive};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Authorization", Sensitive("Bearer 12345"))?;
    /// let frozen = map.freeze()?;
    /// assert_eq!(frozen["authorization"], "Bearer 12345");
    /// assert!(frozen["authorization"].is_sensitive());
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub fn freeze(&self) -> Result<http::HeaderMap, Error> {
        let mut values = Vec::with_capacity(self.byte_len());
        self.values().for_each(|value| values.extend_from_slice(value.as_bytes()));
        let mut values = Bytes::from(values);
        let mut headers = http::HeaderMap::new();
        self.append_to_http(&mut headers, |value| {
            HeaderValue::from_maybe_shared(values.split_to(value.len()))
        })?;
        Ok(headers)
    }

    fn append_to_http(
        &self,
        headers: &mut http::HeaderMap,
        mut convert: impl FnMut(Value<'_>) -> Result<HeaderValue, InvalidHeaderValue>,
    ) -> Result<(), Error> {
        // In vain where there are more lines than names fit; there may be few names.
        let _reserved = headers.try_reserve(self.len());
        for (name, value) in self {
            // Both crates allow the same bytes in names and values, and the same length of names.
            let http_name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| Error::invalid_name(name.as_bytes()))?;
            let mut http_value = convert(value)
                .map_err(|_| Error::invalid_value(name.as_bytes(), value.as_bytes()))?;
            http_value.set_sensitive(value.is_sensitive());
            headers
                .try_append(http_name, http_value)
                .map_err(|_| Error::too_many_headers(name.as_bytes(), HTTP_LIMIT))?;
        }
        Ok(())
    }
}

/// # Errors
///
/// If there are more headers or bytes than the default [`Limits`](crate::Limits) allow;
/// [`extend_from_http`](HeaderMap::extend_from_http) fills a map with others.
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl TryFrom<&http::HeaderMap> for HeaderMap {
    type Error = Error;

    fn try_from(headers: &http::HeaderMap) -> Result<Self, Error> {
        let mut map = Self::new();
        map.extend_from_http(headers)?;
        Ok(map)
    }
}

/// The same for a map by value; the bytes are copied all the same.
///
/// # Errors
///
/// As for a reference.
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl TryFrom<http::HeaderMap> for HeaderMap {
    type Error = Error;

    fn try_from(headers: http::HeaderMap) -> Result<Self, Error> {
        Self::try_from(&headers)
    }
}

/// What [`freeze`](HeaderMap::freeze) returns.
///
/// # Errors
///
/// If that map has no room for as many names (24,576).
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl TryFrom<&HeaderMap> for http::HeaderMap {
    type Error = Error;

    fn try_from(headers: &HeaderMap) -> Result<Self, Error> {
        headers.freeze()
    }
}

/// In lower case: `http` knows no other.
///
/// There is no conversion the other way: the text of a [`HeaderName`](crate::HeaderName) is `'static`. An
/// `http::HeaderName` is itself a [name](crate::AsHeaderName) to look up and to write:
///
/// ```
/// use ratoon_header_map::HeaderMap;
///
/// let name = http::HeaderName::from_bytes(b"X-Tenant").unwrap();
/// let mut map = HeaderMap::new();
/// map.append(&name, http::HeaderValue::from_static("blue"))?;
/// assert_eq!(map.get(name).unwrap(), "blue");
/// # Ok::<(), ratoon_header_map::Error>(())
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl From<crate::HeaderName> for HeaderName {
    fn from(name: crate::HeaderName) -> Self {
        Self::from_bytes(name.as_bytes()).expect("both crates allow the same names")
    }
}

/// A copy, sensitive if the value is.
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl From<Value<'_>> for HeaderValue {
    fn from(value: Value<'_>) -> Self {
        let mut copy =
            Self::from_bytes(value.as_bytes()).expect("both crates allow the same values");
        copy.set_sensitive(value.is_sensitive());
        copy
    }
}
