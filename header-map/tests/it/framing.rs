//! Where a body ends.

use ratoon_header_map::{
    BodyLength,
    BodyLength::{Chunked, Length, None, UntilClose},
    FramingError::{self, *},
    HeaderMap, RequestHead, ResponseHead, Version,
};

fn map(lines: &[(&str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    map.try_extend(lines.iter().copied()).unwrap();
    map
}

fn of_request(version: Version, lines: &[(&str, &str)]) -> Result<BodyLength, FramingError> {
    RequestHead { method: "POST", target: "/", version }.body_length(&map(lines))
}

fn of_response(
    status: u16,
    method: &str,
    lines: &[(&str, &str)],
) -> Result<BodyLength, FramingError> {
    let head = ResponseHead { version: Version::Http11, status, reason: b"" };
    head.body_length(&map(lines), method)
}

#[test]
fn lengths() {
    for (value, expected) in [
        ("0", Ok(Length(0))),
        ("5", Ok(Length(5))),
        ("007", Ok(Length(7))),
        ("5, 5", Ok(Length(5))),
        ("5,\t05", Ok(Length(5))),
        ("18446744073709551615", Ok(Length(u64::MAX))),
        ("18446744073709551616", Err(LengthTooLarge)),
        ("99999999999999999999999", Err(LengthTooLarge)),
        ("5, 6", Err(DifferentLengths)),
        ("", Err(InvalidLength)),
        ("5,", Err(InvalidLength)),
        (",5", Err(InvalidLength)),
        ("5,,5", Err(InvalidLength)),
        ("+5", Err(InvalidLength)),
        ("-5", Err(InvalidLength)),
        ("5 5", Err(InvalidLength)),
        ("0x5", Err(InvalidLength)),
        ("5.0", Err(InvalidLength)),
        ("1_000", Err(InvalidLength)),
        ("\u{664}", Err(InvalidLength)),
    ] {
        assert_eq!(of_request(Version::Http11, &[("content-length", value)]), expected, "{value}");
        assert_eq!(of_response(200, "GET", &[("content-length", value)]), expected, "{value}");
    }
    let lines = |a, b| of_request(Version::Http11, &[("Content-Length", a), ("content-length", b)]);
    assert_eq!(lines("5", "5"), Ok(Length(5)));
    assert_eq!(lines("5", "6"), Err(DifferentLengths));
    assert_eq!(lines("5", "x"), Err(InvalidLength));
}

#[test]
fn transfer_encodings() {
    for (value, request, response) in [
        ("chunked", Ok(Chunked), Ok(Chunked)),
        ("CHUNKED", Ok(Chunked), Ok(Chunked)),
        ("gzip, chunked", Ok(Chunked), Ok(Chunked)),
        ("gzip", Err(RequestNotChunked), Ok(UntilClose)),
        ("identity", Err(RequestNotChunked), Ok(UntilClose)),
        ("xchunked", Err(RequestNotChunked), Ok(UntilClose)),
        ("chunked, gzip", Err(ChunkedNotLast), Err(ChunkedNotLast)),
        ("chunked, chunked", Err(ChunkedNotLast), Err(ChunkedNotLast)),
        ("chunked,", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
        (", chunked", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
        ("", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
        ("chunked;a=b", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
        ("gzip;a=\", chunked\"", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
        ("\"chunked\"", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
        ("chun ked", Err(InvalidTransferEncoding), Err(InvalidTransferEncoding)),
    ] {
        let line = [("Transfer-Encoding", value)];
        assert_eq!(of_request(Version::Http11, &line), request, "{value}");
        assert_eq!(of_response(200, "GET", &line), response, "{value}");
        assert_eq!(of_request(Version::Http10, &line), Err(TransferEncodingInHttp10), "{value}");
        for length in ["0", "5"] {
            let lines = [line[0], ("content-length", length)];
            assert_eq!(of_request(Version::Http11, &lines), Err(LengthAndTransferEncoding));
            assert_eq!(of_response(200, "GET", &lines), Err(LengthAndTransferEncoding));
        }
    }
    let lines =
        |a, b| of_request(Version::Http11, &[("Transfer-Encoding", a), ("transfer-encoding", b)]);
    assert_eq!(lines("gzip", "chunked"), Ok(Chunked));
    assert_eq!(lines("chunked", "gzip"), Err(ChunkedNotLast));
    assert_eq!(lines("chunked", "identity"), Err(ChunkedNotLast));
}

#[test]
fn messages_without_a_length() {
    assert_eq!(of_request(Version::Http11, &[]), Ok(None));
    assert_eq!(of_request(Version::Http10, &[]), Ok(None));
    assert_eq!(of_response(200, "GET", &[]), Ok(UntilClose));
}

#[test]
fn content_of_a_connect_request_is_refused() {
    let of_connect = |version, lines: &[(&str, &str)]| {
        RequestHead { method: "CONNECT", target: "a:443", version }.body_length(&map(lines))
    };
    for version in [Version::Http10, Version::Http11] {
        assert_eq!(of_connect(version, &[]), Ok(None));
        assert_eq!(of_connect(version, &[("content-length", "0")]), Ok(None));
        assert_eq!(of_connect(version, &[("content-length", "5")]), Err(ContentOfConnect));
        assert_eq!(of_connect(version, &[("content-length", "x")]), Err(InvalidLength));
    }
    let chunked = [("transfer-encoding", "chunked")];
    assert_eq!(of_connect(Version::Http11, &chunked), Err(ContentOfConnect));
}

#[test]
fn responses_that_have_no_body() {
    for (status, method) in [
        (200, "HEAD"),
        (404, "HEAD"),
        (100, "GET"),
        (101, "GET"),
        (204, "GET"),
        (304, "GET"),
        (200, "CONNECT"),
        (299, "CONNECT"),
    ] {
        for lines in [&[][..], &[("content-length", "5")], &[("transfer-encoding", "chunked")]] {
            assert_eq!(of_response(status, method, lines), Ok(None), "{status} {method}");
        }
        let wrong = [("content-length", "5, 6")];
        assert_eq!(of_response(status, method, &wrong), Err(DifferentLengths), "{status} {method}");
    }
    assert_eq!(of_response(404, "CONNECT", &[("content-length", "5")]), Ok(Length(5)));
    assert_eq!(of_response(200, "head", &[("content-length", "5")]), Ok(Length(5)));
}

#[test]
fn errors_say_what_is_allowed() {
    assert_eq!(
        DifferentLengths.to_string(),
        "different values of `Content-Length`, only one is allowed"
    );
    assert_eq!(
        RequestNotChunked.to_string(),
        "`Transfer-Encoding` of a request does not end in `chunked`, as it must"
    );
}
