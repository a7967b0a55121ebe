//! Serialising.

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
