//! How far the search for the end of a head has come.

use crate::limits::Limits;
use crate::scan::{LANES, lanes_equal};

/// How far the search for the end of a head has come, for heads that arrive in parts.
///
/// Keep one for each connection, and hand it to each call for the same head. It is only a hint: the whole
/// head is checked when it is complete, in whatever buffer it lies then. A head that comes byte by byte
/// costs a few scans, not one for each byte. When a call returns a head or an error, the progress is new
/// again. Make a new one if you give a head up before that: the old one may take the next head for partial,
/// although it is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes in which no end was found.
    searched: usize,
    /// Bytes there were when the head was last parsed from its start. Parsing again whenever there are
    /// twice as many finds errors early, and costs at most two more scans in all.
    parsed: usize,
    /// Line ends that may follow before a line could be one too many.
    lines_left: usize,
    /// With this number of bytes, the head is beyond a limit unless it is complete.
    full_at: usize,
}

impl Progress {
    /// Nothing was searched yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { searched: 0, parsed: 0, lines_left: 0, full_at: 0 }
    }

    /// Whether the head may be complete or refused, so that it has to be parsed. Otherwise it is partial.
    pub(super) fn must_parse(&mut self, input: &[u8]) -> bool {
        if input.len() < self.searched
            || input.len() >= self.full_at
            || input.len() / 2 >= self.parsed
        {
            return true;
        }
        let mut at = self.searched;
        while let Some(lf) = next_lf(input, at) {
            // An empty line, a bare LF, or maybe one line too many.
            if self.lines_left == 0 || !is_ordinary_end(&input[..lf]) {
                return true;
            }
            self.lines_left -= 1;
            at = lf + 1;
        }
        self.searched = input.len();
        false
    }

    /// Notes that the input is partial: in the start line, which begins at `start`.
    pub(super) fn in_start_line(&mut self, input: &[u8], start: usize, limits: &Limits) {
        let full_at = start.saturating_add(limits.start_line).saturating_add(2);
        *self = Self { searched: input.len(), parsed: input.len().max(1), lines_left: 0, full_at };
    }

    /// Notes that the input is partial: in the header section, which begins at `start`. From the last
    /// line on that has begun, `lines` are allowed; in all, `bytes`.
    pub(super) fn in_section(&mut self, input: &[u8], start: usize, lines: usize, bytes: usize) {
        let full_at = start.saturating_add(bytes).saturating_add(2);
        // Without a line left, nothing but the empty line may come: the next byte decides.
        let full_at = if lines == 0 { full_at.min(input.len() + 1) } else { full_at };
        *self = Self {
            searched: input.len(),
            parsed: input.len().max(1),
            lines_left: lines.saturating_sub(1),
            full_at,
        };
    }
}

/// Whether what precedes an LF ends in CR, and that does not follow an LF: a line that is not empty.
fn is_ordinary_end(before: &[u8]) -> bool {
    matches!(before, [.., last, b'\r'] if *last != b'\n')
}

/// Position of the next LF.
fn next_lf(input: &[u8], mut at: usize) -> Option<usize> {
    while let Some(group) = input[at..].first_chunk::<LANES>() {
        let found = lanes_equal(group, b'\n');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        at += LANES;
    }
    input[at..].iter().position(|byte| *byte == b'\n').map(|distance| at + distance)
}
