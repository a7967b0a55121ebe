//! Order, repeated names, and the case of the wire.

use ratoon_header_map::{HeaderMap, header};

fn lines(map: &HeaderMap) -> Vec<String> {
    map.iter().map(|(name, value)| format!("{name}={}", value.to_str().unwrap())).collect()
}

fn interleaved() -> HeaderMap {
    let mut map = HeaderMap::new();
    for (n, name) in ["A", "b", "a", "C", "A"].into_iter().enumerate() {
        map.append(name, n.to_string()).unwrap();
    }
    map
}

#[test]
fn interleaved_repetitions() {
    let map = interleaved();
    assert_eq!(lines(&map), ["A=0", "b=1", "a=2", "C=3", "A=4"]);
    assert!(map.get_all("a").eq(["0", "2", "4"]));
    assert!(map.get_all("A").rev().eq(["4", "2", "0"]));
    assert_eq!(map.get("a").unwrap(), "0");
    assert_eq!(map.keys().map(|name| name.to_string()).collect::<Vec<_>>(), ["A", "b", "C"]);
    assert_eq!((map.len(), map.keys_len()), (5, 3));
}

#[test]
fn values_of_a_name_taken_from_both_ends() {
    let map = interleaved();
    let mut values = map.get_all("a");
    assert_eq!(values.next_back().unwrap(), "4");
    assert_eq!(values.next().unwrap(), "0");
    assert_eq!(values.next_back().unwrap(), "2");
    assert_eq!((values.next(), values.next_back(), values.next()), (None, None, None));
    assert!(map.get_all("a").iter().eq(["0", "2", "4"]));
}

#[test]
fn insertion_replaces_all_lines_of_a_name_at_the_first() {
    let mut map = interleaved();
    assert_eq!(map.insert("a", "new and longer").unwrap(), 3);
    assert_eq!(lines(&map), ["A=new and longer", "b=1", "C=3"]);
    assert_eq!(map.insert("A", "").unwrap(), 1);
    assert_eq!(map.insert("d", "5").unwrap(), 0);
    assert_eq!(lines(&map), ["A=", "b=1", "C=3", "d=5"]);
}

#[test]
fn removal_takes_all_lines_of_a_name() {
    let mut map = interleaved();
    assert_eq!(map.remove("a"), 3);
    assert_eq!(lines(&map), ["b=1", "C=3"]);
    assert_eq!(map.remove("a"), 0);
}

#[test]
fn cookies_stay_lines_of_their_own() {
    let mut map = HeaderMap::new();
    map.append(header::SET_COOKIE, "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT").unwrap();
    map.append(header::SET_COOKIE, "b=2").unwrap();
    assert_eq!(map.get_all(header::SET_COOKIE).count(), 2);
    let wire = b"set-cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nset-cookie: b=2\r\n";
    assert_eq!(map.as_wire(), Some(&wire[..]));
}

#[test]
fn case_of_the_wire_is_kept_and_lookups_ignore_it() {
    let mut map = HeaderMap::new();
    map.append("CoNtEnT-tYpE", "text/plain").unwrap();
    map.append("X-CuStOm", "1").unwrap();
    assert_eq!(map.as_wire(), Some(&b"CoNtEnT-tYpE: text/plain\r\nX-CuStOm: 1\r\n"[..]));
    for name in ["content-type", "CONTENT-TYPE", "Content-Type"] {
        assert_eq!(map.get(name).unwrap(), "text/plain");
    }
    assert_eq!(map.get(header::CONTENT_TYPE).unwrap(), "text/plain");
    for name in ["x-custom", "X-CUSTOM"] {
        assert_eq!(map.get(name).unwrap(), "1");
        assert_eq!(map.get(name.as_bytes()).unwrap(), "1");
    }
    let names: Vec<_> = map.keys().collect();
    assert_eq!(names[0].as_str(), "CoNtEnT-tYpE");
    assert_eq!(names[0].known(), Some(header::CONTENT_TYPE));
    assert_eq!(names[1].known(), None);
}

#[test]
fn one_value_is_asked_for() {
    let map = interleaved();
    assert_eq!(map.get_one("b").unwrap().unwrap(), "1");
    assert_eq!(map.get_one("absent").unwrap(), None);
    let error = map.get_one("a").unwrap_err();
    assert_eq!(error.to_string(), "header `a` has 3 values; only one is allowed");
}

#[test]
fn iterators_know_their_length_and_both_ends() {
    let map = interleaved();
    let mut iter = map.iter();
    assert_eq!(iter.len(), 5);
    iter.next();
    iter.next_back();
    assert_eq!(iter.len(), 3);
    assert_eq!(iter.clone().rev().count(), 3);
    assert_eq!(map.values().len(), 5);
    assert!(map.values().rev().eq(["4", "3", "2", "1", "0"]));
    assert_eq!((&map).into_iter().len(), 5);
    assert_eq!(map.iter().nth(2).unwrap().1, "2");
    assert_eq!(map.iter().nth(5), None);
    // How many of the lines left have the name, or are the first of theirs, shows on the way.
    assert_eq!((map.keys().size_hint(), map.keys().count()), ((0, Some(5)), 3));
    assert_eq!(format!("{:?}", map.keys()), r#"["A", "b", "C"]"#);
    let mut all = map.get_all("a");
    assert_eq!((all.size_hint(), all.clone().count()), ((0, Some(5)), 3));
    all.next();
    assert_eq!((all.size_hint(), all.clone().count()), ((0, Some(4)), 2));
    assert_eq!(map.get_all("absent").size_hint(), (0, Some(0)));
    let mut map = map;
    let mut drain = map.drain();
    assert_eq!(drain.len(), 5);
    assert_eq!(drain.next_back().unwrap().1, "4");
    assert_eq!(drain.next().unwrap().1, "0");
    assert_eq!(format!("{drain:?}"), r#"{"b": "1", "a": "2", "C": "3"}"#);
}
