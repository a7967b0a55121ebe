//! Copies, and copies into a map that has its memory already.

use super::HeaderMap;
use crate::retention::Retention;

/// A clone has room for what it holds; an empty one allocates nothing.
///
/// # Panics
///
/// If the allocator fails.
impl Clone for HeaderMap {
    fn clone(&self) -> Self {
        let mut map =
            Self { storage: Default::default(), limits: self.limits, retention: Retention::new() };
        map.storage.erases = self.storage.erases;
        map.copy_from(self);
        map
    }

    /// Replaces all lines by those of `source`, in the memory that is there: a response that starts from a
    /// template allocates nothing once it has had room for it.
    ///
    /// The map takes over the limits of `source`, and erasure where that is on; it stays on where only
    /// this map has it. Lines without gaps are copied as one block, so [`compact`](HeaderMap::compact) a
    /// template from which lines were removed.
    ///
    /// # Panics
    ///
    /// If there is too little room and the allocator fails. The map is empty then.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, Limits};
    ///
    /// let mut template = HeaderMap::new().with_limits(Limits::new(8, 512));
    /// template.append("Server", "example")?;
    ///
    /// let mut response = HeaderMap::with_capacity(16, 1024);
    /// response.append("Date", "of the response before")?;
    /// response.clone_from(&template);
    /// assert_eq!(response, template);
    /// assert_eq!(response.limits(), Limits::new(8, 512));
    /// assert_eq!(response.capacity(), 16);
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    fn clone_from(&mut self, source: &Self) {
        // First, for what is cleared may be as secret as what follows.
        self.storage.erases |= source.storage.erases;
        self.clear();
        self.limits = source.limits;
        self.copy_from(source);
    }
}

impl HeaderMap {
    /// Copies the lines of another map into this one, which is empty.
    fn copy_from(&mut self, source: &Self) {
        let (headers, bytes) = (source.len(), source.byte_len());
        if headers > self.capacity() || bytes > self.byte_capacity() {
            let size =
                self.storage.resize(headers.max(self.capacity()), bytes.max(self.byte_capacity()));
            size.unwrap_or_else(|bytes| panic!("{}", crate::Error::OutOfMemory { bytes }));
        }
        self.storage.extend(&source.storage);
    }
}
