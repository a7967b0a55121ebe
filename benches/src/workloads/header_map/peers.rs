//! The published maps, each in its best ways, and what stands in for a map.

use std::collections::HashMap;
use std::mem;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::adapter::{AnyMap, NAMES, Visitor, write_line};
use super::sets::Set;
use crate::harness::Kind;

/// Visits all peers and the naive maps.
pub(super) fn visit(visitor: &mut impl Visitor) {
    visitor.visit::<Http<FRESH>>();
    visitor.visit::<Http<REUSED>>();
    visitor.visit::<Http<SHARED>>();
    visitor.visit::<actix_http::header::HeaderMap>();
    visitor.visit::<Vec<httparse::Header<'static>>>();
    visitor.visit::<Strings<false>>();
    visitor.visit::<Strings<true>>();
}

const FRESH: u8 = 0;
const REUSED: u8 = 1;
const SHARED: u8 = 2;

/// `http::HeaderMap`: made anew with capacity for each message, reused, or reused with values that
/// share the read buffer.
#[derive(Debug)]
pub(super) struct Http<const WAY: u8>(HeaderMap);

impl<const WAY: u8> AnyMap for Http<WAY> {
    const NAME: &'static str = match WAY {
        FRESH => "http (fresh)",
        REUSED => "http (reused)",
        _ => "http (shared values)",
    };
    const KIND: Kind = Kind::Peer;

    fn with_room_for(set: &Set) -> Self {
        Http(HeaderMap::with_capacity(set.headers.len()))
    }

    fn cold() -> Self {
        Http(HeaderMap::new())
    }

    #[inline]
    fn fill(&mut self, set: &Set) {
        if WAY == FRESH && self.0.capacity() == 0 {
            self.0.reserve(set.headers.len());
        }
        for header in &set.headers {
            let name = HeaderName::from_bytes(header.name.as_bytes()).expect("a valid name");
            let value = if WAY == SHARED {
                HeaderValue::from_maybe_shared(set.shared.slice_ref(header.value))
            } else {
                HeaderValue::from_bytes(header.value)
            };
            self.0.append(name, value.expect("a valid value"));
        }
    }

    #[inline]
    fn get_known(&self) -> usize {
        KNOWN.iter().map(|name| self.0.get(name).map_or(0, HeaderValue::len)).sum()
    }

    #[inline]
    fn get_str(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(HeaderValue::as_bytes)
    }

    #[inline]
    fn iterate(&self) -> usize {
        self.0.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
    }

    #[inline]
    fn serialise(&self, out: &mut Vec<u8>) {
        for (name, value) in &self.0 {
            write_line(out, name.as_str().as_bytes(), value.as_bytes());
        }
    }

    #[inline]
    fn clear(&mut self) {
        if WAY == FRESH {
            self.0 = HeaderMap::new();
        } else {
            self.0.clear();
        }
    }
}

/// The names of [`NAMES`] as statics, which is faster than constants: those are made anew for each
/// look-up.
static KNOWN: [HeaderName; 12] = [
    header::HOST,
    header::USER_AGENT,
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::ACCEPT_LANGUAGE,
    header::COOKIE,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::AUTHORIZATION,
    header::REFERER,
    header::ORIGIN,
    header::CONNECTION,
];

/// What httparse gives, kept and scanned: nothing is owned, nothing is validated again.
impl AnyMap for Vec<httparse::Header<'static>> {
    const NAME: &'static str = "Vec<httparse::Header> (borrowed)";
    const KIND: Kind = Kind::Peer;

    fn with_room_for(set: &Set) -> Self {
        Vec::with_capacity(set.headers.len())
    }

    fn cold() -> Self {
        Vec::new()
    }

    #[inline]
    fn fill(&mut self, set: &Set) {
        self.extend_from_slice(&set.headers);
    }

    #[inline]
    fn get_known(&self) -> usize {
        NAMES.iter().map(|name| self.get_str(name).map_or(0, <[u8]>::len)).sum()
    }

    #[inline]
    fn get_str(&self, name: &str) -> Option<&[u8]> {
        Some(self.iter().find(|header| header.name.eq_ignore_ascii_case(name))?.value)
    }

    #[inline]
    fn iterate(&self) -> usize {
        self.iter().map(|header| header.name.len() + header.value.len()).sum()
    }

    #[inline]
    fn serialise(&self, out: &mut Vec<u8>) {
        for header in self {
            write_line(out, header.name.as_bytes(), header.value);
        }
    }

    #[inline]
    fn clear(&mut self) {
        self.clear();
    }
}

/// GoFarm's map: strings in vectors in a hash map, grown from empty or made with capacity, anew for
/// each message.
#[derive(Debug)]
pub(super) struct Strings<const PRESIZED: bool>(HashMap<String, Vec<String>>);

impl<const PRESIZED: bool> AnyMap for Strings<PRESIZED> {
    const NAME: &'static str = if PRESIZED {
        "HashMap<String, Vec<String>> (with capacity)"
    } else {
        "HashMap<String, Vec<String>> (from empty)"
    };
    const KIND: Kind = Kind::Malloc;

    fn with_room_for(_: &Set) -> Self {
        Strings(HashMap::new())
    }

    fn cold() -> Self {
        Strings(HashMap::new())
    }

    #[inline]
    fn fill(&mut self, set: &Set) {
        if PRESIZED && self.0.capacity() == 0 {
            self.0.reserve(set.headers.len());
        }
        for header in &set.headers {
            let value = str::from_utf8(header.value).expect("recorded values are text").to_owned();
            self.0.entry(header.name.to_ascii_lowercase()).or_default().push(value);
        }
    }

    #[inline]
    fn get_known(&self) -> usize {
        NAMES.iter().map(|name| self.get_str(name).map_or(0, <[u8]>::len)).sum()
    }

    #[inline]
    fn get_str(&self, name: &str) -> Option<&[u8]> {
        Some(self.0.get(name)?.first()?.as_bytes())
    }

    #[inline]
    fn iterate(&self) -> usize {
        let lens = |(name, values): (&String, &Vec<String>)| {
            values.iter().map(|value| name.len() + value.len()).sum::<usize>()
        };
        self.0.iter().map(lens).sum()
    }

    #[inline]
    fn serialise(&self, out: &mut Vec<u8>) {
        for (name, values) in &self.0 {
            for value in values {
                write_line(out, name.as_bytes(), value.as_bytes());
            }
        }
    }

    #[inline]
    fn clear(&mut self) {
        drop(mem::take(&mut self.0));
    }
}
