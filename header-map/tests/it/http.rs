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
    let Err(Error::TooManyHeaders { name, limit: 24_576 }) = result else { panic!("{result:?}") };
    assert!(map.contains_key(name.as_bytes()));
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

#[test]
fn constants_of_http() {
    macro_rules! check {
        ($($constant:ident)*) => {{
            let names = [$((http::header::$constant, ratoon_header_map::header::$constant)),*];
            assert_eq!(names.len(), 81, "all that http 1.5 has");
            for (theirs, ours) in names {
                assert_eq!(theirs.as_str(), ours.as_str());
                let mut map = HeaderMap::new();
                map.append(&theirs, "v").unwrap();
                assert!(map.contains_key(ours) && map.contains_key(theirs));
            }
        }};
    }
    check!(
        ACCEPT ACCEPT_CHARSET ACCEPT_ENCODING ACCEPT_LANGUAGE ACCEPT_RANGES
        ACCESS_CONTROL_ALLOW_CREDENTIALS ACCESS_CONTROL_ALLOW_HEADERS
        ACCESS_CONTROL_ALLOW_METHODS ACCESS_CONTROL_ALLOW_ORIGIN ACCESS_CONTROL_EXPOSE_HEADERS
        ACCESS_CONTROL_MAX_AGE ACCESS_CONTROL_REQUEST_HEADERS ACCESS_CONTROL_REQUEST_METHOD AGE
        ALLOW ALT_SVC AUTHORIZATION CACHE_CONTROL CACHE_STATUS CDN_CACHE_CONTROL CONNECTION
        CONTENT_DISPOSITION CONTENT_ENCODING CONTENT_LANGUAGE CONTENT_LENGTH CONTENT_LOCATION
        CONTENT_RANGE CONTENT_SECURITY_POLICY CONTENT_SECURITY_POLICY_REPORT_ONLY CONTENT_TYPE
        COOKIE DNT DATE ETAG EXPECT EXPIRES FORWARDED FROM HOST IF_MATCH IF_MODIFIED_SINCE
        IF_NONE_MATCH IF_RANGE IF_UNMODIFIED_SINCE LAST_MODIFIED LINK LOCATION MAX_FORWARDS
        ORIGIN PRAGMA PROXY_AUTHENTICATE PROXY_AUTHORIZATION PUBLIC_KEY_PINS
        PUBLIC_KEY_PINS_REPORT_ONLY RANGE REFERER REFERRER_POLICY REFRESH RETRY_AFTER
        SEC_WEBSOCKET_ACCEPT SEC_WEBSOCKET_EXTENSIONS SEC_WEBSOCKET_KEY SEC_WEBSOCKET_PROTOCOL
        SEC_WEBSOCKET_VERSION SERVER SET_COOKIE STRICT_TRANSPORT_SECURITY TE TRAILER
        TRANSFER_ENCODING USER_AGENT UPGRADE UPGRADE_INSECURE_REQUESTS VARY VIA WARNING
        WWW_AUTHENTICATE X_CONTENT_TYPE_OPTIONS X_DNS_PREFETCH_CONTROL X_FRAME_OPTIONS
        X_XSS_PROTECTION
    );
}

#[test]
fn names_of_http() {
    let name = http::HeaderName::from_static("x-own");
    let mut map = HeaderMap::new();
    map.append(&name, "1").unwrap();
    map.append("X-Own", "2").unwrap();
    assert!(map.get_all(&name).eq(["1", "2"]));
    assert_eq!(map.remove(name), 2);
}

#[test]
fn copies_into_a_large_map() {
    let mut target = http_map();
    for n in 0..5_000 {
        let name = http::HeaderName::try_from(format!("x-{n}")).unwrap();
        target.append(name, http::HeaderValue::from(n));
    }
    let mut map = HeaderMap::new();
    map.try_extend([("x-1", "more"), ("new", "v"), ("Host", "other")]).unwrap();
    map.copy_into_http(&mut target).unwrap();
    assert_eq!(target.len(), 5_008);
    assert!(target.get_all("x-1").iter().eq(["1", "more"]));
    assert!(target.get_all("host").iter().eq(["example.com", "other"]));
    assert_eq!(target["new"], "v");
}

#[test]
fn more_lines_than_http_has_names_for() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1 << 16, 1 << 24));
    for n in 0..30_000_u32 {
        map.append("x-many", n).unwrap();
    }
    let mut target = http_map();
    map.copy_into_http(&mut target).unwrap();
    assert_eq!(target.len(), http_map().len() + 30_000);
    assert!(map.freeze().unwrap().get_all("x-many").iter().eq(target.get_all("x-many")));
}

#[test]
fn conversions_by_value() {
    let mut map = HeaderMap::new();
    map.append("X-Long", Sensitive("\u{e4}\t")).unwrap();
    map.append("Host", "a").unwrap();
    let other = http::HeaderMap::try_from(&map).unwrap();
    assert!(other["x-long"].is_sensitive());
    let back = HeaderMap::try_from(other).unwrap();
    assert_eq!(back, map);
    let value = http::HeaderValue::from(map.get("x-long").unwrap());
    assert_eq!(value.as_bytes(), "\u{e4}\t".as_bytes());
    assert!(
        value.is_sensitive() && !http::HeaderValue::from(map.get("host").unwrap()).is_sensitive()
    );
    const OWN: ratoon_header_map::HeaderName = ratoon_header_map::HeaderName::from_static("X-Own!");
    assert_eq!(http::HeaderName::from(OWN), "x-own!");
    assert_eq!(http::HeaderName::from(ratoon_header_map::header::VIA), http::header::VIA);
    static LONGEST: [u8; 65_535] = [b'n'; 65_535];
    let longest = std::str::from_utf8(&LONGEST).expect("ASCII");
    let longest = ratoon_header_map::HeaderName::from_static(longest);
    assert_eq!(http::HeaderName::from(longest).as_str().len(), 65_535);
}
