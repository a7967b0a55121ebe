//! Equality of maps.

use ratoon_header_map::{HeaderMap, Sensitive};

fn map(lines: &[(&str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    map.try_extend(lines.iter().copied()).unwrap();
    map
}

#[test]
fn order_between_names_and_their_case_do_not_count() {
    assert_eq!(
        map(&[("a", "1"), ("b", "2"), ("A", "3")]),
        map(&[("B", "2"), ("A", "1"), ("a", "3")])
    );
}

#[test]
fn order_within_a_name_counts() {
    assert_ne!(map(&[("a", "1"), ("a", "2")]), map(&[("a", "2"), ("a", "1")]));
}

#[test]
fn every_line_counts() {
    let ab = map(&[("a", "1"), ("b", "2")]);
    assert_ne!(ab, map(&[("a", "1")]));
    assert_ne!(map(&[("a", "1")]), ab);
    assert_ne!(ab, map(&[("a", "1"), ("c", "2")]));
    assert_ne!(ab, map(&[("a", "1"), ("b", "3")]));
    assert_ne!(map(&[("a", "1"), ("a", "1")]), map(&[("a", "1"), ("b", "1")]));
    assert_ne!(map(&[("a", "A")]), map(&[("a", "a")]), "case of values");
}

#[test]
fn memory_limits_and_sensitivity_do_not_count() {
    let mut other = HeaderMap::with_capacity(100, 1).with_erasure();
    other.append("gone", "x").unwrap();
    other.append("a", Sensitive("1")).unwrap();
    other.remove("gone");
    assert_eq!(other, map(&[("a", "1")]));
    assert_eq!(other.clone(), other);
}
