//! One pass that removes lines, also when it is cut short by a panic.

use super::Storage;
use crate::name::Name;
use crate::value::Value;

/// Visits the lines from some position on and decides which stay. Those that were not visited when
/// it is dropped stay.
pub(crate) struct Sweep<'a> {
    storage: &'a mut Storage,
    /// The line that is visited.
    read: usize,
    /// Lines that stay.
    write: usize,
}

impl<'a> Sweep<'a> {
    pub(crate) fn new(storage: &'a mut Storage, from: usize) -> Self {
        Self { storage, read: from, write: from }
    }

    /// The line that is visited, if any is left.
    pub(crate) fn current(&self) -> Option<(Name<'_>, Value<'_>)> {
        let at = self.read;
        (at < self.storage.len()).then(|| (self.storage.name(at), self.storage.value(at)))
    }

    /// Keeps the line and goes on.
    pub(crate) fn keep(&mut self) {
        self.move_entries(1);
        self.read += 1;
        self.write += 1;
    }

    /// Removes the line and goes on.
    pub(crate) fn remove(&mut self) {
        let entry = self.storage.entry(self.read);
        self.storage.live -= entry.line_len() as u32;
        self.storage.erase(entry.line_start()..entry.line_end());
        self.read += 1;
    }

    /// Moves `count` entries from `read` to `write`.
    fn move_entries(&mut self, count: usize) {
        let Self { read, write, .. } = *self;
        if read == write {
            return;
        }
        self.storage.bytes_mut().copy_within(read..read + count, write);
        let entries = self.storage.groups as usize;
        self.storage.memory.copy_within(entries + read..entries + read + count, entries + write);
    }
}

impl Drop for Sweep<'_> {
    fn drop(&mut self) {
        if self.read == self.write {
            return;
        }
        let rest = self.storage.len() - self.read;
        self.move_entries(rest);
        self.storage.len = (self.write + rest) as u32;
        self.storage.settle();
    }
}
