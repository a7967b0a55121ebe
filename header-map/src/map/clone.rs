//! Copies, and copies into a map that has its memory already.

use super::HeaderMap;
use crate::reset::Retention;

/// A clone has room for what it holds; an empty one allocates nothing. `clone_from` keeps the memory
/// that is there, so that a response which starts from a template costs no allocation.
///
/// # Panics
///
/// If the allocator fails.
impl Clone for HeaderMap {
    fn clone(&self) -> Self {
        let mut map =
            Self { storage: Default::default(), limits: self.limits, retention: Retention::new() };
        map.copy_from(self);
        map
    }

    fn clone_from(&mut self, source: &Self) {
        self.clear();
        self.limits = source.limits;
        self.copy_from(source);
    }
}

impl HeaderMap {
    /// Copies the lines of another map into this one, which is empty.
    fn copy_from(&mut self, source: &Self) {
        self.storage.erases |= source.storage.erases;
        let (headers, bytes) = (source.len(), source.byte_len());
        if headers > self.capacity() || bytes > self.byte_capacity() {
            let size =
                self.storage.resize(headers.max(self.capacity()), bytes.max(self.byte_capacity()));
            size.unwrap_or_else(|bytes| panic!("{}", crate::Error::OutOfMemory { bytes }));
        }
        self.storage.extend(&source.storage);
    }
}
