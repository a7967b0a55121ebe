//! Ratoon's map, filled in bulk or one by one.

use ratoon_header_map::{HeaderMap, header};

use super::adapter::{AnyMap, sum_over_known};
use super::sets::Set;
use crate::harness::Kind;

/// Filled with `extend_from_httparse`.
#[derive(Debug)]
pub(super) struct Bulk(HeaderMap);

/// Filled with `append`.
#[derive(Debug)]
pub(super) struct Each(HeaderMap);

macro_rules! ratoon {
    ($type:ident, $name:literal, |$map:ident, $set:ident| $fill:expr) => {
        impl AnyMap for $type {
            const NAME: &'static str = $name;
            const KIND: Kind = Kind::Ratoon;

            fn with_room_for(set: &Set) -> Self {
                $type(HeaderMap::with_capacity(set.headers.len(), set.line_bytes()))
            }

            fn cold() -> Self {
                $type(HeaderMap::default())
            }

            #[inline]
            fn fill(&mut self, $set: &Set) {
                let $map = &mut self.0;
                $fill
            }

            #[inline]
            fn get_known(&self) -> usize {
                sum_over_known!(|name| self.0.get(name).map_or(0, |value| value.len()))
            }

            #[inline]
            fn get_str(&self, name: &str) -> Option<&[u8]> {
                Some(self.0.get(name)?.as_bytes())
            }

            #[inline]
            fn iterate(&self) -> usize {
                self.0.iter().map(|(name, value)| name.as_bytes().len() + value.len()).sum()
            }

            #[inline]
            fn serialise(&self, out: &mut Vec<u8>) {
                self.0.write_to(out).expect("a vector grows");
            }

            #[inline]
            fn clear(&mut self) {
                self.0.clear();
            }
        }
    };
}

ratoon!(Bulk, "ratoon (bulk)", |map, set| {
    map.extend_from_httparse(set.block, &set.headers).expect("recorded headers are valid")
});

ratoon!(Each, "ratoon (one by one)", |map, set| {
    for header in &set.headers {
        map.append(header.name, header.value).expect("recorded headers are valid");
    }
});
