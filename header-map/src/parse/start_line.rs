//! The first line of a message.

use super::error::{ParseError, ParseErrorKind as Kind};
use super::finder::Finder;
use super::target;
use super::{RequestHead, ResponseHead, Version};
use crate::validate::{is_control, is_token};

/// Finds the end of the start line that begins at `start`: the position of its CR, `None` if it has not
/// arrived. What stands before may be any byte but a control character.
#[inline(always)]
pub(super) fn find_end(
    finder: impl Finder,
    input: &[u8],
    start: usize,
) -> Result<Option<usize>, ParseError> {
    let mut at = start;
    loop {
        let Some(end) = finder.find_unusual(input, at) else { return Ok(None) };
        match input[end..] {
            [b'\r', b'\n', ..] => return Ok(Some(end)),
            // HTAB and obs-text may stand in a reason.
            [byte, ..] if !is_control(byte) => at = end + 1,
            [b'\r'] => return Ok(None),
            [b'\r', ..] => return Err(ParseError::new(Kind::BareCr, end)),
            [b'\n', ..] => return Err(ParseError::new(Kind::BareLf, end)),
            _ => {
                let kind = Kind::ControlInStartLine { byte: input[end] };
                return Err(ParseError::new(kind, end));
            }
        }
    }
}

/// Reads `method SP target SP version`; `start` is where the line begins in the input.
#[inline(always)]
pub(super) fn request(
    finder: impl Finder,
    line: &[u8],
    start: usize,
) -> Result<RequestHead<'_>, ParseError> {
    let fail = |kind, at: usize| ParseError::new(kind, start + at);
    let method_end = finder.find(line, 0, b' ', usize::MAX).unwrap_or(line.len());
    let (method, rest) = line.split_at(method_end);
    if !is_token(method) || rest.is_empty() {
        return Err(fail(Kind::InvalidMethod, 0));
    }
    let target_at = method_end + 1;
    let target_end = finder.find(line, target_at, b' ', usize::MAX).unwrap_or(line.len());
    let target = &line[target_at..target_end];
    target::check(method, target).map_err(|at| fail(Kind::InvalidTarget, target_at + at))?;
    let version = line.get(target_end + 1..).and_then(Version::from_bytes);
    let version_at = line.len().min(target_end + 1);
    let version = version.ok_or_else(|| fail(Kind::InvalidVersion, version_at))?;
    let method = core::str::from_utf8(method).map_err(|_| fail(Kind::InvalidMethod, 0))?;
    let target = core::str::from_utf8(target).map_err(|_| fail(Kind::InvalidTarget, target_at))?;
    Ok(RequestHead { method, target, version })
}

/// Reads `version SP status [SP reason]`; `start` is where the line begins in the input.
///
/// RFC 9112 requires the second space even before an empty reason. Servers leave it out, and nothing
/// can be read in two ways then.
pub(super) fn response(line: &[u8], start: usize) -> Result<ResponseHead<'_>, ParseError> {
    const STATUS: usize = b"HTTP/1.1 ".len();
    let version = line.get(..STATUS).and_then(|part| part.strip_suffix(b" "));
    let Some(version) = version.and_then(Version::from_bytes) else {
        return Err(ParseError::new(Kind::InvalidVersion, start));
    };
    let (status, reason) = match line[STATUS..] {
        [a, b, c] => ([a, b, c], &b""[..]),
        [a, b, c, b' ', ref reason @ ..] => ([a, b, c], reason),
        _ => return Err(ParseError::new(Kind::InvalidStatus, start + STATUS)),
    };
    if !status.iter().all(u8::is_ascii_digit) || status[0] == b'0' {
        return Err(ParseError::new(Kind::InvalidStatus, start + STATUS));
    }
    let status = status.iter().fold(0, |sum, digit| 10 * sum + u16::from(digit - b'0'));
    Ok(ResponseHead { version, status, reason })
}
