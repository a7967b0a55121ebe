//! One pass that removes lines, also when it is cut short by a panic.

use super::Storage;
use crate::name::{Name, ResolvedKey};
use crate::value::Value;

/// Visits the lines from some position on and decides which stay. Those that were not visited when
/// it is dropped stay.
pub(crate) struct Sweep<'a> {
    storage: &'a mut Storage,
    /// The line that is visited.
    read: usize,
    /// Where the lines begin that stay but did not move up yet: up to `read`.
    kept: usize,
    /// Where they will move to.
    write: usize,
}

impl<'a> Sweep<'a> {
    pub(crate) fn new(storage: &'a mut Storage, from: usize) -> Self {
        Self { storage, read: from, kept: from, write: from }
    }

    /// The line that is visited, if any is left.
    pub(crate) fn current(&self) -> Option<(Name<'_>, Value<'_>)> {
        let at = self.read;
        (at < self.storage.len()).then(|| (self.storage.name(at), self.storage.value(at)))
    }

    /// Keeps the line and goes on.
    pub(crate) fn keep(&mut self) {
        self.read += 1;
    }

    /// Keeps all lines up to the next with this name; false if there is none.
    pub(crate) fn skip_to(&mut self, name: ResolvedKey<'_>) -> bool {
        let found = self.storage.find(name, self.read..self.storage.len());
        self.read = found.unwrap_or(self.storage.len());
        found.is_some()
    }

    /// Keeps all lines up to the next that is condemned; false if there is none.
    pub(crate) fn skip_to_condemned(&mut self) -> bool {
        while self.read < self.storage.len() && !self.storage.entry(self.read).is_condemned() {
            self.read += 1;
        }
        self.read < self.storage.len()
    }

    /// Removes the line and goes on.
    pub(crate) fn remove(&mut self) {
        self.move_kept();
        let entry = self.storage.entry(self.read);
        self.storage.live -= entry.line_len() as u32;
        self.storage.erase(entry.line_start()..entry.line_end());
        self.read += 1;
        self.kept = self.read;
    }

    /// Moves the lines that stay up to where lines were removed.
    fn move_kept(&mut self) {
        let lines = self.kept..self.read;
        if self.kept != self.write {
            self.storage.move_entries(lines.clone(), self.write);
        }
        self.write += lines.len();
        self.kept = self.read;
    }
}

impl Drop for Sweep<'_> {
    fn drop(&mut self) {
        if self.kept == self.write {
            return;
        }
        self.read = self.storage.len();
        self.move_kept();
        self.storage.len = self.write as u32;
        self.storage.settle();
    }
}
