//! Constants, known and an application's own.

use std::collections::HashSet;

use ratoon_header_map::{HeaderMap, HeaderName, header};

const TRACE: HeaderName = HeaderName::from_static("X-Trace-Id");
const LOWER_TRACE: HeaderName = HeaderName::from_static("x-trace-id");
const HOST: HeaderName = HeaderName::from_static("HOST");

#[test]
fn well_known_name_in_any_case_is_that_name() {
    assert_eq!(HOST, header::HOST);
    assert_eq!(HOST.as_str(), "host");
    assert_eq!(HeaderName::from_static("Content-Security-Policy"), header::CONTENT_SECURITY_POLICY);
    assert_eq!(HeaderName::from_static("cOOKIE"), header::COOKIE);
    assert_ne!(HOST, header::COOKIE);
}

#[test]
fn custom_constant_and_string_find_the_same() {
    let mut map = HeaderMap::new();
    map.append(TRACE, "1").unwrap();
    assert_eq!(map.as_wire(), Some(&b"X-Trace-Id: 1\r\n"[..]), "as the constant spells it");
    map.append("x-TRACE-id", "2").unwrap();
    map.append("x-trace-ie", "3").unwrap();
    for values in [map.get_all(TRACE), map.get_all(LOWER_TRACE), map.get_all("X-TRACE-ID")] {
        assert!(values.eq(["1", "2"]));
    }
    assert_eq!(map.remove(LOWER_TRACE), 2);
    assert_eq!(map.len(), 1);
}

#[test]
fn known_constant_and_string_find_the_same() {
    let mut map = HeaderMap::new();
    map.append(header::X_FORWARDED_FOR, "1").unwrap();
    map.append("X-Forwarded-For", "2").unwrap();
    assert!(map.get_all("x-forwarded-for").eq(["1", "2"]));
    assert!(map.get_all(header::X_FORWARDED_FOR).eq(["1", "2"]));
    assert!(map.get_all(b"X-FORWARDED-FOR").eq(["1", "2"]));
}

#[test]
fn names_are_equal_and_hash_whatever_their_case() {
    let names = HashSet::from([TRACE, LOWER_TRACE, HOST, header::HOST]);
    assert_eq!(names.len(), 2);
    assert_eq!(TRACE, "x-TRACE-id");
    assert!(TRACE != "x-trace");
    assert_eq!(
        (TRACE.to_string(), format!("{TRACE:?}")),
        ("X-Trace-Id".into(), r#""X-Trace-Id""#.into())
    );
}

#[test]
fn name_of_a_line_serves_as_a_name() {
    let mut map = HeaderMap::new();
    map.append("Host", "a").unwrap();
    map.append("X-Trace-Id", "b").unwrap();
    let mut other = HeaderMap::new();
    for (name, value) in &map {
        other.append(name, value).unwrap();
        assert_eq!(map.get(name), Some(value));
        assert_eq!(map.get(name.as_str()), Some(value));
    }
    assert_eq!(other.as_wire(), map.as_wire());
    let (name, _) = map.iter().next().unwrap();
    assert_eq!(name, header::HOST);
    assert_eq!(header::HOST, name);
    assert_eq!(name, "HOST");
    assert_ne!(name, TRACE);
    assert_eq!((name.to_string().as_str(), name.as_ref()), ("Host", "Host"));
}

#[test]
fn all_constants_of_http_are_known() {
    // The 81 constants of `http` 1.5, by a sample of each end of its list and what is rare.
    for (name, constant) in [
        ("accept", header::ACCEPT),
        ("alt-svc", header::ALT_SVC),
        ("cdn-cache-control", header::CDN_CACHE_CONTROL),
        ("public-key-pins-report-only", header::PUBLIC_KEY_PINS_REPORT_ONLY),
        ("sec-websocket-version", header::SEC_WEBSOCKET_VERSION),
        ("x-xss-protection", header::X_XSS_PROTECTION),
        ("traceparent", header::TRACEPARENT),
        ("grpc-status-details-bin", header::GRPC_STATUS_DETAILS_BIN),
        ("x-b3-parentspanid", header::X_B3_PARENTSPANID),
    ] {
        assert_eq!(HeaderName::from_static(name), constant);
        assert_eq!(constant.as_str(), name);
    }
}

#[test]
#[should_panic = "not a token"]
fn invalid_name_at_run_time() {
    let _ = HeaderName::from_static("x trace");
}
