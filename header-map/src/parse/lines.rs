//! The loop over the lines of a header section.
//!
//! A usual line (a name of up to 64 bytes, a colon, a value of visible ASCII and spaces, CRLF) is passed
//! here. A name in the table of known names is a token; any other is checked. A value is checked by the
//! same search that finds its end. Every other line is read by [`read_line`].
//!
//! Lines that are canonical (`": "` between name and value, nothing around it) and follow each other are
//! copied together when the first comes that is not; that one is written anew.

use core::ops::Range;

use super::error::ParseError;
use super::finder::Finder;
use super::line::{Line, read_line};
use crate::name::table;
use crate::storage::Batch;
use crate::validate::is_token;

/// Names beyond this are not usual.
const NAME_GROUPS: usize = 4;

/// Why the loop ended.
pub(super) enum Outcome {
    /// After the empty line, which ends here.
    End(usize),
    /// At the line that begins here, which has not arrived yet.
    Partial(usize),
    /// At the line that begins here: there is no slot or no room for it.
    Full(usize),
}

/// A header where it lies in the input.
struct Header {
    tag: u8,
    name: Range<usize>,
    value: Range<usize>,
    next: usize,
}

/// Appends the lines from `start` on to the batch, which has no slots beyond `max_lines`.
#[inline(always)]
pub(super) fn append_lines(
    finder: impl Finder,
    input: &[u8],
    start: usize,
    max_lines: usize,
    batch: &mut Batch<'_>,
) -> Result<Outcome, ParseError> {
    let mut at = start;
    let mut previous = None;
    // Where the canonical lines begin that are described but not copied yet.
    let mut run = start;
    let outcome = loop {
        let header = match usual_line(finder, input, at) {
            Some(header) => header,
            None => match read_line(input, at, previous)? {
                Line::Header { name, value, next } => {
                    let tag = table::tag(&input[name.clone()]);
                    Header { tag, name, value, next }
                }
                Line::End { next } => break Outcome::End(next),
                // A line has begun that is one too many, whatever it will be.
                Line::Partial if batch.lines() == max_lines && is_begun(input, at) => {
                    break Outcome::Full(at);
                }
                Line::Partial => break Outcome::Partial(at),
            },
        };
        let Header { tag, name, value, next } = header;
        let is_canonical =
            value.start == name.end + 2 && input[name.end + 1] == b' ' && value.end + 2 == next;
        if !is_canonical {
            batch.copy(&input[run..at]);
            run = next;
        }
        if !batch.push(tag, name.len(), value.len()) {
            return Ok(Outcome::Full(at));
        }
        if !is_canonical {
            batch.write(&input[name], &input[value]);
        }
        previous = Some(at);
        at = next;
    };
    batch.copy(&input[run..at]);
    Ok(outcome)
}

/// The line at `at`, if it is a usual one.
#[inline(always)]
fn usual_line(finder: impl Finder, input: &[u8], at: usize) -> Option<Header> {
    let colon = finder.find(input, at, b':', NAME_GROUPS)?;
    let name = input.get(at..colon)?;
    let tag = match table::find(name) {
        Ok(tag) => tag,
        Err(tag) if is_token(name) => tag,
        Err(_) => return None,
    };
    let after = colon + 1;
    let start = after + usize::from(*input.get(after)? == b' ');
    let end = finder.find_unusual(input, start)?;
    if input.get(end..)?.first_chunk() != Some(b"\r\n") {
        return None;
    }
    let value = input.get(start..end)?;
    if matches!(value, [b' ', ..] | [.., b' ']) {
        return None;
    }
    Some(Header { tag, name: at..colon, value: start..end, next: end + 2 })
}

/// Whether a line has begun that cannot be the empty one.
fn is_begun(input: &[u8], at: usize) -> bool {
    !matches!(input[at..], [] | [b'\r'])
}
