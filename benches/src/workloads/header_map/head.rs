//! A header block from the read buffer: parsed, looked up in, forgotten.

use std::hint::black_box;

use http::header::{HeaderName, HeaderValue};
use httparse::{EMPTY_HEADER, Header, Status};
use ratoon_header_map::{HeaderMap, Parsed, Progress};

use super::adapter::sum_over_known;
use super::sets::Set;
use crate::harness::{Kind, Subject};

/// `httparse`, and then bulk ingest.
pub(super) const INGEST: &str = "httparse, ratoon (bulk)";
/// `httparse`, and then a reused map of `http` with values that share the read buffer.
pub(super) const HTTP: &str = "httparse, http (reused, shared)";

/// The ways from bytes to a map that is ready.
pub(super) fn subjects(set: fn() -> Set) -> Vec<Subject> {
    let make = |set: &Set| HeaderMap::with_capacity(set.headers.len(), set.line_bytes());
    let (fused, ingested, shared) = (set(), set(), set());
    let mut map = make(&fused);
    let mut ingest = make(&ingested);
    let mut http = http::HeaderMap::with_capacity(shared.headers.len());
    vec![
        Subject::new("ratoon (parse)", Kind::Ratoon, move |_| {
            let block = black_box(fused.block);
            let parsed = map.parse_block(block, &mut Progress::new());
            assert!(matches!(parsed, Ok(Parsed::Complete { .. })), "a recorded block is valid");
            let sum = ratoon_sum(&map);
            map.clear();
            sum
        }),
        Subject::new(INGEST, Kind::Baseline, move |_| {
            let mut lines = [EMPTY_HEADER; 64];
            let block = black_box(ingested.block);
            ingest.extend_from_httparse(block, parse(block, &mut lines)).expect("valid lines");
            let sum = ratoon_sum(&ingest);
            ingest.clear();
            sum
        }),
        Subject::new(HTTP, Kind::Peer, move |_| {
            let mut lines = [EMPTY_HEADER; 64];
            for line in parse(black_box(&shared.shared), &mut lines) {
                let name = HeaderName::from_bytes(line.name.as_bytes()).expect("a valid name");
                let value = HeaderValue::from_maybe_shared(shared.shared.slice_ref(line.value));
                http.append(name, value.expect("a valid value"));
            }
            let sum = {
                use http::header;
                sum_over_known!(|name| http.get(name).map_or(0, HeaderValue::len))
            };
            http.clear();
            sum as u64
        }),
    ]
}

fn parse<'h, 'b>(block: &'b [u8], lines: &'h mut [Header<'b>]) -> &'h [Header<'b>] {
    match httparse::parse_headers(block, lines) {
        Ok(Status::Complete((_, lines))) => lines,
        other => panic!("a recorded block does not parse: {other:?}"),
    }
}

#[inline]
fn ratoon_sum(map: &HeaderMap) -> u64 {
    use ratoon_header_map::header;
    sum_over_known!(|name| map.get(name).map_or(0, |value| value.len())) as u64
}
