//! One line of a header section, byte by byte.
//!
//! The loop in [`lines`](super::lines) passes usual lines itself. Every other line comes here: this is the
//! one place that decides what is refused and why.

use core::ops::Range;

use super::error::{ParseError, ParseErrorKind as Kind};
use crate::error::{Error, NameExcerpt};
use crate::validate::{MAX_NAME_LEN, is_control, is_token_byte};

/// What stands at the start of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A header. The value is without the white space around it.
    Header { name: Range<usize>, value: Range<usize>, next: usize },
    /// The empty line that ends the section.
    End { next: usize },
    /// The line has not arrived yet, and what has is no error.
    Partial,
}

/// Reads the line at `at`. The lines between `start` and `at` have been read.
#[cold]
#[inline(never)]
pub(super) fn read_line(input: &[u8], at: usize, start: usize) -> Result<Line, ParseError> {
    let fail = |kind, at| Err(ParseError::new(kind, at));
    match input[at..] {
        [] | [b'\r'] => return Ok(Line::Partial),
        [b'\r', b'\n', ..] => return Ok(Line::End { next: at + 2 }),
        [b' ' | b'\t', ..] => {
            return match input[start..at].strip_suffix(b"\n") {
                Some(before) => {
                    let line =
                        before.iter().rposition(|byte| *byte == b'\n').map_or(0, |lf| lf + 1);
                    fail(Kind::LineFolding { name: name_at(before, line) }, at)
                }
                None => fail(Kind::WhitespaceBeforeFirstHeader, at),
            };
        }
        _ => {}
    }
    let Some(colon) = position(input, at, |byte| !is_token_byte(byte)) else {
        return Ok(Line::Partial);
    };
    let name = at..colon;
    let excerpt = || NameExcerpt::new(&input[name.clone()]);
    match input[colon..] {
        [b':', ..] if colon == at => return fail(Kind::EmptyName, at),
        [b':', ..] if name.len() > MAX_NAME_LEN => {
            return fail(Kind::Map(Error::invalid_name(&input[name])), at);
        }
        [b':', ..] => {}
        [b'\r'] => return Ok(Line::Partial),
        [b'\r', b'\n', ..] => return fail(Kind::MissingColon { name: excerpt() }, colon),
        [b'\r', ..] => return fail(Kind::BareCr, colon),
        [b'\n', ..] => return fail(Kind::BareLf, colon),
        [b' ' | b'\t', ..] => return fail(Kind::WhitespaceBeforeColon { name: excerpt() }, colon),
        _ => return fail(Kind::InvalidName { name: excerpt(), byte: input[colon] }, colon),
    }
    let Some(end) = position(input, colon + 1, is_control) else { return Ok(Line::Partial) };
    match input[end..] {
        [b'\r'] => Ok(Line::Partial),
        [b'\r', b'\n', ..] => {
            let value = trimmed(input, colon + 1..end);
            Ok(Line::Header { name, value, next: end + 2 })
        }
        [b'\r', ..] => fail(Kind::BareCr, end),
        [b'\n', ..] => fail(Kind::BareLf, end),
        _ => fail(Kind::InvalidValue { name: excerpt(), byte: input[end] }, end),
    }
}

/// Position of the first byte at or after `at` for which `is_it` holds.
fn position(input: &[u8], at: usize, is_it: impl Fn(u8) -> bool) -> Option<usize> {
    input[at..].iter().position(|byte| is_it(*byte)).map(|distance| at + distance)
}

/// A range without the spaces and tabs at its ends.
fn trimmed(input: &[u8], mut range: Range<usize>) -> Range<usize> {
    while !range.is_empty() && matches!(input[range.start], b' ' | b'\t') {
        range.start += 1;
    }
    while !range.is_empty() && matches!(input[range.end - 1], b' ' | b'\t') {
        range.end -= 1;
    }
    range
}

/// As much of the name at `at` as there is.
pub(super) fn name_at(input: &[u8], at: usize) -> NameExcerpt {
    let end = position(input, at, |byte| !is_token_byte(byte)).unwrap_or(input.len());
    NameExcerpt::new(&input[at..end])
}
