//! Serialising.

use std::io;

#[cfg(feature = "bytes")]
use crate::error::Error;
use crate::map::HeaderMap;

impl HeaderMap {
    /// All lines as they go over the wire, each ended by CRLF: `Name: value\r\nName: …`.
    ///
    /// `None` while there are gaps between the lines, which removing and replacing leave;
    /// [`compact`](HeaderMap::compact) closes them. A map that was only appended to has none. The
    /// empty line that ends a header section is not part of it.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Host", "example.com")?;
    /// map.append("Accept", "*/*")?;
    /// assert_eq!(map.as_wire().unwrap(), b"Host: example.com\r\nAccept: */*\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn as_wire(&self) -> Option<&[u8]> {
        self.storage.wire()
    }

    /// Writes all names in lower case in their places, as HTTP/2 and HTTP/3 require. Iterating and
    /// serialising then yield lower-case names; look-ups ignore case as before.
    ///
    /// Moves no line and allocates nothing. Takes time proportional to the bytes of the names.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Host", "Example.com")?;
    /// map.append("X-Request-ID", "7F")?;
    /// map.make_names_lowercase();
    /// assert!(map.iter().map(|(name, _)| name.as_str()).eq(["host", "x-request-id"]));
    /// assert_eq!(map.as_wire().unwrap(), b"host: Example.com\r\nx-request-id: 7F\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn make_names_lowercase(&mut self) {
        self.storage.make_names_lowercase();
    }

    /// Writes all lines behind what a vector holds, gaps left out.
    ///
    /// # Panics
    ///
    /// If the vector cannot grow.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Host", "example.com")?;
    /// let mut out = b"GET / HTTP/1.1\r\n".to_vec();
    /// map.write_to_vec(&mut out);
    /// assert_eq!(out, b"GET / HTTP/1.1\r\nHost: example.com\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn write_to_vec(&self, out: &mut Vec<u8>) {
        out.reserve(self.byte_len());
        self.storage.pieces().for_each(|lines| out.extend_from_slice(lines));
    }

    /// Writes all lines: one `write_all` for each piece of [`io_slices`](HeaderMap::io_slices).
    ///
    /// # Errors
    ///
    /// What `out` returns; some lines may be written then.
    pub fn write_to_io(&self, out: &mut impl io::Write) -> io::Result<()> {
        self.storage.pieces().try_for_each(|lines| out.write_all(lines))
    }

    /// All lines in the pieces that lie together, for a vectored write: one more than there are gaps, at
    /// most, so that [`compact`](HeaderMap::compact) is not needed.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    /// use std::io::{IoSlice, Write};
    ///
    /// let mut map = HeaderMap::new();
    /// map.try_extend([("a", "1"), ("b", "2"), ("c", "3")])?;
    /// map.remove("b");
    /// let mut pieces = vec![IoSlice::new(b"HTTP/1.1 200 OK\r\n")];
    /// pieces.extend(map.io_slices());
    /// pieces.push(IoSlice::new(b"\r\n"));
    /// let mut out = Vec::new();
    /// out.write_vectored(&pieces).unwrap();
    /// assert_eq!(out, b"HTTP/1.1 200 OK\r\na: 1\r\nc: 3\r\n\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn io_slices(&self) -> impl Iterator<Item = io::IoSlice<'_>> {
        self.storage.pieces().map(io::IoSlice::new)
    }

    /// Writes all lines, [`byte_len`](HeaderMap::byte_len) bytes: in one copy, and one more for each gap.
    ///
    /// # Errors
    ///
    /// [`Error::BufferFull`] if the buffer has too little room; nothing is written then. A `Vec` or a
    /// `BytesMut` grows instead.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Host", "example.com")?;
    /// let mut out = b"GET / HTTP/1.1\r\n".to_vec();
    /// map.write_to(&mut out)?;
    /// assert_eq!(out, b"GET / HTTP/1.1\r\nHost: example.com\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    #[cfg(feature = "bytes")]
    #[cfg_attr(docsrs, doc(cfg(feature = "bytes")))]
    pub fn write_to(&self, buffer: &mut impl bytes::BufMut) -> Result<(), Error> {
        let (needed, available) = (self.byte_len(), buffer.remaining_mut());
        if needed > available {
            return Err(Error::BufferFull { needed, available });
        }
        match self.as_wire() {
            Some(lines) => buffer.put_slice(lines),
            None => self.storage.pieces().for_each(|lines| buffer.put_slice(lines)),
        }
        Ok(())
    }
}
