//! Bulk ingest: never a smuggled line.

use httparse::Header;
use ratoon_header_map::{Error, HeaderMap, Limits, header};

fn ingest(block: &[u8]) -> Result<HeaderMap, Error> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let (_, headers) = httparse::parse_headers(block, &mut headers).unwrap().unwrap();
    let mut map = HeaderMap::new();
    map.extend_from_httparse(block, headers).map(|()| map)
}

fn wire(block: &[u8]) -> String {
    String::from_utf8(ingest(block).unwrap().as_wire().unwrap().to_vec()).unwrap()
}

#[test]
fn canonical_block_comes_back_as_it_was() {
    let block = b"Host: a.example\r\nX-Empty: \r\nx-own: 1\r\nACCEPT: */*\r\n\r\n";
    assert_eq!(wire(block).as_bytes(), &block[..block.len() - 2]);
    let map = ingest(block).unwrap();
    assert_eq!(map.get(header::ACCEPT).unwrap(), "*/*");
    assert_eq!(map.get("X-OWN").unwrap(), "1");
    assert_eq!(map.len(), 4);
}

#[test]
fn whole_request() {
    let request = b"GET / HTTP/1.1\r\nHost: a\r\nAccept: b\r\n\r\nbody";
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut parsed = httparse::Request::new(&mut headers);
    assert!(parsed.parse(request).unwrap().is_complete());
    let mut map = HeaderMap::new();
    map.extend_from_httparse(request, parsed.headers).unwrap();
    assert_eq!(map.as_wire(), Some(&b"Host: a\r\nAccept: b\r\n"[..]));
}

#[test]
fn lenient_lines_are_written_anew() {
    assert_eq!(wire(b"A: b\nC: d\n\n"), "A: b\r\nC: d\r\n");
    assert_eq!(wire(b"A:b\r\nC:d\r\n\r\n"), "A: b\r\nC: d\r\n");
    assert_eq!(wire(b"A:  b\r\nC:\td\r\n\r\n"), "A: b\r\nC: d\r\n");
    assert_eq!(wire(b"A: b \t\r\nC: d  \n\r\n"), "A: b\r\nC: d\r\n");
    assert_eq!(wire(b"A:\r\nB: \nC:  \r\n\r\n"), "A: \r\nB: \r\nC: \r\n");
    // A canonical run, one that is not, and canonical ones again.
    assert_eq!(wire(b"A: b\r\nC:d  \nE: f\r\nG: h\r\n\r\n"), "A: b\r\nC: d\r\nE: f\r\nG: h\r\n");
}

#[test]
fn obsolete_line_folding_is_refused() {
    let response = b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nD: e\r\n\r\n";
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut parsed = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config.allow_obsolete_multiline_headers_in_responses(true);
    assert!(config.parse_response(&mut parsed, response).unwrap().is_complete());
    assert_eq!(parsed.headers[0].value, b"b\r\n c");
    let mut map = HeaderMap::new();
    let result = map.extend_from_httparse(response, parsed.headers);
    assert!(matches!(result, Err(Error::InvalidValue { at: 1, .. })));
    assert!(map.is_empty());
}

#[test]
fn headers_may_be_left_out() {
    let block = b"A: 1\r\nConnection: close\r\nB: 2\r\nC: 3\r\n\r\n";
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let (_, headers) = httparse::parse_headers(block, &mut headers).unwrap().unwrap();
    let kept: Vec<_> =
        headers.iter().filter(|header| header.name != "Connection").copied().collect();
    let mut map = HeaderMap::new();
    map.extend_from_httparse(block, &kept).unwrap();
    assert_eq!(map.as_wire(), Some(&b"A: 1\r\nB: 2\r\nC: 3\r\n"[..]));
}

#[test]
fn hand_made_headers_with_line_ends() {
    let block = b"A: b\r\nX: y\r\nC: d\r\n\r\n";
    let text = std::str::from_utf8(block).unwrap();
    for (name, value) in [
        (0..1, 3..10), // a value over the end of its line, up to the end of the next
        (0..1, 3..11), // with a CR
        (0..1, 3..5),
        (0..7, 9..10), // a name over the end of a line
        (0..2, 3..4),  // a name with the colon
        (0..0, 3..4),  // no name
        (6..6, 6..6),
    ] {
        let header = Header { name: &text[name.clone()], value: &block[value.clone()] };
        let mut map = HeaderMap::new();
        map.append("before", "kept").unwrap();
        assert!(map.extend_from_httparse(block, &[header]).is_err(), "{name:?} {value:?}");
        assert_eq!(map.as_wire(), Some(&b"before: kept\r\n"[..]));
    }
}

#[test]
fn hand_made_value_behind_two_canonical_bytes() {
    // Name and value are `": "` and CRLF apart, but the value begins in the middle of a line end.
    let block = b"A: b\rEvil: c\r\n\r\n";
    let text = std::str::from_utf8(block).unwrap();
    let header = Header { name: &text[0..1], value: &block[3..12] };
    assert!(HeaderMap::new().extend_from_httparse(block, &[header]).is_err());
}

#[test]
fn slices_from_elsewhere() {
    let block = b"A: b\r\nC: d\r\n\r\n";
    let (own, other) = (std::str::from_utf8(block).unwrap(), String::from("A: b\r\n"));
    let before = &other[0..1];
    for header in [
        Header { name: before, value: &block[3..4] },
        Header { name: &own[0..1], value: &other.as_bytes()[3..4] },
        Header { name: "A", value: b"b" },
        Header { name: &own[0..1], value: b"" },
    ] {
        let result = HeaderMap::new().extend_from_httparse(block, &[header]);
        assert!(matches!(result, Err(Error::NotInBlock { .. })), "{header:?}");
    }
    // Within the buffer but outside the part that is given as the block.
    let header = Header { name: &own[6..7], value: &block[9..10] };
    assert!(HeaderMap::new().extend_from_httparse(&block[..6], &[header]).is_err());
    assert!(HeaderMap::new().extend_from_httparse(&block[..10], &[header]).is_ok());
    assert!(HeaderMap::new().extend_from_httparse(&block[7..], &[header]).is_err());
}

#[test]
fn slices_out_of_order() {
    let block = b"A: b\r\nC: d\r\n\r\n";
    let text = std::str::from_utf8(block).unwrap();
    let first = Header { name: &text[0..1], value: &block[3..4] };
    let second = Header { name: &text[6..7], value: &block[9..10] };
    let crossed = Header { name: &text[6..7], value: &block[3..4] };
    for headers in [&[second, first][..], &[first, first], &[second, second], &[crossed]] {
        let mut map = HeaderMap::new();
        let result = map.extend_from_httparse(block, headers);
        assert!(matches!(result, Err(Error::NotInBlock { .. })), "{headers:?}");
        assert!(map.is_empty());
    }
}

#[test]
fn limits_count_what_is_written() {
    let block = b"A:b\nC:d\n\n";
    let mut headers = [httparse::EMPTY_HEADER; 4];
    let (_, headers) = httparse::parse_headers(block, &mut headers).unwrap().unwrap();
    for (limits, is_ok) in
        [(Limits::new(2, 12), true), (Limits::new(1, 12), false), (Limits::new(2, 11), false)]
    {
        let mut map = HeaderMap::new().with_limits(limits);
        assert_eq!(map.extend_from_httparse(block, headers).is_ok(), is_ok);
        assert_eq!(map.len(), if is_ok { 2 } else { 0 });
    }
}

#[test]
fn invalid_header_behind_valid_ones_changes_nothing() {
    let block = b"A: b\r\nC:  d\r\nE: f\r\nG\0: h\r\nI: j\x7f\r\n\r\n";
    let text = std::str::from_utf8(block).unwrap();
    let header = |name: std::ops::Range<usize>, value: std::ops::Range<usize>| Header {
        name: &text[name],
        value: &block[value],
    };
    let good = [header(0..1, 3..4), header(6..7, 10..11), header(13..14, 16..17)];
    for bad in [header(19..21, 23..24), header(26..27, 29..31)] {
        let mut map = HeaderMap::new();
        map.append("a", "before").unwrap();
        map.extend_from_httparse(block, &[good[0], good[1], good[2], bad]).unwrap_err();
        assert_eq!(map.as_wire(), Some(&b"a: before\r\n"[..]));
        map.extend_from_httparse(block, &good).unwrap();
        assert!(map.get_all("a").eq(["before", "b"]));
    }
}

/// A header that reads `name: value` in a block of its own.
fn single(name: &[u8], value: &[u8], check: impl FnOnce(&[u8], &[Header<'_>])) {
    let block = [name, b": ", value, b"\r\n"].concat();
    let Ok(text) = std::str::from_utf8(&block[..name.len()]) else { return };
    check(&block, &[Header { name: text, value: &block[name.len() + 2..][..value.len()] }]);
}

#[test]
fn all_bytes_of_names_and_values_as_one_by_one() {
    for byte in 0..=u8::MAX {
        for len in [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 64, 239, 240, 241] {
            for at in [0, len / 2, len - 1] {
                let mut part = vec![b'x'; len];
                part[at] = byte;
                for (name, value) in [(&part[..], &b"value"[..]), (b"name", &part[..])] {
                    single(name, value, |block, headers| {
                        let (mut bulk, mut single) = (HeaderMap::new(), HeaderMap::new());
                        let result = bulk.extend_from_httparse(block, headers);
                        assert_eq!(
                            result,
                            single.append(name, value),
                            "{byte:#x} at {at} of {len}"
                        );
                        assert_eq!(bulk.as_wire(), single.as_wire());
                        assert!(result.is_err() || bulk.as_wire() == Some(block));
                    });
                }
            }
        }
    }
}

#[test]
fn lengths_of_names() {
    for len in [1, 15, 16, 17, 32, 33, 255, 256, 65_535, 65_536, 65_537, 131_072] {
        let name = "n".repeat(len);
        let block = [name.as_bytes(), b": v\r\nafter: w\r\n"].concat();
        let text = std::str::from_utf8(&block).unwrap();
        let headers = [
            Header { name: &text[..len], value: &block[len + 2..len + 3] },
            Header { name: &text[len + 5..len + 10], value: &block[len + 12..len + 13] },
        ];
        let mut map = HeaderMap::new().with_limits(Limits::new(4, 1 << 20));
        let result = map.extend_from_httparse(&block, &headers);
        if len <= 65_535 {
            result.unwrap();
            assert_eq!(map.as_wire(), Some(&block[..]));
            assert_eq!(map.get(&name).unwrap(), "v");
            assert_eq!(map.get("after").unwrap(), "w");
        } else {
            assert!(matches!(result, Err(Error::NameTooLong { len: l, .. }) if l == len));
            assert!(map.is_empty());
        }
    }
}

#[test]
fn space_before_the_colon() {
    let response = b"HTTP/1.1 200 OK\r\nServer : x\r\nAge: 1\r\n\r\n";
    let mut headers = [httparse::EMPTY_HEADER; 4];
    let mut parsed = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config.allow_spaces_after_header_name_in_responses(true);
    assert!(config.parse_response(&mut parsed, response).unwrap().is_complete());
    let mut map = HeaderMap::new();
    map.extend_from_httparse(response, parsed.headers).unwrap();
    assert_eq!(map.as_wire(), Some(&b"Server: x\r\nAge: 1\r\n"[..]));
    // With the space in the name, it is no name.
    single(b"Server ", b"x", |block, headers| {
        let result = HeaderMap::new().extend_from_httparse(block, headers);
        assert!(matches!(result, Err(Error::InvalidName { at: 6, .. })));
    });
}

#[test]
fn bytes_between_name_and_value_and_behind_it() {
    // Whatever stands there, the line that comes out is canonical.
    for gap in ["", ":", ": ", " :", ":\t", "::", "\r\n", " ", "=", ":  ", ": \r\n "] {
        for end in ["", "\r\n", "\n", "\r", "\r\r\n", " \r\n", "\n\r", "\0\r\n", "Evil: 1\r\n"] {
            let block = format!("A{gap}v{end}B: w\r\n");
            let value_at = 1 + gap.len();
            let next_at = value_at + 1 + end.len();
            let headers = [
                Header { name: &block[..1], value: &block.as_bytes()[value_at..value_at + 1] },
                Header {
                    name: &block[next_at..next_at + 1],
                    value: &block.as_bytes()[next_at + 3..][..1],
                },
            ];
            let mut map = HeaderMap::new();
            map.extend_from_httparse(block.as_bytes(), &headers).unwrap();
            assert_eq!(map.as_wire(), Some(&b"A: v\r\nB: w\r\n"[..]), "{block:?}");
        }
    }
}

#[test]
fn slices_that_overlap_or_repeat() {
    let block = b"Abc: def\r\nGhi: jkl\r\n";
    let text = std::str::from_utf8(block).unwrap();
    let header = |name: std::ops::Range<usize>, value: std::ops::Range<usize>| Header {
        name: &text[name],
        value: &block[value],
    };
    for headers in [
        &[header(0..3, 0..3)][..],
        &[header(0..3, 2..5)],
        &[header(0..3, 5..8), header(7..8, 10..13)],
        &[header(0..3, 5..8), header(0..3, 5..8)],
        &[header(0..3, 15..18), header(10..13, 15..18)],
    ] {
        let mut map = HeaderMap::new();
        let result = map.extend_from_httparse(block, headers);
        assert!(matches!(result, Err(Error::NotInBlock { .. })), "{headers:?}");
        assert!(map.is_empty());
    }
    // Parts of names and values, in order, are headers like any other.
    let mut map = HeaderMap::new();
    let headers = [header(1..3, 5..7), header(10..11, 16..18), header(18..18, 18..18)];
    map.extend_from_httparse(block, &headers[..2]).unwrap();
    assert_eq!(map.as_wire(), Some(&b"bc: de\r\nG: kl\r\n"[..]));
    assert!(map.extend_from_httparse(block, &headers).is_err(), "an empty name");
}

#[test]
fn empty_slice_of_another_buffer() {
    // Wherever it lies: what has no bytes cannot smuggle any.
    let buffer = b"A: b\r\nC: d\r\n".to_vec();
    let (block, other) = buffer.split_at(6);
    let text = std::str::from_utf8(block).unwrap();
    let mut map = HeaderMap::new();
    let _ = map.extend_from_httparse(block, &[Header { name: &text[..1], value: &other[..0] }]);
    assert!(map.is_empty() || map.as_wire() == Some(&b"A: \r\n"[..]));
}

#[test]
fn header_that_is_beyond_a_limit_is_named() {
    let block = b"A: 1\r\nBb: 22\r\nCcc: 333\r\n\r\n";
    let mut headers = [httparse::EMPTY_HEADER; 4];
    let (_, headers) = httparse::parse_headers(block, &mut headers).unwrap().unwrap();
    for (limits, text) in [
        (Limits::new(0, 99), "too many headers: `A` exceeds the limit of 0"),
        (Limits::new(2, 99), "too many headers: `Ccc` exceeds the limit of 2"),
        (Limits::new(9, 5), "adding `A` would need 6 bytes; the limit is 5"),
        (Limits::new(9, 6), "adding `Bb` would need 14 bytes; the limit is 6"),
        (Limits::new(9, 13), "adding `Bb` would need 14 bytes; the limit is 13"),
        (Limits::new(9, 23), "adding `Ccc` would need 24 bytes; the limit is 23"),
    ] {
        let mut map = HeaderMap::new().with_limits(limits);
        let error = map.extend_from_httparse(block, headers).unwrap_err();
        assert_eq!(error.to_string(), text);
        assert!(map.is_empty());
    }
    let mut map = HeaderMap::new().with_limits(Limits::new(3, 24));
    map.extend_from_httparse(block, headers).unwrap();
    assert!(map.extend_from_httparse(block, headers).is_err());
    assert_eq!((map.len(), map.byte_len()), (3, 24));
}

#[test]
fn what_follows_a_canonical_run_counts_too() {
    for block in [&b"A: 1\r\nB:2\r\nC: 3\r\n\r\n"[..], b"A: 1\r\nB: 2\r\nC: 3\n\n"] {
        let mut headers = [httparse::EMPTY_HEADER; 4];
        let (_, headers) = httparse::parse_headers(block, &mut headers).unwrap().unwrap();
        for (limit, is_ok) in [(12, false), (17, false), (18, true)] {
            let mut map = HeaderMap::with_capacity(3, 1).with_limits(Limits::new(3, limit));
            assert_eq!(map.extend_from_httparse(block, headers).is_ok(), is_ok, "{limit}");
            let wire = if is_ok { &b"A: 1\r\nB: 2\r\nC: 3\r\n"[..] } else { b"" };
            assert_eq!(map.as_wire(), Some(wire));
        }
    }
}

#[test]
fn tabs_and_obs_text_in_canonical_lines() {
    let block = b"A: b\tc\r\nD: \xe4\xff\r\nE: f\r\n\r\n";
    assert_eq!(ingest(block).unwrap().as_wire(), Some(&block[..block.len() - 2]));
}
