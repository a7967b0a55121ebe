//! The parser: what it takes, what it refuses and where, limits, heads in parts.

use ratoon_header_map::{
    HeaderMap, Limits, ParseError, ParseErrorKind, Parsed, Progress, RequestHead, Version, header,
};

fn request<'a>(
    map: &mut HeaderMap,
    input: &'a [u8],
) -> Result<Parsed<RequestHead<'a>>, ParseError> {
    map.parse_request(input, &mut Progress::new())
}

#[track_caller]
fn wire(input: &[u8]) -> String {
    let mut map = HeaderMap::new();
    let parsed = map.parse_block(input, &mut Progress::new()).unwrap();
    assert!(matches!(parsed, Parsed::Complete { len, .. } if len == input.len()));
    String::from_utf8_lossy(map.as_wire().unwrap()).into_owned()
}

#[track_caller]
fn refused(error: ParseError, text: &str, offset: usize) {
    assert_eq!(error.to_string(), format!("{text} (at byte {offset})"));
}

#[track_caller]
fn request_refused(input: &str, text: &str, offset: usize) {
    let mut map = HeaderMap::new();
    refused(request(&mut map, input.as_bytes()).unwrap_err(), text, offset);
    assert!(map.is_empty());
}

#[track_caller]
fn block_refused(input: &[u8], text: &str, offset: usize) {
    let mut map = HeaderMap::new();
    map.append("before", "kept").unwrap();
    refused(map.parse_block(input, &mut Progress::new()).unwrap_err(), text, offset);
    assert_eq!(map.as_wire(), Some(&b"before: kept\r\n"[..]));
}

#[test]
fn request_with_a_body_behind_it() {
    let input = b"\r\nPUT /a?b HTTP/1.0\r\nHost: a\r\nX-Own: 1\r\n\r\nbody";
    let mut map = HeaderMap::new();
    let head = RequestHead { method: "PUT", target: "/a?b", version: Version::Http10 };
    assert_eq!(request(&mut map, input), Ok(Parsed::Complete { head, len: input.len() - 4 }));
    assert_eq!(map.as_wire(), Some(&b"Host: a\r\nX-Own: 1\r\n"[..]));
    assert_eq!(map.get(header::HOST).unwrap(), "a");
    assert_eq!(map.get("x-OWN").unwrap(), "1");
}

#[test]
fn response_with_and_without_a_reason() {
    for (line, reason) in [
        ("200 OK", "OK"),
        ("200 ", ""),
        ("200", ""),
        ("200  \tOK ", " \tOK "),
        ("200 \u{e4}", "\u{e4}"),
    ] {
        let input = format!("HTTP/1.1 {line}\r\nA: b\r\n\r\n");
        let mut map = HeaderMap::new();
        let parsed = map.parse_response(input.as_bytes(), &mut Progress::new()).unwrap();
        let Parsed::Complete { head, len } = parsed else { panic!("{line}") };
        assert_eq!((head.status, head.reason, len), (200, reason.as_bytes(), input.len()));
    }
    for (line, text, offset) in [
        ("HTTP/1.1 099 x", "invalid status: 100 to 999 is allowed", 9),
        ("HTTP/1.1 20 x", "invalid status: 100 to 999 is allowed", 9),
        ("HTTP/1.1 2000", "invalid status: 100 to 999 is allowed", 9),
        ("HTTP/1.1  200", "invalid status: 100 to 999 is allowed", 9),
        ("HTTP/1.2 200", "invalid version: HTTP/1.0 and HTTP/1.1 are allowed", 0),
        ("HTTP/1.1", "invalid version: HTTP/1.0 and HTTP/1.1 are allowed", 0),
        ("HTTP/1.1 200 a\0", "byte 0x00 is not allowed in a start line", 14),
    ] {
        let input = format!("{line}\r\n\r\n");
        let result = HeaderMap::new().parse_response(input.as_bytes(), &mut Progress::new());
        refused(result.unwrap_err(), text, offset);
    }
}

#[test]
fn lines_that_are_not_canonical_are_written_anew() {
    assert_eq!(wire(b"\r\n"), "");
    assert_eq!(wire(b"A: b\r\nC: d\r\n\r\n"), "A: b\r\nC: d\r\n");
    assert_eq!(
        wire(b"A:b\r\nC:  d\r\nE: f \t\r\nG:\th\r\n\r\n"),
        "A: b\r\nC: d\r\nE: f\r\nG: h\r\n"
    );
    assert_eq!(
        wire(b"A: b\r\nC:\r\nE: \r\nG:  \r\nI: j\r\n\r\n"),
        "A: b\r\nC: \r\nE: \r\nG: \r\nI: j\r\n"
    );
}

#[test]
fn start_lines_that_are_refused() {
    const METHOD: &str = "invalid method: one or more letters, digits or characters of \
                          !#$%&'*+-.^_`|~ and a space are allowed";
    const TARGET: &str = "invalid request target: a path, a URI with an authority, `*` with \
                          OPTIONS, or host:port with CONNECT is allowed, in visible ASCII without `#`";
    const VERSION: &str = "invalid version: HTTP/1.0 and HTTP/1.1 are allowed";
    for (line, text, offset) in [
        ("", METHOD, 0),
        (" GET / HTTP/1.1", METHOD, 0),
        ("GET", METHOD, 0),
        ("G(T / HTTP/1.1", METHOD, 0),
        ("GET  / HTTP/1.1", TARGET, 4),
        ("GET /#a HTTP/1.1", TARGET, 5),
        ("GET /\u{e4} HTTP/1.1", TARGET, 5),
        ("GET * HTTP/1.1", TARGET, 4),
        ("GET a HTTP/1.1", TARGET, 4),
        ("GET a.example:80 HTTP/1.1", TARGET, 13),
        ("GET http:/a HTTP/1.1", TARGET, 8),
        ("GET http:///a HTTP/1.1", TARGET, 11),
        ("GET http://:80/a HTTP/1.1", TARGET, 11),
        ("GET http://user@a/ HTTP/1.1", TARGET, 11),
        ("GET 1http://a/ HTTP/1.1", TARGET, 4),
        ("CONNECT / HTTP/1.1", TARGET, 8),
        ("CONNECT a HTTP/1.1", TARGET, 8),
        ("CONNECT a: HTTP/1.1", TARGET, 8),
        ("CONNECT :1 HTTP/1.1", TARGET, 8),
        ("GET / HTTP/1.1 ", VERSION, 6),
        ("GET /  HTTP/1.1", VERSION, 6),
        ("GET / HTTP/2.0", VERSION, 6),
        ("GET / HTTP/0.9", VERSION, 6),
        ("GET / http/1.1", VERSION, 6),
        ("GET / HTTP/1.10", VERSION, 6),
        ("GET /", VERSION, 5),
        ("GET\t/ HTTP/1.1", METHOD, 0),
        ("GET /\0 HTTP/1.1", "byte 0x00 is not allowed in a start line", 5),
        ("GET /\r HTTP/1.1", "CR without LF, only CR LF ends a line", 5),
        ("GET /\n HTTP/1.1", "LF without CR, only CR LF ends a line", 5),
    ] {
        if line.is_empty() {
            request_refused("\r\n\r\n", "only one empty line is allowed before a request", 2);
        } else {
            request_refused(&format!("{line}\r\nHost: a\r\n\r\n"), text, offset);
        }
    }
    for line in [
        "GET http://a HTTP/1.1",
        "GET http://[::1]:80/?x HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT a:1 HTTP/1.1",
        "x-own /|\"\\{} HTTP/1.0",
    ] {
        let input = format!("{line}\r\nHost: a\r\n\r\n");
        let parsed = request(&mut HeaderMap::new(), input.as_bytes()).unwrap();
        assert!(matches!(parsed, Parsed::Complete { .. }), "{line}");
    }
}

#[test]
fn header_lines_that_are_refused() {
    const CR: &str = "CR without LF, only CR LF ends a line";
    const LF: &str = "LF without CR, only CR LF ends a line";
    block_refused(b"A: b\nC: d\r\n\r\n", LF, 4);
    block_refused(b"A: b\r\n\n", LF, 6);
    block_refused(b"A\n", LF, 1);
    block_refused(b"A: b\r\n\rC: d\r\n\r\n", CR, 6);
    block_refused(b"A: b\rC: d\r\n\r\n", CR, 4);
    block_refused(b"A\rb: c\r\n\r\n", CR, 1);
    block_refused(b"A: b\r\r\n\r\n", CR, 4);
    block_refused(b"A: b\r\n c\r\n\r\n", "header `A` is folded, a header must be on one line", 6);
    block_refused(b"A: b\r\n\t\r\n\r\n", "header `A` is folded, a header must be on one line", 6);
    block_refused(
        b"A: b\r\nC:d\r\nE: f\r\n g\r\n\r\n",
        "header `E` is folded, a header must be on one line",
        17,
    );
    let first = "white space before the first header, a name must begin the line";
    block_refused(b" A: b\r\n\r\n", first, 0);
    block_refused(
        b"Host : a\r\n\r\n",
        "white space after header name `Host`, a colon must follow at once",
        4,
    );
    block_refused(b"A: b\r\n: c\r\n\r\n", "empty header name, a name must precede the colon", 6);
    block_refused(b"Abc\r\n\r\n", "no colon after header name `Abc`, `name: value` is allowed", 3);
    let allowed = "is not allowed in a header name: letters, digits and !#$%&'*+-.^_`|~ are";
    block_refused(b"A(b: c\r\n\r\n", &format!("byte 0x28 after `A` {allowed}"), 1);
    block_refused(b"\0: c\r\n\r\n", &format!("byte 0x00 after `` {allowed}"), 0);
    for byte in (0..=0x1f).chain([0x7f]).filter(|byte| !b"\t\r\n".contains(byte)) {
        let input = [b"A: b\r\nCd: e", &[byte][..], b"f\r\n\r\n"].concat();
        let text = format!(
            "byte {byte:#04x} is not allowed in the value of header `Cd`: no control character but HTAB is"
        );
        block_refused(&input, &text, 11);
    }
    let name = "n".repeat(65_536);
    let mut map = HeaderMap::new().with_limits(Limits::new(9, 100_000));
    let input = format!("{name}: v\r\n\r\n");
    let error = map.parse_block(input.as_bytes(), &mut Progress::new()).unwrap_err();
    let text = format!("header name `{}…` has 65536 bytes; the limit is 65535", "n".repeat(48));
    assert!(error.to_string().starts_with(&text), "{error}");
}

#[test]
fn hosts_that_are_missing_doubled_or_invalid() {
    let two = "a request must not have more than one `Host` header";
    request_refused(
        "GET / HTTP/1.1\r\nA: b\r\n\r\n",
        "a request of HTTP/1.1 must have a `Host` header",
        24,
    );
    request_refused("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", two, 36);
    request_refused("GET / HTTP/1.0\r\nHost: a\r\nhost: a\r\n\r\n", two, 36);
    for host in ["a b", "a/b", "u@a", "a\tb", "a?b", "a#b", "a\\b", "\u{e4}", "a\"b"] {
        let input = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let text = "invalid value of header `Host`: a host and an optional port are allowed";
        request_refused(&input, text, input.len());
    }
    for host in ["", "a", "a.example:80", "[::1]:443", "a%20b", "10.0.0.1"] {
        let input = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        assert!(request(&mut HeaderMap::new(), input.as_bytes()).is_ok(), "{host}");
    }
    assert!(request(&mut HeaderMap::new(), b"GET / HTTP/1.0\r\n\r\n").is_ok());
}

#[test]
fn map_that_holds_another_message() {
    let input = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let mut map = HeaderMap::new();
    request(&mut map, input).unwrap();
    let error = request(&mut map, input).unwrap_err();
    refused(error, "the header map must be empty before a head is parsed", 0);
    let error = map.parse_response(b"HTTP/1.1 200\r\n\r\n", &mut Progress::new()).unwrap_err();
    assert_eq!(*error.kind(), ParseErrorKind::MapNotEmpty);
    assert_eq!(map.len(), 1);
    // As after any error, the progress is new again.
    let mut progress = Progress::new();
    let parsed = HeaderMap::new().parse_request(&[b'a'; 20], &mut progress);
    assert_eq!(parsed, Ok(Parsed::Partial));
    assert!(map.parse_request(&[b'a'; 21], &mut progress).is_err());
    assert_eq!(progress, Progress::new());
    map.drain();
    request(&mut map, input).unwrap();
    assert_eq!(map.as_wire(), Some(&b"Host: a\r\n"[..]));
}

#[test]
fn limits_are_refused_before_the_head_is_complete() {
    let limits = Limits::new(2, 20).with_start_line(14);
    let text = "too many headers: `C` exceeds the limit of 2";
    for (input, text) in [
        ("GET / HTTP/1.1\r\nA: b\r\nB: c\r\nC", text),
        ("GET / HTTP/1.1\r\nA: b\r\nB: c\r\nC: d\r\n\r\n", text),
        (
            "GET / HTTP/1.1\r\nA: 0123456789abcdefghi",
            "adding `A` would need 22 bytes; the limit is 20",
        ),
        (
            "GET / HTTP/1.1\r\nA:b\r\nB:                ",
            "adding `B` would need 22 bytes; the limit is 20",
        ),
        // As they arrive they have 20 bytes, as they are written 22.
        (
            "GET / HTTP/1.1\r\nA:b\r\nB:12345678901\r\n\r\n",
            "adding `B` would need 22 bytes; the limit is 20",
        ),
        ("GET /0123456789a", "the start line exceeds the limit of 14 bytes"),
        ("GET /0 HTTP/1.1\r\n\r\n", "the start line exceeds the limit of 14 bytes"),
    ] {
        for step in [1, 3, 100] {
            let (mut map, mut progress) = (HeaderMap::new().with_limits(limits), Progress::new());
            let mut end = 0;
            let error = loop {
                end = (end + step).min(input.len());
                match map.parse_request(&input.as_bytes()[..end], &mut progress) {
                    Ok(Parsed::Partial) => assert!(end < input.len(), "{input:?} is partial"),
                    Ok(parsed) => panic!("{input:?}: {parsed:?}"),
                    Err(error) => break error,
                }
            };
            assert!(error.to_string().starts_with(text), "{step} {input:?}: {error}");
            assert!(map.is_empty());
        }
    }
    let mut map = HeaderMap::new().with_limits(limits);
    let input = b"GET / HTTP/1.0\r\nA: b\r\nHost: 9012\r\n\r\n";
    assert!(matches!(request(&mut map, input), Ok(Parsed::Complete { .. })));
    assert_eq!((map.len(), map.byte_len()), (2, 18));
}

#[test]
fn head_that_comes_byte_by_byte() {
    let input = b"\r\nGET / HTTP/1.1\r\nHost: a\r\nX-Own: 1\r\nCookie: a=b; c=d\r\n\r\nbody";
    let head = input.len() - 4;
    let (mut map, mut progress) = (HeaderMap::new(), Progress::new());
    for end in 0..head {
        assert_eq!(map.parse_request(&input[..end], &mut progress), Ok(Parsed::Partial), "{end}");
        assert!(map.is_empty());
    }
    let parsed = map.parse_request(&input[..head], &mut progress).unwrap();
    assert!(matches!(parsed, Parsed::Complete { len, .. } if len == head));
    assert_eq!(map.len(), 3);
    assert_eq!(progress, Progress::new());
}

#[test]
fn progress_of_another_buffer_changes_no_result() {
    let long = format!("GET / HTTP/1.1\r\nHost: a\r\nA: {}", "b".repeat(300));
    let mut stale = Progress::new();
    let mut map = HeaderMap::new();
    assert_eq!(map.parse_request(long.as_bytes(), &mut stale), Ok(Parsed::Partial));
    for input in [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: a\r\n\r\n{}\r\n\r\n", "x".repeat(400)),
        format!("GET / HTTP/1.1\r\nHost: a\r\nB:{}\r\nC: d\r\n\r\n", "x".repeat(400)),
    ] {
        let mut fresh = HeaderMap::new();
        let expected = request(&mut fresh, input.as_bytes()).unwrap();
        map.clear();
        let parsed = map.parse_request(input.as_bytes(), &mut stale.clone());
        assert_eq!(parsed.as_ref(), Ok(&expected));
        assert_eq!(map, fresh);
    }
}

#[test]
fn map_that_must_grow_for_the_head() {
    let mut input = String::from("GET / HTTP/1.1\r\nHost: a\r\n");
    for n in 0..100 {
        input.push_str(&format!("X-{n}:{n}\r\n"));
    }
    input.push_str("\r\n");
    for capacity in [(0, 0), (16, 64), (16, 4096), (128, 16)] {
        let mut map = HeaderMap::with_capacity(capacity.0, capacity.1);
        let parsed = request(&mut map, input.as_bytes()).unwrap();
        assert!(matches!(parsed, Parsed::Complete { len, .. } if len == input.len()));
        assert_eq!(map.len(), 101);
        assert_eq!(map.get("x-99").unwrap(), "99");
    }
}

#[test]
fn refused_head_leaves_nothing_behind() {
    let mut map = HeaderMap::with_capacity(16, 1024).with_erasure();
    request(&mut map, b"GET / HTTP/1.1\r\nHost: a\r\nCookie: secret\r\nbad\r\n\r\n").unwrap_err();
    assert_eq!(map.get(header::COOKIE), None);
    request(&mut map, b"GET / HTTP/1.1\r\nHost: b\r\n\r\n").unwrap();
    assert_eq!(map.get(header::COOKIE), None);
    assert_eq!(map.as_wire(), Some(&b"Host: b\r\n"[..]));
}
