//! Sensitive values: redacted, and carried along.

use ratoon_header_map::{HeaderMap, Reset, Sensitive};

fn map() -> HeaderMap {
    let mut map = HeaderMap::new();
    map.append("authorization", Sensitive("Bearer hunter2")).unwrap();
    map.append("accept", "*/*").unwrap();
    map
}

#[test]
fn values_in_debug() {
    let mut map = map();
    assert_eq!(format!("{map:?}"), r#"{"authorization": Sensitive, "accept": "*/*"}"#);
    for text in [
        format!("{:?}", map.get("authorization")),
        format!("{:?}", map.get_all("authorization")),
        format!("{:?}", map.iter()),
        format!("{:?}", map.values()),
        format!("{:?}", map.entry("authorization")),
        format!("{:?}", Sensitive("hunter2")),
        format!("{:?}", map.clone()),
        format!("{:?}", map.drain()),
    ] {
        assert!(text.contains("Sensitive") && !text.contains("hunter2"), "{text}");
    }
}

#[test]
fn mark_of_a_value() {
    let mut map = map();
    assert!(map.get("authorization").unwrap().is_sensitive());
    assert!(!map.get("accept").unwrap().is_sensitive());
    map.insert("accept", Sensitive("text/html")).unwrap();
    assert!(map.get("accept").unwrap().is_sensitive());
    map.insert("accept", "text/html").unwrap();
    assert!(map.get("accept").unwrap().is_sensitive(), "what replaces a secret is one");
    map.set_sensitive("accept", false);
    map.insert("accept", "text/html").unwrap();
    assert!(!map.get("accept").unwrap().is_sensitive());
    map.reserve(100, 10_000).unwrap();
    map.append("last", Sensitive(vec![1 + b' '; 3])).unwrap();
    map.remove("accept");
    map.compact();
    assert!(map.values().all(|value| value.is_sensitive()));
    assert!(map.clone().values().all(|value| value.is_sensitive()));
}

#[test]
fn mark_of_a_value_that_goes_into_another_map() {
    let map = map();
    let mut other = HeaderMap::new();
    other.try_extend(&map).unwrap();
    assert!(other.get("authorization").unwrap().is_sensitive());
    assert!(!other.get("accept").unwrap().is_sensitive());
    assert_eq!(other.as_wire(), map.as_wire());
}

#[test]
fn maps_that_erase_do_what_others_do() {
    let mut map = map().with_erasure();
    map.append("x", "1").unwrap();
    map.remove("authorization");
    map.insert("x", "a longer value").unwrap();
    map.insert("x", "short").unwrap();
    for n in 0..100 {
        map.append(format!("x-{n}"), Sensitive("secret")).unwrap();
    }
    assert_eq!(map.len(), 102);
    assert_eq!(map.get("x").unwrap(), "short");
    assert_eq!(map.get("x-99").unwrap(), "secret");
    map.drain();
    map.append("y", "1").unwrap();
    assert_eq!(map.as_wire(), Some(&b"y: 1\r\n"[..]));
    map.reset();
    assert!(map.is_empty());
}

#[test]
fn mark_of_lines_that_are_there() {
    let mut map = HeaderMap::new();
    let lines = [("Cookie", "a"), ("X-Token", "b"), ("cookie", "c"), ("accept", "d")];
    map.try_extend(lines).unwrap();
    let wire = map.as_wire().unwrap().to_vec();
    assert_eq!(map.set_sensitive("COOKIE", true), 2);
    assert_eq!(map.set_sensitive("x-token", true), 1);
    assert_eq!(map.set_sensitive("absent", true), 0);
    let text = r#"{"Cookie": Sensitive, "X-Token": Sensitive, "cookie": Sensitive, "accept": "d"}"#;
    assert_eq!(format!("{map:?}"), text);
    assert_eq!(map.set_sensitive(ratoon_header_map::header::COOKIE, false), 2);
    let marks: Vec<_> = map.values().map(|value| value.is_sensitive()).collect();
    assert_eq!(marks, [false, true, false, false]);
    assert_eq!(map.as_wire(), Some(&wire[..]));
}

#[test]
fn plain_value_that_replaces_several_of_which_one_is_sensitive() {
    for secret in 0..3 {
        let mut map = HeaderMap::new();
        for n in 0..3 {
            if n == secret {
                map.append("x", Sensitive("1")).unwrap();
            } else {
                map.append("x", "1").unwrap();
            }
        }
        assert_eq!(map.insert("x", "2").unwrap(), 3);
        assert!(map.get("x").unwrap().is_sensitive(), "{secret}");
    }
}
