//! Adding many lines, all or none.

use super::HeaderMap;
use crate::error::Error;
use crate::name::AsHeaderName;
use crate::storage::Checkpoint;
use crate::value::AsHeaderValue;

impl HeaderMap {
    /// Appends every pair, or none if one is refused.
    ///
    /// If the iterator panics, none is appended either.
    ///
    /// # Errors
    ///
    /// What [`append`](HeaderMap::append) says about the first pair that it refuses.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.try_extend([("accept", "text/html"), ("accept", "*/*")])?;
    /// assert!(map.try_extend([("te", "trailers"), ("not a name", "")]).is_err());
    /// assert_eq!(map.len(), 2);
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn try_extend<N, V, I>(&mut self, lines: I) -> Result<(), Error>
    where
        N: AsHeaderName,
        V: AsHeaderValue,
        I: IntoIterator<Item = (N, V)>,
    {
        let attempt = Attempt::new(self);
        for (name, value) in lines {
            attempt.map.append(name, value)?;
        }
        attempt.succeed();
        Ok(())
    }
}

/// Removes what was appended, unless it is told that all of it was.
struct Attempt<'a> {
    map: &'a mut HeaderMap,
    before: Option<Checkpoint>,
}

impl<'a> Attempt<'a> {
    fn new(map: &'a mut HeaderMap) -> Self {
        let before = Some(map.storage.checkpoint());
        Self { map, before }
    }

    fn succeed(mut self) {
        self.before = None;
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if let Some(before) = self.before {
            self.map.storage.roll_back(before);
        }
    }
}
