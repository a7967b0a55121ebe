//! Looking up by a name that may be a constant or a string.

use core::ops::Range;

use super::{GetAll, HeaderMap, check_name};
use crate::error::{Error, NameExcerpt};
use crate::name::{Key, table};
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
        if name.mark == 0 {
            self.first_of_string(name.bytes)
        } else if table::is_known(name.mark) {
            self.storage.first(name.mark)
        } else {
            self.storage.first_custom(name.mark, name.bytes)
        }
    }

    #[inline(never)]
    fn first_of_string(&self, name: &[u8]) -> Option<usize> {
        match table::find(name) {
            Ok(mark) => self.storage.first(mark),
            Err(mark) => self.storage.first_custom(mark, name),
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
}
