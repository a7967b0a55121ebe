//! Any bytes as a message head: against `httparse`, and against itself in parts.
//!
//! Shared by the tests and the fuzz targets. The list of differences in the crate's docs is [`is_listed`].

use httparse::Status;
use ratoon_header_map::{
    Error, HeaderMap, Limits, ParseError, ParseErrorKind as Kind, Parsed, Progress,
};

use super::strict::{Lines, strict};

/// How many headers both take.
const MAX_HEADERS: usize = 128;

/// Everything that must hold for any bytes.
pub(crate) fn check(input: &[u8]) {
    check_alone(input);
    check_against_httparse(input);
}

/// Without another parser: nothing but strict lines comes out, and parts give the same as the whole.
pub(crate) fn check_alone(input: &[u8]) {
    check_parts(input, |map, input, progress| {
        Ok(match map.parse_request(input, progress)? {
            Parsed::Complete { head, len } => {
                let _ = head.body_length(map);
                let head = format!("{} {} {:?}", head.method, head.target, head.version);
                Parsed::Complete { head, len }
            }
            Parsed::Partial => Parsed::Partial,
        })
    });
    check_parts(input, |map, input, progress| {
        Ok(match map.parse_response(input, progress)? {
            Parsed::Complete { head, len } => {
                let _ = head.body_length(map, "GET");
                Parsed::Complete { head: format!("{head:?}"), len }
            }
            Parsed::Partial => Parsed::Partial,
        })
    });
    check_parts(input, |map, input, progress| {
        Ok(match map.parse_block(input, progress)? {
            Parsed::Complete { len, .. } => Parsed::Complete { head: String::new(), len },
            Parsed::Partial => Parsed::Partial,
        })
    });
}

type Outcome = Result<Parsed<String>, ParseError>;

fn check_parts(input: &[u8], parse: impl Fn(&mut HeaderMap, &[u8], &mut Progress) -> Outcome) {
    let limits = Limits::new(5, 200).with_start_line(100);
    for limits in [Limits::DEFAULT, limits] {
        let (mut map, mut progress) = (HeaderMap::new().with_limits(limits), Progress::new());
        let whole = parse(&mut map, input, &mut progress);
        match &whole {
            Ok(Parsed::Complete { len, .. }) => {
                assert!(*len <= input.len() && input[..*len].ends_with(b"\r\n"));
                let wire = map.as_wire().expect("appending leaves no gaps");
                assert!(strict(wire).is_some());
                assert!(map.len() <= limits.headers && map.byte_len() <= limits.bytes);
            }
            _ => assert!(map.is_empty()),
        }
        if let Err(error) = &whole {
            assert!(error.offset() <= input.len());
        }
        // In parts of some lengths: the same head, or the same refusal as of some part.
        for step in [1, 7] {
            let (mut parts, mut progress) = (HeaderMap::new().with_limits(limits), Progress::new());
            let mut end = 0;
            let (in_parts, seen) = loop {
                end = (end + step).min(input.len());
                let outcome = parse(&mut parts, &input[..end], &mut progress);
                if !matches!(outcome, Ok(Parsed::Partial)) || end == input.len() {
                    break (outcome, end);
                }
            };
            match (&in_parts, whole.as_ref().map_err(ParseError::kind)) {
                // What is wrong in several ways may be refused for another of them.
                (Err(_), Err(_)) => {}
                // What exceeds the limit only as it is written may wait for the end of the head.
                (Ok(Parsed::Partial), Err(Kind::Map(Error::TooManyBytes { bytes, limit, .. }))) => {
                    assert!(bytes - limit <= limits.headers)
                }
                // Parts are not looked at each time; but what is beyond a limit is refused at once.
                (Ok(Parsed::Partial), Err(kind)) => assert!(!is_limit(kind), "{kind}"),
                // Refused with the bytes so far, and so it is with all.
                (Ok(parts), Ok(whole)) => assert_eq!(parts, whole, "{step} {seen}"),
                _ => panic!("{in_parts:?} in parts, {whole:?} as a whole"),
            }
            assert_eq!(parts, map);
            if in_parts.is_ok() {
                assert_eq!(parts.as_wire(), map.as_wire());
            }
        }
    }
}

fn is_limit(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::StartLineTooLong { .. }
            | Kind::Map(Error::TooManyHeaders { .. } | Error::TooManyBytes { .. })
    )
}

/// Either both accept, and the maps are equal; or the difference is listed.
pub(crate) fn check_against_httparse(input: &[u8]) {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let theirs = request.parse(input);
    let mut map = HeaderMap::new();
    let ours = map.parse_request(input, &mut Progress::new());
    if let (Ok(Parsed::Complete { head, .. }), Ok(Status::Complete(_))) = (&ours, &theirs) {
        assert_eq!(Some(head.method), request.method);
        assert_eq!(Some(head.target), request.path);
        assert_eq!(Some(head.version as u8), request.version);
    }
    compare(input, &map, ours, theirs, request.headers);

    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let theirs = response.parse(input);
    let mut map = HeaderMap::new();
    let ours = map.parse_response(input, &mut Progress::new());
    if let (Ok(Parsed::Complete { head, .. }), Ok(Status::Complete(_))) = (&ours, &theirs) {
        assert_eq!(Some(head.status), response.code);
        assert_eq!(Some(head.version as u8), response.version);
        let reason = response.reason.expect("a complete head has one");
        assert!(head.reason == reason.as_bytes() || (reason.is_empty() && !head.reason.is_ascii()));
    }
    compare(input, &map, ours, theirs, response.headers);

    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut map = HeaderMap::new();
    let ours = map.parse_block(input, &mut Progress::new());
    match httparse::parse_headers(input, &mut headers) {
        Ok(Status::Complete((len, headers))) => {
            compare(input, &map, ours, Ok(Status::Complete(len)), headers);
        }
        Ok(Status::Partial) => compare(input, &map, ours, Ok(Status::Partial), &[]),
        Err(error) => compare(input, &map, ours, Err(error), &[]),
    }
}

fn compare<T: std::fmt::Debug>(
    input: &[u8],
    map: &HeaderMap,
    ours: Result<Parsed<T>, ParseError>,
    theirs: Result<Status<usize>, httparse::Error>,
    headers: &[httparse::Header<'_>],
) {
    match (ours, theirs) {
        (Ok(Parsed::Complete { len, .. }), Ok(Status::Complete(theirs))) => {
            assert_eq!(len, theirs);
            let mut ingested = HeaderMap::new();
            ingested.extend_from_httparse(input, headers).expect("both accept");
            assert_eq!(*map, ingested);
            assert_eq!(map.as_wire(), ingested.as_wire());
            let expected: Lines =
                headers.iter().map(|line| (line.name.to_owned(), line.value.to_vec())).collect();
            assert_eq!(strict(map.as_wire().expect("no gaps")), Some(expected));
        }
        (Err(error), Ok(Status::Complete(len))) => {
            assert!(is_listed(error.kind(), &input[..len]), "{error} {:?}", input.escape_ascii());
        }
        // Both wait for more, or one of them finds out earlier that it waits for nothing.
        (Ok(Parsed::Partial), Ok(Status::Partial) | Err(_))
        | (Err(_), Ok(Status::Partial) | Err(_)) => {}
        (ours, theirs) => {
            panic!("ours {ours:?}, theirs {theirs:?}: {:?}", input.escape_ascii().to_string());
        }
    }
}

/// What `httparse` accepts and this crate refuses: the list in the crate's docs.
fn is_listed(kind: &Kind, head: &[u8]) -> bool {
    let has = |two: &[u8]| head.windows(2).any(|window| window == two);
    match kind {
        Kind::BareLf => head
            .iter()
            .enumerate()
            .any(|(at, byte)| *byte == b'\n' && (at == 0 || head[at - 1] != b'\r')),
        Kind::EmptyLine => head.starts_with(b"\r\n"),
        // A response after empty lines.
        Kind::InvalidVersion => has(b"\r\n") && head.starts_with(b"\r\n"),
        Kind::InvalidStatus => head.starts_with(b"HTTP/1.1 0") || head.starts_with(b"HTTP/1.0 0"),
        Kind::InvalidTarget | Kind::MissingHost | Kind::SeveralHosts | Kind::InvalidHost => true,
        _ => is_limit(kind),
    }
}
