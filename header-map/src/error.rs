//! What can go wrong.

use core::fmt;

use crate::validate::MAX_NAME_LEN;

/// Why a map refused what it was given.
///
/// Whatever call returned it, the map is as it was before. No error holds any part of a value, and
/// of a name only as much as a log can take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The name is empty or holds a byte that no token of RFC 9110 holds.
    InvalidName {
        /// The name.
        name: NameExcerpt,
        /// Position of the first byte that is not allowed.
        at: usize,
    },
    /// The name is longer than any map takes.
    NameTooLong {
        /// The name.
        name: NameExcerpt,
        /// Its length in bytes.
        len: usize,
        /// The longest that is allowed.
        limit: usize,
    },
    /// The value holds CR, LF, NUL, DEL or another control character except HTAB.
    InvalidValue {
        /// The header's name.
        name: NameExcerpt,
        /// Position of the first byte that is not allowed.
        at: usize,
    },
    /// The map would hold more headers than [`Limits::headers`](crate::Limits::headers).
    TooManyHeaders {
        /// The header that was one too many.
        name: NameExcerpt,
        /// How many are allowed.
        limit: usize,
    },
    /// The map would hold more bytes than [`Limits::bytes`](crate::Limits::bytes).
    TooManyBytes {
        /// The header with which it would.
        name: NameExcerpt,
        /// How many bytes there would be.
        bytes: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A header that may stand once stands several times.
    SeveralValues {
        /// The header's name.
        name: NameExcerpt,
        /// How many values it has.
        count: usize,
    },
    /// The header is not a list whose lines can be extended or joined in this way.
    NotAList {
        /// The header's name.
        name: NameExcerpt,
    },
    /// What was to be added to a list is not exactly one element.
    InvalidElement {
        /// The header's name.
        name: NameExcerpt,
    },
    /// A `Display` returned an error while it formatted the value.
    Format {
        /// The header's name.
        name: NameExcerpt,
    },
    /// The memory that is needed is not to be had.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// A parsed header does not lie in the block it is said to come from, or not after the one before.
    NotInBlock {
        /// The header's name.
        name: NameExcerpt,
    },
    /// The buffer to write to has too little room left.
    BufferFull {
        /// How many bytes the map needs.
        needed: usize,
        /// How many are left.
        available: usize,
    },
}

/// The beginning of a header name in an error: at most 48 bytes of it, and no allocation.
///
/// May hold any byte, for it also shows names that were refused; `Display` and `Debug` escape what
/// could harm a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NameExcerpt {
    bytes: [u8; 48],
    len: u8,
    is_cut: bool,
}

impl NameExcerpt {
    #[cold]
    pub(crate) fn new(name: &[u8]) -> Self {
        let mut bytes = [0; 48];
        let len = name.len().min(bytes.len());
        bytes[..len].copy_from_slice(&name[..len]);
        Self { bytes, len: len as u8, is_cut: len < name.len() }
    }

    /// The first bytes of the name.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}

impl core::error::Error for Error {}

/// [`OutOfMemory`](std::io::ErrorKind::OutOfMemory) where memory is lacking,
/// [`InvalidData`](std::io::ErrorKind::InvalidData) otherwise.
impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        let kind = match error {
            Error::OutOfMemory { .. } => std::io::ErrorKind::OutOfMemory,
            _ => std::io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidName { name, at } => {
                write!(
                    f,
                    "invalid header name `{name}`: missing or disallowed byte at offset {at}; letters, \
                     digits and !#$%&'*+-.^_`|~ are allowed"
                )
            }
            Self::NameTooLong { name, len, limit } => {
                write!(f, "header name `{name}` has {len} bytes; the limit is {limit}")
            }
            Self::InvalidValue { name, at } => {
                write!(
                    f,
                    "invalid value of header `{name}`: control character at offset {at}; visible ASCII, \
                     space, tab and bytes from 0x80 are allowed"
                )
            }
            Self::TooManyHeaders { name, limit } => {
                write!(f, "too many headers: `{name}` exceeds the limit of {limit}")
            }
            Self::TooManyBytes { name, bytes, limit } => {
                write!(f, "adding `{name}` would need {bytes} bytes; the limit is {limit}")
            }
            Self::SeveralValues { name, count } => {
                write!(f, "header `{name}` has {count} values; only one is allowed")
            }
            Self::NotAList { name } => {
                write!(
                    f,
                    "header `{name}` is not a list whose lines can be extended or joined in this way"
                )
            }
            Self::InvalidElement { name } => write!(
                f,
                "invalid element for the list `{name}`: it may not be empty, begin or end with a blank, or \
                 hold a comma or an open quote outside of a quoted string"
            ),
            Self::Format { name } => {
                write!(f, "a `Display` in the value of header `{name}` returned an error")
            }
            Self::OutOfMemory { bytes } => {
                write!(f, "failed to allocate {bytes} bytes for headers")
            }
            Self::NotInBlock { name } => {
                write!(f, "header `{name}` does not follow the one before it in the parsed block")
            }
            Self::BufferFull { needed, available } => {
                write!(f, "headers need {needed} bytes; the buffer has room for {available}")
            }
        }
    }
}

impl fmt::Display for NameExcerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.as_bytes().escape_ascii(), if self.is_cut { "…" } else { "" })
    }
}

impl fmt::Debug for NameExcerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// The cold ends of checks, out of line so that the hot path stays short.
impl Error {
    #[cold]
    pub(crate) fn invalid_name(bytes: &[u8]) -> Self {
        let name = NameExcerpt::new(bytes);
        match crate::validate::name_error(bytes) {
            Some(at) => Self::InvalidName { name, at },
            None => Self::NameTooLong { name, len: bytes.len(), limit: MAX_NAME_LEN },
        }
    }

    #[cold]
    pub(crate) fn invalid_value(name: &[u8], value: &[u8]) -> Self {
        let at = crate::validate::value_error(value).unwrap_or(0);
        Self::InvalidValue { name: NameExcerpt::new(name), at }
    }

    /// The same error for text that begins behind `bytes` of the value.
    #[cold]
    pub(crate) fn shifted_by(mut self, bytes: usize) -> Self {
        if let Self::InvalidValue { at, .. } = &mut self {
            *at += bytes;
        }
        self
    }

    #[cold]
    pub(crate) fn too_many_headers(name: &[u8], limit: usize) -> Self {
        Self::TooManyHeaders { name: NameExcerpt::new(name), limit }
    }

    #[cold]
    pub(crate) fn too_many_bytes(name: &[u8], bytes: usize, limit: usize) -> Self {
        Self::TooManyBytes { name: NameExcerpt::new(name), bytes, limit }
    }
}
