//! Values that are lists: elements with commas between them, on one line or on several.
//!
//! RFC 9110, section 5.6.1: blanks around an element are no part of it, empty elements do not count, and a
//! comma in a quoted string does not separate.

use core::iter::FusedIterator;

use super::write::{check_name, check_value};
use super::{GetAll, HeaderMap};
use crate::error::{Error, NameExcerpt};
use crate::header;
use crate::name::{AsHeaderName, ResolvedKey};
use crate::value::{AsHeaderValue, Value};

/// The elements of a list. See [`HeaderMap::get_list`].
#[derive(Clone, Debug)]
pub struct ListElements<'a> {
    lines: GetAll<'a>,
    /// What is left of the line that was begun last.
    rest: Value<'a>,
}

/// What stands between the values of joined lines. See [`HeaderMap::join_lines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Separator {
    /// `, `, between the elements of a list.
    Comma,
    /// `; `, between the crumbs of `Cookie`, which HTTP/2 and HTTP/3 may send as lines of their own.
    CookieCrumbs,
}

impl HeaderMap {
    /// The elements of all lines with a name, in order: what commas separate outside of quoted strings,
    /// without the blanks around it. Empty elements are left out.
    ///
    /// A quoted string that is not closed ends with its line.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Accept", "text/html;p=\"a,b\", ,")?;
    /// map.append("Accept", "*/*")?;
    /// assert!(map.get_list(header::ACCEPT).eq(["text/html;p=\"a,b\"", "*/*"]));
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn get_list(&self, name: impl AsHeaderName) -> ListElements<'_> {
        ListElements { lines: self.get_all(name), rest: Value::new(b"", false) }
    }

    /// Whether an element of a list is `token`, whatever the case of its letters.
    ///
    /// The whole element counts: `gzip;q=0` is not `gzip`.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Connection", "Keep-Alive, Upgrade")?;
    /// assert!(map.contains_token(header::CONNECTION, "upgrade"));
    /// assert!(!map.contains_token(header::CONNECTION, "close"));
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    #[must_use]
    pub fn contains_token(&self, name: impl AsHeaderName, token: &str) -> bool {
        let token = token.as_bytes();
        self.get_list(name).any(|element| element.as_bytes().eq_ignore_ascii_case(token))
    }

    /// Adds an element to a list: extends the last line with the name, or appends one.
    ///
    /// For `X-Forwarded-For`, `Via`, `Vary`: a recipient that reads one line sees the whole list. The line
    /// stays sensitive if it was. A last line that ends within a quoted string is left alone, and the element
    /// gets a line of its own.
    ///
    /// # Errors
    ///
    /// [`Error::NotAList`] for `Set-Cookie`, `Cookie`, `Content-Length`, `Host` and `Transfer-Encoding`;
    /// [`Error::InvalidElement`] if `element` is not exactly one element, without blanks around it; and what
    /// [`append`](HeaderMap::append) says.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("X-Forwarded-For", "198.51.100.7")?;
    /// let peer: std::net::IpAddr = [203, 0, 113, 9].into();
    /// map.append_to_list(header::X_FORWARDED_FOR, peer)?;
    /// assert_eq!(map.get(header::X_FORWARDED_FOR).unwrap(), "198.51.100.7, 203.0.113.9");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn append_to_list(
        &mut self,
        name: impl AsHeaderName,
        element: impl AsHeaderValue,
    ) -> Result<(), Error> {
        self.extend_list(name.key(), element.bytes().as_ref(), element.is_sensitive())
    }

    /// Joins all lines with a name to one, in the place of the first, and returns how many there were.
    ///
    /// Empty values are left out. The line is sensitive if one of them was. Needs memory for a copy of the
    /// joined line, and no more bytes of the limit.
    ///
    /// # Errors
    ///
    /// [`Error::NotAList`] where the separator does not fit the name: [`Separator::CookieCrumbs`] is for
    /// `Cookie` alone, and [`Separator::Comma`] for the names that [`append_to_list`] takes.
    /// [`Error::OutOfMemory`].
    ///
    /// [`append_to_list`]: HeaderMap::append_to_list
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, Separator, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.try_extend([("cookie", "a=1"), ("date", "today"), ("cookie", "b=2")])?;
    /// assert_eq!(map.join_lines(header::COOKIE, Separator::CookieCrumbs)?, 2);
    /// map.compact();
    /// assert_eq!(map.as_wire().unwrap(), b"cookie: a=1; b=2\r\ndate: today\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn join_lines(
        &mut self,
        name: impl AsHeaderName,
        separator: Separator,
    ) -> Result<usize, Error> {
        self.join(name.key(), separator)
    }

    fn join(&mut self, name: ResolvedKey<'_>, separator: Separator) -> Result<usize, Error> {
        let (fits, separator): (_, &[u8]) = match separator {
            Separator::Comma => (is_list(name), b", "),
            Separator::CookieCrumbs => (name.tag == header::COOKIE.key().tag, b"; "),
        };
        if !fits {
            return Err(Error::NotAList { name: NameExcerpt::new(name.bytes) });
        }
        let Some(first) = self.first(name) else { return Ok(0) };
        let joined = self.named(first, name);
        if joined.count == 1 {
            return Ok(1);
        }
        // For the joined line behind all others, and for what the first line then grows by.
        self.make_room(1, 2 * joined.bytes)?;
        self.note_use();
        let lines = self.len();
        self.storage.push(name.tag, name.bytes, b"", false);
        let mut next = Some(first);
        while let Some(at) = next {
            if !self.storage.value(at).is_empty() {
                let is_first = self.storage.value(lines).is_empty();
                self.storage.extend_last(if is_first { b"" } else { separator });
                self.storage.extend_last_with_value_of(at);
            }
            next = self.storage.find(name, at + 1..lines);
        }
        self.storage.move_last_value_to(first, joined.is_sensitive);
        self.remove_from(first + 1, name);
        Ok(joined.count)
    }

    fn extend_list(
        &mut self,
        name: ResolvedKey<'_>,
        element: &[u8],
        is_sensitive: bool,
    ) -> Result<(), Error> {
        check_name(name)?;
        check_value(name.bytes, element)?;
        if !is_list(name) {
            return Err(Error::NotAList { name: NameExcerpt::new(name.bytes) });
        }
        let (first, rest, is_closed) = split_element(element);
        if element.is_empty() || first != element || !rest.is_empty() || !is_closed {
            return Err(Error::InvalidElement { name: NameExcerpt::new(name.bytes) });
        }
        let Some(last) = self.storage.rfind(name, self.all()) else {
            return self.append_line(name, element, is_sensitive);
        };
        let value = self.storage.value(last);
        if ends_in_quotes(value.as_bytes()) {
            return self.append_line(name, element, is_sensitive);
        }
        let separator: &[u8] = if trim(value.as_bytes()).is_empty() { b"" } else { b", " };
        let growth = separator.len() + element.len();
        let is_sensitive = is_sensitive || value.is_sensitive();
        self.check_bytes(name.bytes, self.byte_len() + growth)?;
        self.make_room(0, growth)?;
        self.storage.extend_value(last, [separator, element], is_sensitive);
        Ok(())
    }
}

/// Whether several lines of a name may be one with commas, as far as this crate knows.
fn is_list(name: ResolvedKey<'_>) -> bool {
    ![
        header::SET_COOKIE,
        header::COOKIE,
        header::CONTENT_LENGTH,
        header::HOST,
        header::TRANSFER_ENCODING,
    ]
    .iter()
    .any(|other| other.key().tag == name.tag)
}

/// The first element without the blanks around it, what follows its comma, and whether every quoted string
/// in it is closed.
fn split_element(list: &[u8]) -> (&[u8], &[u8], bool) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, byte) in list.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => return (trim(&list[..at]), &list[at + 1..], true),
            _ => {}
        }
    }
    (trim(list), b"", !is_quoted)
}

/// Whether a list ends within a quoted string.
fn ends_in_quotes(mut list: &[u8]) -> bool {
    loop {
        let (_, rest, is_closed) = split_element(list);
        if rest.is_empty() {
            return !is_closed;
        }
        list = rest;
    }
}

/// Without the blanks at both ends.
pub(super) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

impl<'a> Iterator for ListElements<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        loop {
            if self.rest.is_empty() {
                self.rest = self.lines.next()?;
            }
            let (element, rest, _) = split_element(self.rest.as_bytes());
            let is_sensitive = self.rest.is_sensitive();
            self.rest = Value::new(rest, is_sensitive);
            if !element.is_empty() {
                return Some(Value::new(element, is_sensitive));
            }
        }
    }
}

impl FusedIterator for ListElements<'_> {}
