//! Where a message's body ends: RFC 9112, section 6.3.
//!
//! Two parties on a connection that answer this differently is what request smuggling is. Whatever could
//! be read in two ways is an error, also where the RFC lets a recipient repair it.

use core::fmt;

use crate::map::HeaderMap;
use crate::name::known::header;
use crate::parse::{RequestHead, ResponseHead, Version};

/// How a message's body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyLength {
    /// There is no body: what follows the head is the next message, or a tunnel's.
    None,
    /// After this number of bytes.
    Length(u64),
    /// With the chunk of length zero and its trailers.
    Chunked,
    /// When the connection is closed. Only a response ends so.
    UntilClose,
}

/// Why it cannot be said where a body ends. Answer a request with 400 and close the connection; discard a
/// response and close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FramingError {
    /// A `Content-Length` is not a number: empty, with a sign, white space or anything but digits.
    InvalidLength,
    /// A `Content-Length` is above 2⁶⁴ − 1.
    LengthTooLarge,
    /// The values of `Content-Length`, on one line or on several, differ.
    DifferentLengths,
    /// There are both `Content-Length` and `Transfer-Encoding`.
    LengthAndTransferEncoding,
    /// A message of HTTP/1.0 has `Transfer-Encoding`.
    TransferEncodingInHttp10,
    /// An element of `Transfer-Encoding` is not the plain name of a coding, or is empty.
    InvalidTransferEncoding,
    /// `chunked` is not the last coding, or stands there twice.
    ChunkedNotLast,
    /// The codings of a request do not end in `chunked`.
    RequestNotChunked,
    /// A `CONNECT` request has content: `Transfer-Encoding`, or a `Content-Length` that is not 0. Some
    /// recipients read the content, others hand it to the tunnel (RFC 9110, section 9.3.6).
    ContentOfConnect,
}

impl RequestHead<'_> {
    /// How the body of this request ends; `headers` are those of its head.
    ///
    /// Equal values of `Content-Length`, on one line or on several, count as one. Whoever forwards the head
    /// replaces them by one first (RFC 9110, section 8.6), because a recipient may not know lists:
    /// `headers.insert(header::CONTENT_LENGTH, length)`. A `CONNECT` request has no body: what follows
    /// its head belongs to the tunnel.
    ///
    /// [`BodyLength::Chunked`] says where the body ends, not
    /// which codings precede `chunked`: a server that decodes none answers 501 if
    /// there is another.
    ///
    /// # Errors
    ///
    /// If a party could read it in another way: see [`FramingError`].
    ///
    /// ```
    /// use ratoon_header_map::{BodyLength, FramingError, HeaderMap, RequestHead, Version};
    ///
    /// let head = RequestHead { method: "POST", target: "/", version: Version::Http11 };
    /// let mut headers = HeaderMap::new();
    /// assert_eq!(head.body_length(&headers), Ok(BodyLength::None));
    /// headers.append("Content-Length", "5")?;
    /// assert_eq!(head.body_length(&headers), Ok(BodyLength::Length(5)));
    /// headers.append("Transfer-Encoding", "chunked")?;
    /// assert_eq!(head.body_length(&headers), Err(FramingError::LengthAndTransferEncoding));
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    #[inline]
    pub fn body_length(&self, headers: &HeaderMap) -> Result<BodyLength, FramingError> {
        let framing = framing(headers, self.version)?;
        if self.method == "CONNECT" {
            return match framing {
                Framing::None | Framing::Length(0) => Ok(BodyLength::None),
                _ => Err(FramingError::ContentOfConnect),
            };
        }
        match framing {
            Framing::None => Ok(BodyLength::None),
            Framing::Length(length) => Ok(BodyLength::Length(length)),
            Framing::Chunked => Ok(BodyLength::Chunked),
            Framing::NotChunked => Err(FramingError::RequestNotChunked),
        }
    }
}

impl ResponseHead<'_> {
    /// How the body of this response ends; `headers` are those of its head, `method` is the method of the
    /// request that it answers.
    ///
    /// A response to `HEAD`, and one with status 1xx, 204 or 304, has no body whatever its headers say;
    /// after a 2xx to `CONNECT`, the connection is a tunnel. Their headers are checked all the same: who
    /// forwards them must not spread an error.
    ///
    /// # Errors
    ///
    /// If a party could read it in another way: see [`FramingError`].
    #[inline]
    pub fn body_length(
        &self,
        headers: &HeaderMap,
        method: &str,
    ) -> Result<BodyLength, FramingError> {
        let framing = framing(headers, self.version)?;
        let is_tunnel = method == "CONNECT" && matches!(self.status, 200..=299);
        if method == "HEAD" || is_tunnel || matches!(self.status, 100..=199 | 204 | 304) {
            return Ok(BodyLength::None);
        }
        Ok(match framing {
            Framing::Length(length) => BodyLength::Length(length),
            Framing::Chunked => BodyLength::Chunked,
            Framing::None | Framing::NotChunked => BodyLength::UntilClose,
        })
    }
}

/// What the headers say of the body.
enum Framing {
    None,
    Length(u64),
    Chunked,
    /// There are codings, of which the last is not `chunked`.
    NotChunked,
}

#[inline]
fn framing(headers: &HeaderMap, version: Version) -> Result<Framing, FramingError> {
    let length = content_length(headers)?;
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return transfer_encoding(headers, version, length);
    }
    Ok(length.map_or(Framing::None, Framing::Length))
}

/// The one value of all lines of `Content-Length` and of all elements of each.
fn content_length(headers: &HeaderMap) -> Result<Option<u64>, FramingError> {
    let mut length = None;
    for line in headers.get_all(header::CONTENT_LENGTH) {
        for element in elements(line.as_bytes()) {
            let element = parse_length(element)?;
            if *length.get_or_insert(element) != element {
                return Err(FramingError::DifferentLengths);
            }
        }
    }
    Ok(length)
}

/// One or more digits, and nothing else.
fn parse_length(text: &[u8]) -> Result<u64, FramingError> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return Err(FramingError::InvalidLength);
    }
    let add = |sum: u64, digit: &u8| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0'));
    text.iter().try_fold(0, add).ok_or(FramingError::LengthTooLarge)
}

#[cold]
fn transfer_encoding(
    headers: &HeaderMap,
    version: Version,
    length: Option<u64>,
) -> Result<Framing, FramingError> {
    if length.is_some() {
        return Err(FramingError::LengthAndTransferEncoding);
    }
    if version == Version::Http10 {
        return Err(FramingError::TransferEncodingInHttp10);
    }
    let mut is_chunked = false;
    for line in headers.get_all(header::TRANSFER_ENCODING) {
        for coding in elements(line.as_bytes()) {
            if !crate::validate::is_token(coding) {
                return Err(FramingError::InvalidTransferEncoding);
            }
            if is_chunked {
                return Err(FramingError::ChunkedNotLast);
            }
            is_chunked = coding.eq_ignore_ascii_case(b"chunked");
        }
    }
    Ok(if is_chunked { Framing::Chunked } else { Framing::NotChunked })
}

/// The elements of a list without the white space around them. Empty ones stay, for the caller to refuse:
/// RFC 9110 would ignore them, and who looks at the last only would not.
fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b',').map(|element| {
        let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t');
        let start = element.iter().position(is_text).unwrap_or(element.len());
        let end = element.iter().rposition(is_text).map_or(start, |last| last + 1);
        &element[start..end]
    })
}

impl core::error::Error for FramingError {}

impl fmt::Display for FramingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidLength => "invalid `Content-Length`: only digits are allowed",
            Self::LengthTooLarge => "`Content-Length` exceeds the limit of 18446744073709551615",
            Self::DifferentLengths => "different values of `Content-Length`, only one is allowed",
            Self::LengthAndTransferEncoding => {
                "both `Content-Length` and `Transfer-Encoding`, only one of them is allowed"
            }
            Self::TransferEncodingInHttp10 => {
                "`Transfer-Encoding` in HTTP/1.0, only HTTP/1.1 allows it"
            }
            Self::InvalidTransferEncoding => {
                "invalid `Transfer-Encoding`: only names of codings without parameters are allowed"
            }
            Self::ChunkedNotLast => {
                "`chunked` is not the last coding of `Transfer-Encoding`, it is only allowed there"
            }
            Self::RequestNotChunked => {
                "`Transfer-Encoding` of a request does not end in `chunked`, as it must"
            }
            Self::ContentOfConnect => "a `CONNECT` request has content, none is allowed",
        })
    }
}
