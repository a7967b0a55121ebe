//! The map of actix-http, which is built on an older `http` than the peer of that name.

use actix_http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::adapter::{AnyMap, sum_over_known, write_line};
use super::sets::Set;
use crate::harness::Kind;

impl AnyMap for HeaderMap {
    const NAME: &'static str = "actix-http";
    const KIND: Kind = Kind::Peer;

    fn with_room_for(set: &Set) -> Self {
        HeaderMap::with_capacity(set.headers.len())
    }

    fn cold() -> Self {
        HeaderMap::new()
    }

    #[inline]
    fn fill(&mut self, set: &Set) {
        for header in &set.headers {
            let name = HeaderName::from_bytes(header.name.as_bytes()).expect("a valid name");
            let value = HeaderValue::from_maybe_shared(set.shared.slice_ref(header.value));
            self.append(name, value.expect("a valid value"));
        }
    }

    #[inline]
    fn get_known(&self) -> usize {
        sum_over_known!(|name| self.get(name).map_or(0, HeaderValue::len))
    }

    #[inline]
    fn get_str(&self, name: &str) -> Option<&[u8]> {
        self.get(name).map(HeaderValue::as_bytes)
    }

    #[inline]
    fn iterate(&self) -> usize {
        self.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
    }

    #[inline]
    fn serialise(&self, out: &mut Vec<u8>) {
        for (name, value) in self {
            write_line(out, name.as_str().as_bytes(), value.as_bytes());
        }
    }

    #[inline]
    fn clear(&mut self) {
        self.clear();
    }
}
