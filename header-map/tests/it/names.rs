//! Constants, known and an application's own.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

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
    let hasher = RandomState::new();
    assert_eq!(hasher.hash_one(TRACE), hasher.hash_one(LOWER_TRACE));
    assert_ne!(hasher.hash_one(TRACE), hasher.hash_one(HOST));
    assert_eq!(TRACE, "x-TRACE-id");
    assert_eq!(AsRef::<str>::as_ref(&TRACE), "X-Trace-Id");
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
    assert_ne!(TRACE, name);
    assert_eq!((name.to_string().as_str(), name.as_ref()), ("Host", "Host"));
    assert_eq!(AsRef::<[u8]>::as_ref(&name), b"Host");
    let names: Vec<_> = map.iter().chain(&other).map(|(name, _)| name).collect();
    let distinct = names.iter().collect::<HashSet<_>>();
    assert_eq!((names.len(), distinct.len()), (4, 2));
    assert!(names[0] == names[2] && names[0] != names[1]);
    let hasher = RandomState::new();
    assert_ne!(hasher.hash_one(names[0]), hasher.hash_one(names[1]));
    assert_eq!(hasher.hash_one(names[1]), hasher.hash_one(TRACE));
}

#[test]
fn names_of_the_static_tables_and_of_the_mesh_are_known() {
    // HPACK (RFC 7541, appendix A) and QPACK (RFC 9204, appendix A), then what proxies, tracers,
    // browsers and gRPC send.
    let names = "accept accept-charset accept-encoding accept-language accept-ranges \
        access-control-allow-credentials access-control-allow-headers access-control-allow-methods \
        access-control-allow-origin access-control-expose-headers access-control-request-headers \
        access-control-request-method age allow alt-svc authorization cache-control \
        content-disposition content-encoding content-language content-length content-location \
        content-range content-security-policy content-type cookie date early-data etag expect \
        expect-ct expires forwarded from host if-match if-modified-since if-none-match if-range \
        if-unmodified-since last-modified link location max-forwards origin proxy-authenticate \
        proxy-authorization purpose range referer refresh retry-after server set-cookie \
        strict-transport-security timing-allow-origin transfer-encoding upgrade-insecure-requests \
        user-agent vary via www-authenticate x-content-type-options x-forwarded-for x-frame-options \
        x-xss-protection \
        x-forwarded-host x-forwarded-port x-forwarded-proto traceparent tracestate b3 x-b3-traceid \
        x-b3-spanid x-b3-parentspanid x-b3-sampled x-b3-flags x-request-id grpc-status grpc-message \
        grpc-timeout grpc-encoding grpc-accept-encoding grpc-status-details-bin sec-fetch-dest \
        sec-fetch-mode sec-fetch-site sec-fetch-user sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform te \
        trailer connection keep-alive proxy-connection upgrade";
    let mut map = HeaderMap::new();
    for name in names.split_whitespace() {
        map.insert(name, "v").unwrap();
    }
    for (name, _) in &map {
        let known = name.known().unwrap_or_else(|| panic!("{name} is not known"));
        assert_eq!(known.as_str(), name.as_str());
        assert!(map.contains_key(known));
    }
}

#[test]
fn everything_that_is_a_name() {
    let mut map = HeaderMap::new();
    map.append("Name", "v").unwrap();
    let owned = String::from("name");
    assert!(
        map.contains_key("name") && map.contains_key(b"NAME") && map.contains_key(&b"name"[..])
    );
    assert!(map.contains_key(&owned) && map.contains_key(owned));
    assert!(map.contains_key(b"name".to_vec()));
    assert!(map.contains_key(std::borrow::Cow::Borrowed("name")));
    assert!(map.contains_key(HeaderName::from_static("name")));
}

#[test]
fn names_of_lines_in_a_set() {
    let mut map = HeaderMap::new();
    map.try_extend([("X-Own", "1"), ("Host", "2"), ("x-oWN", "3"), ("x-own2", "4")]).unwrap();
    let names: HashSet<_> = map.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 3);
}

#[test]
#[should_panic = "not a token"]
fn invalid_name_at_run_time() {
    let _ = HeaderName::from_static("x trace");
}

#[test]
fn names_fill_a_column() {
    let mut map = HeaderMap::new();
    map.append("Host", "v").unwrap();
    let name = map.keys().next().unwrap();
    assert_eq!(format!("{name:>6}|{:-<6}|{name:.2}", header::HOST), "  Host|host--|Ho");
}
