//! Where in a file an expression stands.

use std::ops::Range;

/// An expression and as much of what stands around it as makes it the only one: `before «expression»
/// after`. How it is broken into lines does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub &'static str);

impl Place {
    /// The expression in `text`; an error if it does not stand there exactly once.
    pub(crate) fn find(self, text: &str) -> Result<Range<usize>, String> {
        let (before, rest) = self.0.split_once('«').ok_or("no «expression» is marked")?;
        let (expression, after) = rest.split_once('»').ok_or("no «expression» is marked")?;
        let whole = [before, expression, after].concat();
        let [start] = starts(text, &whole)[..] else {
            return Err(format!("does not stand there exactly once: {}", self.0));
        };
        let start = skip(text, start, before);
        // The expression begins where the space behind what precedes it ends.
        let start = start + (text[start..].len() - text[start..].trim_start().len());
        Ok(start..skip(text, start, expression))
    }
}

/// Where `wanted` begins in `text`, at the beginning of a word.
fn starts(text: &str, wanted: &str) -> Vec<usize> {
    let mut before = ' ';
    let mut found = Vec::new();
    for (start, first) in text.char_indices() {
        let inside_a_word = is_of_a_word(before) && is_of_a_word(first);
        if !first.is_whitespace() && !inside_a_word && stands_at(text, start, wanted) {
            found.push(start);
        }
        before = first;
    }
    found
}

fn is_of_a_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

fn stands_at(text: &str, start: usize, wanted: &str) -> bool {
    let mut rest = text[start..].chars().filter(|it| !it.is_whitespace());
    wanted.chars().filter(|it| !it.is_whitespace()).all(|it| rest.next() == Some(it))
}

/// The end of `wanted`, which stands in `text` at `start`.
fn skip(text: &str, start: usize, wanted: &str) -> usize {
    let length = wanted.chars().filter(|it| !it.is_whitespace()).count();
    let mut visible = text[start..].char_indices().filter(|(_, it)| !it.is_whitespace());
    match length.checked_sub(1).and_then(|last| visible.nth(last)) {
        Some((at, last)) => start + at + last.len_utf8(),
        None => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expression_across_lines() {
        assert_eq!(Place("«b(c).d()»").find("a.b(c)\n    .d();"), Ok(2..15));
        assert_eq!(Place("let x = «a» + b;").find("let x =\n    a + b;"), Ok(12..13));
    }

    #[test]
    fn expression_in_context() {
        let text = "f(lock()); g(lock());";
        assert!(Place("«lock()»").find(text).is_err());
        assert_eq!(Place("g(«lock()»)").find(text), Ok(13..19));
    }

    #[test]
    fn word_not_within_another() {
        assert_eq!(Place("«n == 0»").find("len == 0 || n == 0"), Ok(12..18));
    }

    #[test]
    fn nothing_marked() {
        assert!(Place("lock()").find("lock()").is_err());
    }
}
