//! Entries.

use ratoon_header_map::{Entry, Error, HeaderMap, Limits, Sensitive, header};

#[test]
fn vacant_entry() {
    let mut map = HeaderMap::new();
    let Entry::Vacant(entry) = map.entry("X-New").unwrap() else { panic!("occupied") };
    assert_eq!(entry.key().as_str(), "X-New");
    assert_eq!(format!("{entry:?}"), r#"VacantEntry { name: "X-New" }"#);
    assert_eq!(entry.insert("1").unwrap(), "1");
    assert_eq!(map.as_wire(), Some(&b"X-New: 1\r\n"[..]));
}

#[test]
fn occupied_entry() {
    let mut map = HeaderMap::new();
    map.try_extend([("Vary", "a"), ("x", "y"), ("vary", "b")]).unwrap();
    let Entry::Occupied(mut entry) = map.entry(header::VARY).unwrap() else { panic!("vacant") };
    assert_eq!(entry.key().as_str(), "Vary", "as the wire spells it");
    assert_eq!(entry.get(), "a");
    entry.append("c").unwrap();
    assert!(entry.iter().eq(["a", "b", "c"]));
    assert_eq!(entry.insert("d").unwrap(), 3);
    assert!(entry.iter().eq(["d"]));
    assert_eq!(entry.insert("e").unwrap(), 1);
    assert_eq!(entry.into_value(), "e");
    let Entry::Occupied(entry) = map.entry("VARY").unwrap() else { panic!("vacant") };
    assert_eq!(entry.remove(), 1);
    map.compact();
    assert_eq!(map.as_wire(), Some(&b"x: y\r\n"[..]));
}

#[test]
fn default_of_an_entry() {
    let mut map = HeaderMap::new();
    assert_eq!(map.entry("a").unwrap().or_insert(Sensitive("1")).unwrap(), "1");
    assert!(map.get("a").unwrap().is_sensitive());
    assert_eq!(map.entry("A").unwrap().or_insert("2").unwrap(), "1");
    let unused = || -> &str { panic!("not needed") };
    assert_eq!(map.entry("A").unwrap().or_insert_with(unused).unwrap(), "1");
    map.append("a", "last").unwrap();
    assert_eq!(map.entry("a").unwrap().or_insert("2").unwrap(), "1", "the first of several");
    assert_eq!(map.remove("a"), 2);
    map.append("a", "1").unwrap();
    assert_eq!(map.entry("b").unwrap().key().as_str(), "b");
    assert!(map.entry("b").unwrap().or_insert("\n").is_err());
    assert_eq!(map.len(), 1);
}

#[test]
fn entry_of_an_invalid_name_or_beyond_a_limit() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1, 20));
    assert!(matches!(map.entry("a b"), Err(Error::InvalidName { at: 1, .. })));
    map.append("a", "1").unwrap();
    assert!(map.entry("b").unwrap().or_insert("1").is_err());
    let Entry::Occupied(mut entry) = map.entry("a").unwrap() else { panic!("vacant") };
    assert!(entry.append("2").is_err());
    assert!(entry.insert("x".repeat(16)).is_err());
    assert_eq!(entry.get(), "1");
}
