//! Any bytes as a header block, and as a name and a value.
//!
//! Shared by the tests and the fuzz target.

use ratoon_header_map::HeaderMap;

use super::strict::{Lines, strict};

/// Whatever a parser lets pass: the map takes what `http` would, and what it serialises is strict.
pub(crate) fn check(bytes: &[u8]) {
    check_request(bytes);
    check_folded_response(bytes);
    check_hand_made(bytes);
    check_append(bytes);
}

fn lines_of(headers: &[httparse::Header<'_>]) -> Lines {
    headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec())).collect()
}

/// Everything that must hold once a block was ingested, or refused.
fn check_ingest(block: &[u8], headers: &[httparse::Header<'_>]) {
    let mut bulk = HeaderMap::new();
    bulk.append("x-before", "kept").unwrap();
    let result = bulk.extend_from_httparse(block, headers);

    let mut single = HeaderMap::new();
    single.append("x-before", "kept").unwrap();
    let one_by_one = headers.iter().try_for_each(|line| single.append(line.name, line.value));
    if result.is_err() {
        assert_eq!(bulk.as_wire(), Some(&b"x-before: kept\r\n"[..]));
        return;
    }
    one_by_one.expect("what is taken in bulk is taken one by one");
    assert_eq!(bulk, single);
    let wire = bulk.as_wire().expect("appending leaves no gaps");
    assert_eq!(Some(wire), single.as_wire());
    let mut expected = lines_of(headers);
    expected.insert(0, ("x-before".into(), b"kept".to_vec()));
    assert_eq!(strict(wire), Some(expected));
}

fn check_request(bytes: &[u8]) {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let Ok(httparse::Status::Complete((_, headers))) = httparse::parse_headers(bytes, &mut headers)
    else {
        return;
    };
    check_ingest(bytes, headers);
    // What httparse takes, http takes, and so does a map (up to its limits).
    let mut map = HeaderMap::new();
    let is_taken = map.extend_from_httparse(bytes, headers).is_ok();
    let is_valid = headers.iter().all(|header| {
        http::HeaderName::from_bytes(header.name.as_bytes()).is_ok()
            && http::HeaderValue::from_bytes(header.value).is_ok()
    });
    assert!(is_valid || !is_taken);
    assert!(is_taken || !is_valid || bytes.len() > 16_000);
    if !is_taken {
        return;
    }
    // parse(serialise(map)) == map
    let wire = [map.as_wire().unwrap(), b"\r\n"].concat();
    let mut again = [httparse::EMPTY_HEADER; 100];
    let (_, again) = httparse::parse_headers(&wire, &mut again).unwrap().unwrap();
    assert_eq!(lines_of(again), lines_of(headers));
}

/// A response parsed with obsolete line folding: its values hold CRLF.
fn check_folded_response(bytes: &[u8]) {
    let response = [b"HTTP/1.1 200 OK\r\n", bytes].concat();
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config.allow_obsolete_multiline_headers_in_responses(true);
    config.allow_spaces_after_header_name_in_responses(true);
    if let Ok(httparse::Status::Complete(_)) = config.parse_response(&mut parsed, &response) {
        check_ingest(&response, parsed.headers);
    }
}

/// Headers that no parser made: slices of the block at positions that the bytes choose.
fn check_hand_made(bytes: &[u8]) {
    let Some((choices, block)) = bytes.split_at_checked(8) else { return };
    let part = |from: u8, len: u8| {
        let from = usize::from(from).min(block.len());
        &block[from..(from + usize::from(len % 16)).min(block.len())]
    };
    let mut headers = Vec::new();
    for choice in choices.chunks_exact(4) {
        let Ok(name) = std::str::from_utf8(part(choice[0], choice[1])) else { continue };
        headers.push(httparse::Header { name, value: part(choice[2], choice[3]) });
    }
    check_ingest(block, &headers);
    check_ingest(&block[..block.len() / 2], &headers);
}

/// The bytes as a name and a value: taken exactly where `http` takes them.
fn check_append(bytes: &[u8]) {
    for at in [0, 1, bytes.len() / 2, bytes.len()] {
        let Some((name, value)) = bytes.split_at_checked(at) else { continue };
        let mut map = HeaderMap::new();
        let is_valid = http::HeaderName::from_bytes(name).is_ok()
            && http::HeaderValue::from_bytes(value).is_ok();
        assert_eq!(map.append(name, value).is_ok(), is_valid && bytes.len() <= 16_000);
        if is_valid && bytes.len() <= 16_000 {
            assert_eq!(map.get(name).unwrap(), *value);
            assert!(strict(map.as_wire().unwrap()).is_some());
        }
    }
}
