//! A whole head: start line, header section, what they owe each other.

use super::error::{ParseError, ParseErrorKind as Kind};
use super::finder::{Finder, Lanes};
use super::line::{Line, name_at, read_line};
use super::lines::{Outcome, append_lines};
use super::{Parsed, Progress, RequestHead, ResponseHead, Version, start_line, target};
use crate::error::Error;
use crate::limits::Limits;
use crate::map::HeaderMap;
use crate::name::known::header;

/// What differs between requests, responses and blocks.
pub(super) trait Message {
    type Head<'a>;

    /// Whether the map must have no lines before.
    const IS_WHOLE: bool = true;

    /// Bytes of an empty line before the start line that is passed over.
    fn skip(_input: &[u8]) -> Result<usize, ParseError> {
        Ok(0)
    }

    /// Reads the start line from `start` on; says where the section begins, or `None` if the line is
    /// partial.
    fn start_line<'a>(
        finder: impl Finder,
        input: &'a [u8],
        start: usize,
    ) -> Result<Option<(Self::Head<'a>, usize)>, ParseError>;

    /// What the header lines owe the start line. `end` is where the head ends.
    fn check(_head: &Self::Head<'_>, _map: &HeaderMap, _end: usize) -> Result<(), ParseError> {
        Ok(())
    }
}

pub(super) struct Request;
pub(super) struct Response;
pub(super) struct Block;

impl Message for Request {
    type Head<'a> = RequestHead<'a>;

    #[inline(always)]
    fn skip(input: &[u8]) -> Result<usize, ParseError> {
        match input {
            [b'\r', b'\n', b'\r' | b'\n', ..] => Err(ParseError::new(Kind::EmptyLine, 2)),
            [b'\r', b'\n', ..] => Ok(2),
            _ => Ok(0),
        }
    }

    #[inline(always)]
    fn start_line<'a>(
        finder: impl Finder,
        input: &'a [u8],
        start: usize,
    ) -> Result<Option<(Self::Head<'a>, usize)>, ParseError> {
        let Some(end) = start_line::find_end(finder, input, start)? else { return Ok(None) };
        let head = start_line::request(finder, &input[start..end], start)?;
        Ok(Some((head, end + 2)))
    }

    #[inline(always)]
    fn check(head: &RequestHead<'_>, map: &HeaderMap, end: usize) -> Result<(), ParseError> {
        let (host, storage) = (header::HOST.key(), &map.storage);
        let kind = match storage.first(host.tag) {
            Some(first) if storage.find(host, first + 1..storage.len()).is_some() => {
                Kind::SeveralHosts
            }
            Some(first) if target::is_host(storage.value(first).as_bytes()) => return Ok(()),
            Some(_) => Kind::InvalidHost,
            None if head.version == Version::Http10 => return Ok(()),
            None => Kind::MissingHost,
        };
        Err(ParseError::new(kind, end))
    }
}

impl Message for Response {
    type Head<'a> = ResponseHead<'a>;

    #[inline(always)]
    fn start_line<'a>(
        finder: impl Finder,
        input: &'a [u8],
        start: usize,
    ) -> Result<Option<(Self::Head<'a>, usize)>, ParseError> {
        let Some(end) = start_line::find_end(finder, input, start)? else { return Ok(None) };
        let head = start_line::response(&input[start..end], start)?;
        Ok(Some((head, end + 2)))
    }
}

impl Message for Block {
    type Head<'a> = ();

    const IS_WHOLE: bool = false;

    #[inline(always)]
    fn start_line(
        _: impl Finder,
        _: &[u8],
        start: usize,
    ) -> Result<Option<((), usize)>, ParseError> {
        Ok(Some(((), start)))
    }
}

/// Parses a message with the widest instructions there are.
pub(super) fn parse<'a, M: Message>(
    map: &mut HeaderMap,
    input: &'a [u8],
    progress: &mut Progress,
) -> Result<Parsed<M::Head<'a>>, ParseError> {
    if M::IS_WHOLE && !map.is_empty() {
        *progress = Progress::new();
        return Err(ParseError::new(Kind::MapNotEmpty, 0));
    }
    if !progress.must_parse(input) {
        return Ok(Parsed::Partial);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = super::finder::Avx2::detect() {
        return wide::parse::<M>(avx2, map, input, progress);
    }
    parse_with::<M>(Lanes, map, input, progress)
}

#[cfg(target_arch = "x86_64")]
mod wide {
    #![expect(unsafe_code, reason = "instructions that were detected when the program runs")]

    use super::super::finder::Avx2;
    use super::{HeaderMap, Message, ParseError, Parsed, Progress, parse_with};

    #[inline]
    pub(super) fn parse<'a, M: Message>(
        avx2: Avx2,
        map: &mut HeaderMap,
        input: &'a [u8],
        progress: &mut Progress,
    ) -> Result<Parsed<M::Head<'a>>, ParseError> {
        // SAFETY: rule 1 of `finder`: there is an `Avx2`, so the processor has it.
        unsafe { parse_avx2::<M>(avx2, map, input, progress) }
    }

    /// All that is inlined here may use AVX2.
    ///
    /// # Safety
    ///
    /// The processor has AVX2.
    #[target_feature(enable = "avx2")]
    unsafe fn parse_avx2<'a, M: Message>(
        avx2: Avx2,
        map: &mut HeaderMap,
        input: &'a [u8],
        progress: &mut Progress,
    ) -> Result<Parsed<M::Head<'a>>, ParseError> {
        parse_with::<M>(avx2, map, input, progress)
    }
}

#[inline(always)]
pub(super) fn parse_with<'a, M: Message>(
    finder: impl Finder,
    map: &mut HeaderMap,
    input: &'a [u8],
    progress: &mut Progress,
) -> Result<Parsed<M::Head<'a>>, ParseError> {
    let result = parse_all::<M>(finder, map, input, progress);
    if !matches!(result, Ok(Parsed::Partial)) {
        *progress = Progress::new();
    }
    result
}

/// Parses from the start, whatever was searched before.
#[inline(always)]
fn parse_all<'a, M: Message>(
    finder: impl Finder,
    map: &mut HeaderMap,
    input: &'a [u8],
    progress: &mut Progress,
) -> Result<Parsed<M::Head<'a>>, ParseError> {
    let start = M::skip(input)?;
    let limit = map.limits.start_line;
    let whole = &input[..input.len().min(start.saturating_add(limit).saturating_add(2))];
    let Some((head, section)) = M::start_line(finder, whole, start)? else {
        return start_line_is_partial(input, whole, start, &map.limits, progress);
    };
    let before = map.storage.checkpoint();
    let Some(len) = append_section(finder, map, input, section, progress)? else {
        return Ok(Parsed::Partial);
    };
    if let Err(error) = M::check(&head, map, len) {
        map.storage.roll_back(before);
        return Err(error);
    }
    Ok(Parsed::Complete { head, len })
}

/// Notes that the start line has not arrived, or refuses it for being too long.
#[cold]
fn start_line_is_partial<T>(
    input: &[u8],
    whole: &[u8],
    start: usize,
    limits: &Limits,
    progress: &mut Progress,
) -> Result<Parsed<T>, ParseError> {
    let limit = limits.start_line;
    if whole.len() >= start.saturating_add(limit).saturating_add(2) {
        return Err(ParseError::new(Kind::StartLineTooLong { limit }, start + limit));
    }
    progress.in_start_line(input, start, limits);
    Ok(Parsed::Partial)
}

/// Appends the header section from `start` on; returns where it ends, `None` if it is partial.
#[inline(always)]
fn append_section(
    finder: impl Finder,
    map: &mut HeaderMap,
    input: &[u8],
    start: usize,
    progress: &mut Progress,
) -> Result<Option<usize>, ParseError> {
    let max_lines = map.limits.headers.saturating_sub(map.len());
    let max_bytes = map.limits.bytes.saturating_sub(map.byte_len());
    // Neither as it arrives nor as it is written may the section exceed the limit.
    let full_at = start.saturating_add(max_bytes).saturating_add(2);
    let input = &input[..input.len().min(full_at)];
    loop {
        // Settles what a drain has left.
        map.make_room(0, 0).map_err(|error| ParseError::new(Kind::Map(error), start))?;
        let mut batch = map.storage.batch().within(max_lines, max_bytes);
        match append_lines(finder, input, start, max_lines, &mut batch)? {
            Outcome::End(end) => {
                batch.commit();
                return Ok(Some(end));
            }
            Outcome::Partial(line) if input.len() == full_at => {
                drop(batch);
                return Err(too_many_bytes(map, input, start, line));
            }
            Outcome::Partial(_) => {
                let lines = max_lines - batch.lines();
                progress.in_section(input, start, lines, max_bytes);
                return Ok(None);
            }
            Outcome::Full(line) => {
                let taken = (batch.lines(), batch.bytes());
                drop(batch);
                find_room(map, input, (start, line), taken, (max_lines, max_bytes))?;
            }
        }
    }
}

/// Makes room for a section from `start` on, of which the line at `line` had none; or refuses that line
/// because it is beyond a limit.
#[cold]
fn find_room(
    map: &mut HeaderMap,
    input: &[u8],
    (start, line): (usize, usize),
    (lines, bytes): (usize, usize),
    (max_lines, max_bytes): (usize, usize),
) -> Result<(), ParseError> {
    if lines == max_lines {
        let error = Error::TooManyHeaders { name: name_at(input, line), limit: map.limits.headers };
        return Err(ParseError::new(Kind::Map(error), line));
    }
    let Ok(Line::Header { name, value, .. }) = read_line(input, line, line) else {
        return Err(too_many_bytes(map, input, start, line));
    };
    let with_line = bytes + name.len() + value.len() + crate::storage::LINE_OVERHEAD;
    if with_line > max_bytes {
        let (bytes, limit) = (map.byte_len() + with_line, map.limits.bytes);
        let error = Error::TooManyBytes { name: name_at(input, line), bytes, limit };
        return Err(ParseError::new(Kind::Map(error), line));
    }
    // A line may lack the space after the colon: it grows by a byte.
    let section = &input[start..];
    let len =
        section.windows(4).position(|end| end == b"\r\n\r\n").map_or(section.len(), |at| at + 2);
    let count = section[..len].iter().filter(|byte| **byte == b'\n').count();
    let lines = count.max(lines + 1).min(max_lines);
    let bytes = (len + count).max(with_line).min(max_bytes);
    map.make_room(lines, bytes).map_err(|error| ParseError::new(Kind::Map(error), start))
}

/// The error for a section that is beyond the limit on bytes before it ends.
#[cold]
fn too_many_bytes(map: &HeaderMap, input: &[u8], start: usize, line: usize) -> ParseError {
    let (bytes, limit) = (map.byte_len() + input.len() - start, map.limits.bytes);
    let error = Error::TooManyBytes { name: name_at(input, line), bytes, limit };
    ParseError::new(Kind::Map(error), line)
}

#[cfg(test)]
mod tests;
