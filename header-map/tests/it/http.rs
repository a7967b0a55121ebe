//! From and to `http::HeaderMap`.

use ratoon_header_map::{Error, HeaderMap, Limits, Sensitive};

fn http_map() -> http::HeaderMap {
    let mut map = http::HeaderMap::new();
    map.append("set-cookie", "a=1".parse().unwrap());
    map.append("host", "example.com".parse().unwrap());
    map.append("set-cookie", "b=2".parse().unwrap());
    let mut secret = http::HeaderValue::from_static("Bearer 1");
    secret.set_sensitive(true);
    map.append("authorization", secret);
    map.append("x-latin", http::HeaderValue::from_bytes(b"\xe4").unwrap());
    map
}

#[test]
fn round_trip() {
    let original = http_map();
    let map = HeaderMap::try_from(&original).unwrap();
    assert!(map.get_all("set-cookie").eq(["a=1", "b=2"]));
    assert!(map.get("authorization").unwrap().is_sensitive());
    let frozen = map.freeze().unwrap();
    let mut copied = http::HeaderMap::new();
    map.copy_into_http(&mut copied).unwrap();
    for back in [frozen, copied] {
        assert_eq!(back, original);
        assert!(back["authorization"].is_sensitive());
        assert!(!back["host"].is_sensitive());
    }
}

#[test]
fn copies_are_added_to_what_is_there() {
    let mut target = http_map();
    let mut map = HeaderMap::new();
    map.append("Set-Cookie", Sensitive("c=3")).unwrap();
    map.copy_into_http(&mut target).unwrap();
    assert_eq!(target.get_all("set-cookie").iter().count(), 3);
}

#[test]
fn more_headers_than_the_limits_allow() {
    let mut many = http::HeaderMap::new();
    for n in 0..129 {
        many.append(http::HeaderName::try_from(format!("x-{n}")).unwrap(), "v".parse().unwrap());
    }
    let result = HeaderMap::try_from(&many);
    assert!(matches!(result, Err(Error::TooManyHeaders { limit: 128, .. })));
    let mut map = HeaderMap::new().with_limits(Limits::new(200, 10_000));
    map.extend_from_http(&many).unwrap();
    assert_eq!(map.len(), 129);
}

#[test]
fn more_headers_than_http_can_hold() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1 << 16, 1 << 24));
    for n in 0..24_577 {
        map.append(format!("x-{n}"), "v").unwrap();
    }
    let mut target = http_map();
    let before = target.clone();
    let result = map.copy_into_http(&mut target);
    assert!(matches!(result, Err(Error::TooManyHeaders { limit: 24_576, .. })));
    assert_eq!(target, before);
    assert!(map.freeze().is_err());
}

#[test]
fn values_of_http() {
    let mut value = http::HeaderValue::from_static("1");
    let mut map = HeaderMap::new();
    map.append("a", &value).unwrap();
    value.set_sensitive(true);
    map.append("b", value).unwrap();
    let marks: Vec<_> = map.values().map(|value| value.is_sensitive()).collect();
    assert_eq!(marks, [false, true]);
}
