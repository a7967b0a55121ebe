//! From the read buffer into the map in one pass.
//!
//! * `message` goes through a head. `start_line` and `target` read the first line, `lines` the header section, `line` all in it that is
//!   not usual. `finder` has what these search with, `progress` where a search resumes.
//! * Everything is validated when the head is complete, whatever was said about an earlier part: the next
//!   call may bring another buffer.
//! * Lines are written behind the live ones and become live when the whole head has been read: a head that
//!   is partial or refused leaves no trace.

mod error;
mod finder;
mod line;
mod lines;
mod message;
mod progress;
mod start_line;
mod target;

pub use error::{ParseError, ParseErrorKind};
pub use progress::Progress;

use crate::map::HeaderMap;

/// What a parser made of the bytes that have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed<T> {
    /// The head is complete.
    Complete {
        /// What stands in the start line; nothing for a header block.
        head: T,
        /// Bytes that the head takes, with its empty line. What follows is the body.
        len: usize,
    },
    /// More bytes have to come.
    Partial,
}

/// The start line of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestHead<'a> {
    /// The method, in the case of the wire.
    pub method: &'a str,
    /// The request target. In absolute form it names the host itself: what `Host` says counts for nothing
    /// then (RFC 9112, section 3.2.2).
    pub target: &'a str,
    /// The version.
    pub version: Version,
}

/// The status line of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseHead<'a> {
    /// The version.
    pub version: Version,
    /// The status, from 100 to 999.
    pub status: u16,
    /// The reason: text of any encoding, often empty.
    pub reason: &'a [u8],
}

/// A version of HTTP that is written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// `HTTP/1.0`
    Http10,
    /// `HTTP/1.1`
    Http11,
}

impl Version {
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"HTTP/1.1" => Some(Self::Http11),
            b"HTTP/1.0" => Some(Self::Http10),
            _ => None,
        }
    }
}

/// Parsing, without another parser. See [Parse strictly](crate#parse-a-head-strictly) for what is
/// refused.
impl HeaderMap {
    /// Parses a request head from the start of `input` into this map, which must be empty.
    ///
    /// One pass over the head, one copy. At most one empty line before the request is passed over.
    /// `progress` makes heads that arrive in parts cheap; a new one for each head.
    ///
    /// # Errors
    ///
    /// If the head is not what RFC 9112 allows, goes beyond a limit, or there is no memory. The map is empty
    /// then, as it is while the head is partial.
    ///
    /// Neither as it arrives nor as the map writes it may the header section exceed
    /// [`Limits::bytes`](crate::Limits::bytes). What exceeds a limit as it arrives is refused at once, before the head is
    /// complete. The map adds a space where there is none after a colon: a head that only exceeds the
    /// limit with these is refused when it is complete, if not before.
    ///
    /// ```
    /// use ratoon_header_map::{BodyLength, HeaderMap, Parsed, Progress, header};
    ///
    /// let input = b"POST /a HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\n\r\nhello";
    /// let (mut map, mut progress) = (HeaderMap::new(), Progress::new());
    /// assert_eq!(map.parse_request(&input[..20], &mut progress)?, Parsed::Partial);
    /// let Parsed::Complete { head, len } = map.parse_request(input, &mut progress)? else {
    ///     unreachable!("the head is complete");
    /// };
    /// assert_eq!((head.method, head.target), ("POST", "/a"));
    /// assert_eq!(map.get(header::HOST).unwrap(), "example.com");
    /// assert_eq!(head.body_length(&map)?, BodyLength::Length(5));
    /// assert_eq!(&input[len..], b"hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_request<'a>(
        &mut self,
        input: &'a [u8],
        progress: &mut Progress,
    ) -> Result<Parsed<RequestHead<'a>>, ParseError> {
        message::parse::<message::Request>(self, input, progress)
    }

    /// Parses a response head from the start of `input` into this map, which must be empty.
    ///
    /// # Errors
    ///
    /// As [`parse_request`](HeaderMap::parse_request).
    ///
    /// ```
    /// use ratoon_header_map::{BodyLength, HeaderMap, Parsed, Progress};
    ///
    /// let input = b"HTTP/1.1 204 No Content\r\nServer: example\r\n\r\n";
    /// let mut map = HeaderMap::new();
    /// let Parsed::Complete { head, len } = map.parse_response(input, &mut Progress::new())? else {
    ///     unreachable!("the head is complete");
    /// };
    /// assert_eq!((head.status, head.reason), (204, &b"No Content"[..]));
    /// assert_eq!(len, input.len());
    /// assert_eq!(head.body_length(&map, "GET")?, BodyLength::None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_response<'a>(
        &mut self,
        input: &'a [u8],
        progress: &mut Progress,
    ) -> Result<Parsed<ResponseHead<'a>>, ParseError> {
        message::parse::<message::Response>(self, input, progress)
    }

    /// Parses header lines up to an empty line, and appends them: trailers, or a section whose start line
    /// was read before.
    ///
    /// Give trailers a map of their own: what a body's end says must not pass for a header
    /// (RFC 9110, section 6.5.1). Nothing is asked of `Host`.
    ///
    /// # Errors
    ///
    /// As [`parse_request`](HeaderMap::parse_request); the map keeps the lines it had.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, Parsed, Progress};
    ///
    /// let mut trailers = HeaderMap::new();
    /// let input = b"Grpc-Status: 0\r\n\r\n";
    /// let parsed = trailers.parse_block(input, &mut Progress::new())?;
    /// assert_eq!(parsed, Parsed::Complete { head: (), len: input.len() });
    /// assert_eq!(trailers.get("grpc-status").unwrap(), "0");
    /// # Ok::<(), ratoon_header_map::ParseError>(())
    /// ```
    pub fn parse_block(
        &mut self,
        input: &[u8],
        progress: &mut Progress,
    ) -> Result<Parsed<()>, ParseError> {
        message::parse::<message::Block>(self, input, progress)
    }
}
