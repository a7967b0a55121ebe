//! The loop over the lines of a header section.
//!
//! A usual line (a name of up to 64 bytes, `": "`, a value of visible ASCII and spaces with none around
//! it, CRLF) is passed here. A name in the table of known names is a token; any other is checked. A value
//! is checked by the same search that finds its end. Every other line is read by [`read_line`].
//!
//! A map has its lines in the form of a usual line: those that follow each other are copied together when
//! the first comes that is not usual, and that one is written anew.

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

/// Appends the lines from `start` on to the batch, which has no slots beyond `max_lines`.
#[inline(always)]
pub(super) fn append_lines(
    finder: impl Finder,
    input: &[u8],
    start: usize,
    max_lines: usize,
    batch: &mut Batch<'_>,
) -> Result<Outcome, ParseError> {
    // Where the usual lines begin that are described but not copied yet.
    let mut run = start;
    let mut rest = &input[start..];
    let outcome = loop {
        if let Some(line) = usual_line(finder, rest) {
            if !batch.push(line.tag, line.name_len, line.value_len) {
                return Ok(Outcome::Full(input.len() - rest.len()));
            }
            rest = line.rest;
            continue;
        }
        let at = input.len() - rest.len();
        match read_line(input, at, start)? {
            Line::Header { name, value, next } => {
                let (name, value) = (&input[name], &input[value]);
                batch.copy(&input[run..at]);
                if !batch.push(table::tag(name), name.len(), value.len()) {
                    return Ok(Outcome::Full(at));
                }
                batch.write(name, value);
                (run, rest) = (next, &input[next..]);
            }
            Line::End { next } => {
                batch.copy(&input[run..at]);
                break Outcome::End(next);
            }
            // A line has begun that is one too many, whatever it will be.
            Line::Partial if batch.lines() == max_lines && is_begun(rest) => {
                break Outcome::Full(at);
            }
            Line::Partial => break Outcome::Partial(at),
        }
    };
    Ok(outcome)
}

/// A usual line, and what follows it.
struct UsualLine<'a> {
    tag: u8,
    name_len: usize,
    value_len: usize,
    rest: &'a [u8],
}

/// The line that `input` begins with, if it is a usual one.
#[inline(always)]
fn usual_line(finder: impl Finder, input: &[u8]) -> Option<UsualLine<'_>> {
    // The search for the end does not wait for the colon, so that the processor starts on the next line
    // while it still works on this one: a quarter to a third less time.
    let end = finder.find_unusual(input, 0)?;
    let (line, after) = input.split_at_checked(end)?;
    let rest = after.strip_prefix(b"\r\n")?;
    let colon = finder.find(input, 0, b':', NAME_GROUPS)?;
    let (name, after) = line.split_at_checked(colon)?;
    let value = after.strip_prefix(b": ")?;
    let tag = match table::find(name) {
        Ok(tag) => tag,
        Err(tag) if is_token(name) => tag,
        Err(_) => return None,
    };
    if matches!(value, [b' ', ..] | [.., b' ']) {
        return None;
    }
    Some(UsualLine { tag, name_len: name.len(), value_len: value.len(), rest })
}

/// Whether a line has begun that cannot be the empty one.
fn is_begun(line: &[u8]) -> bool {
    !matches!(line, [] | [b'\r'])
}
