//! Looking up by a name that may be a constant or a string.

use core::ops::Range;

use super::{GetAll, HeaderMap, check_name};
use crate::error::{Error, NameExcerpt};
use crate::name::{ResolvedKey, table};
use crate::value::Value;

impl HeaderMap {
    #[inline]
    pub(crate) fn all(&self) -> Range<usize> {
        0..self.storage.len()
    }

    /// The first line with this name. For a constant the compiler keeps one of the branches, and that is
    /// short: hence inlined, whatever the compiler thinks of both.
    #[inline(always)]
    pub(super) fn first(&self, name: ResolvedKey<'_>) -> Option<usize> {
        if table::is_known(name.tag) {
            self.storage.first(name.tag)
        } else {
            self.storage.first_custom(name.tag, name.bytes)
        }
    }

    /// The first line with this name, or an error if it is not valid.
    pub(super) fn first_of_valid(&self, name: ResolvedKey<'_>) -> Result<Option<usize>, Error> {
        check_name(name)?;
        Ok(self.first(name))
    }

    /// The value of the only line with this name.
    pub(super) fn one(&self, name: ResolvedKey<'_>) -> Result<Option<Value<'_>>, Error> {
        let Some(first) = self.first(name) else { return Ok(None) };
        match GetAll::new(self, Some(first)).count() {
            1 => Ok(Some(self.storage.value(first))),
            count => Err(Error::SeveralValues { name: NameExcerpt::new(name.bytes), count }),
        }
    }
}
