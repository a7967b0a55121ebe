//! Why a message head was refused.

use core::fmt;

use crate::error::{Error, NameExcerpt};

/// Why bytes are not a message head, and where.
///
/// The map is as it was before. No error holds any part of a value.
///
/// ```
/// use ratoon_header_map::{HeaderMap, ParseErrorKind, Progress};
///
/// let input = b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\n";
/// let error = HeaderMap::new().parse_request(input, &mut Progress::new()).unwrap_err();
/// assert!(matches!(error.kind(), ParseErrorKind::WhitespaceBeforeColon { .. }));
/// assert_eq!(error.offset(), 39);
/// assert_eq!(
///     error.to_string(),
///     "white space after header name `Content-Length`, a colon must follow at once (at byte 39)",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    kind: ParseErrorKind,
    offset: usize,
}

/// What is wrong with a message head.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The map holds lines already: a head must not join those of another message.
    MapNotEmpty,
    /// More than one empty line stands before the request.
    EmptyLine,
    /// The method is empty or holds a byte that no token of RFC 9110 holds.
    InvalidMethod,
    /// The request target has no form that RFC 9112, section 3.2, gives it with this method, or holds a
    /// byte that is not visible ASCII, or a `#`.
    InvalidTarget,
    /// The version is neither `HTTP/1.0` nor `HTTP/1.1`.
    InvalidVersion,
    /// The status is not a number of three digits from 100 on.
    InvalidStatus,
    /// A start line holds a control character.
    ControlInStartLine {
        /// The byte.
        byte: u8,
    },
    /// The start line is longer than [`Limits::start_line`](crate::Limits::start_line).
    StartLineTooLong {
        /// How many bytes are allowed.
        limit: usize,
    },
    /// An LF without a CR before it.
    BareLf,
    /// A CR without an LF after it.
    BareCr,
    /// A line begins with white space: an obsolete line folding, or an attack.
    LineFolding {
        /// The header that would be continued.
        name: NameExcerpt,
    },
    /// White space stands between the start line and the first header.
    WhitespaceBeforeFirstHeader,
    /// White space stands between a name and its colon, or within a name.
    WhitespaceBeforeColon {
        /// What stands before the white space.
        name: NameExcerpt,
    },
    /// A line begins with a colon.
    EmptyName,
    /// A line has no colon.
    MissingColon {
        /// The line.
        name: NameExcerpt,
    },
    /// A name holds a byte that no token of RFC 9110 holds.
    InvalidName {
        /// What stands before the byte.
        name: NameExcerpt,
        /// The byte.
        byte: u8,
    },
    /// A value holds NUL, DEL or another control character except HTAB.
    InvalidValue {
        /// The header's name.
        name: NameExcerpt,
        /// The byte.
        byte: u8,
    },
    /// A request of HTTP/1.1 has no `Host`.
    MissingHost,
    /// A request has more than one `Host`.
    SeveralHosts,
    /// `Host` holds a byte that stands in no host and port.
    InvalidHost,
    /// The map refused it: too many headers, too many bytes, a name that is too long, no memory.
    Map(Error),
}

impl ParseError {
    #[cold]
    pub(super) fn new(kind: ParseErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ParseErrorKind {
        &self.kind
    }

    /// Where: the position of the first byte that is wrong, or of the first byte of the line or part
    /// that is. What is wrong with the whole head has the position behind it.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl core::error::Error for ParseError {}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.kind, self.offset)
    }
}

impl fmt::Display for ParseErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MapNotEmpty => {
                f.write_str("the header map must be empty before a head is parsed")
            }
            Self::EmptyLine => f.write_str("only one empty line is allowed before a request"),
            Self::InvalidMethod => f.write_str(
                "invalid method: one or more letters, digits or characters of !#$%&'*+-.^_`|~ \
                 and a space are allowed",
            ),
            Self::InvalidTarget => f.write_str(
                "invalid request target: a path, a URI with an authority, `*` with OPTIONS, or \
                 host:port with CONNECT is allowed, in visible ASCII without `#`",
            ),
            Self::InvalidVersion => {
                f.write_str("invalid version: HTTP/1.0 and HTTP/1.1 are allowed")
            }
            Self::InvalidStatus => f.write_str("invalid status: 100 to 999 is allowed"),
            Self::ControlInStartLine { byte } => {
                write!(f, "byte {byte:#04x} is not allowed in a start line")
            }
            Self::StartLineTooLong { limit } => {
                write!(f, "the start line exceeds the limit of {limit} bytes")
            }
            Self::BareLf => f.write_str("LF without CR, only CR LF ends a line"),
            Self::BareCr => f.write_str("CR without LF, only CR LF ends a line"),
            Self::LineFolding { name } => {
                write!(f, "header `{name}` is folded, a header must be on one line")
            }
            Self::WhitespaceBeforeFirstHeader => {
                f.write_str("white space before the first header, a name must begin the line")
            }
            Self::WhitespaceBeforeColon { name } => {
                write!(f, "white space after header name `{name}`, a colon must follow at once")
            }
            Self::EmptyName => f.write_str("empty header name, a name must precede the colon"),
            Self::MissingColon { name } => {
                write!(f, "no colon after header name `{name}`, `name: value` is allowed")
            }
            Self::InvalidName { name, byte } => write!(
                f,
                "byte {byte:#04x} after `{name}` is not allowed in a header name: letters, digits \
                 and !#$%&'*+-.^_`|~ are"
            ),
            Self::InvalidValue { name, byte } => write!(
                f,
                "byte {byte:#04x} is not allowed in the value of header `{name}`: no control \
                 character but HTAB is"
            ),
            Self::MissingHost => f.write_str("a request of HTTP/1.1 must have a `Host` header"),
            Self::SeveralHosts => {
                f.write_str("a request must not have more than one `Host` header")
            }
            Self::InvalidHost => f.write_str(
                "invalid value of header `Host`: a host and an optional port are allowed",
            ),
            Self::Map(error) => error.fmt(f),
        }
    }
}
