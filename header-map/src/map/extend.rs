//! Adding many lines, all or none.

use super::HeaderMap;
use crate::storage::Checkpoint;

/// Removes what was appended, unless it is told that all of it was.
pub(super) struct Attempt<'a> {
    pub(super) map: &'a mut HeaderMap,
    before: Option<Checkpoint>,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(map: &'a mut HeaderMap) -> Self {
        let before = Some(map.storage.checkpoint());
        Self { map, before }
    }

    pub(super) fn succeed(mut self) {
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
