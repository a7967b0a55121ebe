//! One face for all header maps.

use super::sets::Set;
use crate::harness::Kind;

/// A header map, used in its best way.
pub(super) trait AnyMap: Send + 'static {
    /// How tables call it.
    const NAME: &'static str;
    /// Which side it is on.
    const KIND: Kind;

    /// Empty, with room for `set`.
    fn with_room_for(set: &Set) -> Self;

    /// Empty, without room for anything.
    fn cold() -> Self;

    /// Adds all headers of `set`.
    fn fill(&mut self, set: &Set);

    /// Twelve look-ups by name as the map knows names; the sum of the lengths found.
    fn get_known(&self) -> usize;

    /// The value of a name that is a string at run time.
    fn get_str(&self, name: &str) -> Option<&[u8]>;

    /// Lengths of all names and values, summed.
    fn iterate(&self) -> usize;

    /// Writes all lines behind what `out` holds.
    fn serialise(&self, out: &mut Vec<u8>);

    /// Forgets all headers; a map that is best made anew for each message gives up its memory.
    fn clear(&mut self);
}

/// Makes a subject of each map.
pub(super) trait Visitor {
    /// One map.
    fn visit<M: AnyMap>(&mut self);
}

/// The names that are looked up: most are there in a request, some in none.
pub(super) const NAMES: [&str; 12] = [
    "host",
    "user-agent",
    "accept",
    "accept-encoding",
    "accept-language",
    "cookie",
    "content-type",
    "content-length",
    "authorization",
    "referer",
    "origin",
    "connection",
];

/// A line as it goes over the wire.
#[inline]
pub(super) fn write_line(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// Sums `$found` over the names of [`NAMES`], each a constant of the `header` module in scope, written
/// out as a handler writes them: a loop over an array would hide from the compiler what they are.
macro_rules! sum_over_known {
    (|$name:ident| $found:expr) => {
        sum_over_known!(|$name| $found; HOST USER_AGENT ACCEPT ACCEPT_ENCODING ACCEPT_LANGUAGE COOKIE
            CONTENT_TYPE CONTENT_LENGTH AUTHORIZATION REFERER ORIGIN CONNECTION)
    };
    (|$name:ident| $found:expr; $($known:ident)*) => {{
        let mut sum = 0;
        $({
            let $name = header::$known;
            sum += $found;
        })*
        sum
    }};
}

pub(super) use sum_over_known;
