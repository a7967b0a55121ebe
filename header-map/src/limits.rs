//! How much a map accepts.

/// How many headers and how many bytes a map accepts.
///
/// The limits bound what a peer can make a map hold. They count live lines: what was removed or
/// replaced no longer counts. Capacity does not raise them.
///
/// ```
/// use ratoon_header_map::{Error, HeaderMap, Limits};
///
/// let mut map = HeaderMap::new().with_limits(Limits::new(1, 64));
/// map.append("a", "1")?;
/// assert!(matches!(map.append("b", "2"), Err(Error::TooManyHeaders { limit: 1, .. })));
/// assert_eq!(map.len(), 1);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most lines; a name with three values has three. 128 by default.
    pub headers: usize,
    /// The most bytes on the wire: of each line the name, the value, and four for `": "` and CRLF.
    /// 16 KiB by default.
    pub bytes: usize,
    /// The most bytes of a start line that [`parse_request`](crate::HeaderMap::parse_request) and
    /// [`parse_response`](crate::HeaderMap::parse_response) accept, without its CRLF. 8 KiB by default.
    pub start_line: usize,
}

impl Limits {
    /// Limits on the number of headers and on their bytes.
    ///
    /// A map never holds more than 65,536 headers and 1 GiB, whatever the limits say.
    #[must_use]
    pub const fn new(headers: usize, bytes: usize) -> Self {
        Self { headers, bytes, start_line: 8 * 1024 }
    }

    /// The same with a limit on the bytes of a start line.
    #[must_use]
    pub const fn with_start_line(self, bytes: usize) -> Self {
        Self { start_line: bytes, ..self }
    }

    /// The limits as far as the map's 32-bit offsets reach.
    pub(crate) const fn representable(self) -> Self {
        const MAX: Limits = Limits::new(1 << 16, 1 << 30);
        Self {
            headers: if self.headers < MAX.headers { self.headers } else { MAX.headers },
            bytes: if self.bytes < MAX.bytes { self.bytes } else { MAX.bytes },
            start_line: self.start_line,
        }
    }
}

impl Limits {
    /// 128 headers, 16 KiB.
    pub const DEFAULT: Self = Self::new(128, 16 * 1024);
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
