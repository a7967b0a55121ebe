//! Finding lines by name: first the marks, sixteen at once, then the names that have the same mark.

use core::ops::Range;

use super::{GetAll, HeaderMap, check_name};
use crate::error::{Error, NameExcerpt};
use crate::name::{Key, eq_ignore_case, table};
use crate::value::Value;

impl HeaderMap {
    #[inline]
    pub(crate) fn all(&self) -> Range<usize> {
        0..self.storage.len()
    }

    /// The first line with this name. For a constant the compiler keeps one branch of it, and that is
    /// short: hence inlined, whatever the compiler thinks of all the branches.
    #[inline(always)]
    pub(super) fn first(&self, name: Key<'_>) -> Option<usize> {
        if name.mark != 0 && table::is_known(name.mark) {
            self.storage.first(name.mark)
        } else {
            self.search(name)
        }
    }

    /// The same for a string, and for a constant that only the application knows.
    #[inline(never)]
    fn search(&self, name: Key<'_>) -> Option<usize> {
        let name = name.resolve();
        if table::is_known(name.mark) {
            self.storage.first(name.mark)
        } else {
            self.find(name, self.all())
        }
    }

    /// The first line with this name, or an error if it is not valid.
    pub(super) fn first_of_valid(&self, name: Key<'_>) -> Result<Option<usize>, Error> {
        let name = name.resolve();
        check_name(name)?;
        Ok(self.first(name))
    }

    /// The value of the only line with this name.
    pub(super) fn one(&self, name: Key<'_>) -> Result<Option<Value<'_>>, Error> {
        let Some(first) = self.first(name) else { return Ok(None) };
        match GetAll::new(self, Some(first)).count() {
            1 => Ok(Some(self.storage.value(first))),
            count => Err(Error::SeveralValues { name: NameExcerpt::new(name.bytes), count }),
        }
    }

    /// The first line in `range` with this name, which is resolved.
    pub(super) fn find(&self, name: Key<'_>, mut range: Range<usize>) -> Option<usize> {
        loop {
            let at = self.storage.find(name.mark, range.clone())?;
            if self.is_named(at, name) {
                return Some(at);
            }
            range.start = at + 1;
        }
    }

    /// The last line in `range` with this name, which is resolved.
    pub(super) fn rfind(&self, name: Key<'_>, mut range: Range<usize>) -> Option<usize> {
        loop {
            let at = self.storage.rfind(name.mark, range.clone())?;
            if self.is_named(at, name) {
                return Some(at);
            }
            range.end = at;
        }
    }

    /// Whether a line whose mark is that of `name` also has its name.
    #[inline]
    fn is_named(&self, at: usize, name: Key<'_>) -> bool {
        table::is_known(name.mark) || eq_ignore_case(self.storage.name(at).as_bytes(), name.bytes)
    }
}
