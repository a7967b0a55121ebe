//! Equality.

use super::HeaderMap;

/// Maps are equal when they have the same names with the same values, each name's values in the
/// same order. The order between names and the case of names do not count, nor does what is
/// sensitive. Looks up each line: quadratic in the number of headers, sixteen at a time.
impl PartialEq for HeaderMap {
    fn eq(&self, other: &Self) -> bool {
        // With as many lines in all, equal values for every name here leave none over there.
        self.len() == other.len()
            && self.keys().all(|name| self.get_all(name).eq(other.get_all(name)))
    }
}

impl Eq for HeaderMap {}
