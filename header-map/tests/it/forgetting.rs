//! Nothing of the request before is left.

use ratoon_header_map::{HeaderMap, HeaderName, Reset, header};

const TRACE: HeaderName = HeaderName::from_static("x-trace");

/// What `mem::forget` does, also with what has no destructor today.
fn forget<T>(value: T) {
    let _ = std::mem::ManuallyDrop::new(value);
}

fn used() -> HeaderMap {
    let mut map = HeaderMap::new();
    for n in 0..40 {
        map.append(format!("x-{n}"), format!("secret-{n}")).unwrap();
    }
    map.append(header::AUTHORIZATION, "secret").unwrap();
    map.append(header::SET_COOKIE, "secret").unwrap();
    map.append(TRACE, "secret").unwrap();
    map
}

#[track_caller]
fn assert_nothing_is_left(map: &HeaderMap) {
    assert_eq!((map.len(), map.byte_len(), map.keys_len()), (0, 0, 0));
    assert!(map.is_empty());
    for n in 0..40 {
        let name = format!("x-{n}");
        assert!(map.get(&name).is_none() && !map.contains_key(&name));
        assert_eq!(map.get_all(&name).count(), 0);
    }
    for name in [header::AUTHORIZATION, header::SET_COOKIE, TRACE] {
        assert!(map.get(name).is_none() && !map.contains_key(name));
        assert_eq!(map.get_all(name).rev().count(), 0);
        assert_eq!(map.get_one(name).unwrap(), None);
    }
    assert_eq!(map.iter().count(), 0);
    assert_eq!(map.iter().rev().count(), 0);
    assert_eq!(map.keys().count(), 0);
    assert_eq!(map.values().count(), 0);
    assert_eq!(map.as_wire(), Some(&b""[..]));
    assert_eq!(format!("{map:?}"), "{}");
    assert_eq!(*map, HeaderMap::new());
    assert!(map.clone().is_empty());
}

#[test]
fn cleared_map() {
    let mut map = used();
    map.clear();
    assert_nothing_is_left(&map);
}

#[test]
fn reset_map() {
    let mut map = used();
    map.reset();
    assert_nothing_is_left(&map);
    assert!(map.reusable());
}

#[test]
fn drained_map() {
    let mut map = used();
    assert_eq!(map.drain().count(), 43);
    assert_nothing_is_left(&map);
}

#[test]
fn map_whose_drain_was_forgotten() {
    let mut map = used();
    let mut drain = map.drain();
    assert_eq!(drain.next().unwrap().1, "secret-0");
    forget(drain);
    assert_nothing_is_left(&map);
    map.append("a", "1").unwrap();
    assert_eq!(map.as_wire(), Some(&b"a: 1\r\n"[..]));
}

#[test]
fn map_whose_entry_was_forgotten() {
    let mut map = used();
    let before = map.clone();
    forget(map.entry("x-3").unwrap());
    forget(map.entry("absent").unwrap());
    assert_eq!(map, before);
    map.reset();
    assert_nothing_is_left(&map);
}

#[test]
fn map_that_was_refilled_after_a_forgotten_drain() {
    for erases in [false, true] {
        let mut map = if erases { used().with_erasure() } else { used() };
        forget(map.drain());
        map.try_extend([("x-0", "new"), ("y", "new")]).unwrap();
        assert_eq!(map.as_wire(), Some(&b"x-0: new\r\ny: new\r\n"[..]));
        assert!(map.get("x-1").is_none());
        forget(map.drain());
        map.shrink_to(0, 0);
        assert_nothing_is_left(&map);
        assert_eq!(map.capacity(), 0);
    }
}

#[test]
fn map_whose_lines_were_removed_or_replaced() {
    let mut map = used();
    for n in 0..40 {
        map.remove(format!("x-{n}"));
    }
    map.insert(header::AUTHORIZATION, "new").unwrap();
    map.insert(header::SET_COOKIE, "a new value that is longer").unwrap();
    map.remove(TRACE);
    let expected = "authorization: new\r\nset-cookie: a new value that is longer\r\n";
    assert!(!format!("{map:?}").contains("secret"));
    map.compact();
    assert_eq!(map.as_wire(), Some(expected.as_bytes()));
    assert_eq!(map.clone().as_wire(), Some(expected.as_bytes()));
}

#[test]
#[cfg(feature = "http")]
fn frozen_values_are_their_own() {
    let mut map = used();
    let frozen = map.freeze().unwrap();
    map.reset();
    for n in 0..43 {
        map.append(format!("z-{n}"), "overwritten!").unwrap();
    }
    drop(map);
    assert_eq!(frozen.len(), 43);
    assert_eq!(frozen["x-39"], "secret-39");
    assert!(frozen.values().all(|value| value.to_str().unwrap().starts_with("secret")));
}

#[test]
fn map_without_kept_lines() {
    let mut map = used();
    map.retain(|_, _| false);
    assert_nothing_is_left(&map);
}

#[test]
fn lines_of_another_set_after_a_refill() {
    // Each position of a group in turn is the last live one; all behind it are stale.
    for len in 0..40 {
        let mut map = used();
        map.clear();
        for n in 0..len {
            map.append(format!("y-{n}"), "new").unwrap();
        }
        assert_eq!(map.len(), len);
        for n in 0..40 {
            assert!(map.get(format!("x-{n}")).is_none(), "x-{n} of {len}");
            assert_eq!(map.get(format!("y-{n}")).is_some(), n < len);
        }
        assert!(map.get(header::AUTHORIZATION).is_none());
        assert!(map.get(TRACE).is_none());
        assert!(!format!("{map:?}").contains("secret"));
        assert!(map.values().all(|value| value == "new"));
    }
}

#[test]
fn stale_line_of_a_name_that_is_there_again() {
    let mut map = HeaderMap::new();
    map.append(header::COOKIE, "old").unwrap();
    map.append(header::COOKIE, "old too").unwrap();
    map.clear();
    map.append(header::COOKIE, "new").unwrap();
    assert!(map.get_all(header::COOKIE).eq(["new"]));
    assert!(map.get_all(header::COOKIE).rev().eq(["new"]));
    assert_eq!(map.get_one(header::COOKIE).unwrap().unwrap(), "new");
}
