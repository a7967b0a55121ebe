//! Names with equal tags: correct, and bounded in what they cost.

use super::HeaderMap;
use crate::name::{comparisons, table};

/// Different names that all have the tag of the first.
fn equal_tags(count: usize) -> Vec<String> {
    let tag = table::tag(b"x-0");
    let names = (0..).map(|n| format!("x-{n}"));
    names.filter(|name| table::tag(name.as_bytes()) == tag).take(count).collect()
}

/// How many names are compared byte by byte while `f` runs.
fn compared(f: impl FnOnce()) -> usize {
    let before = comparisons();
    f();
    comparisons() - before
}

#[test]
fn appending_compares_nothing() {
    let mut map = HeaderMap::new();
    let count = compared(|| {
        for name in equal_tags(128) {
            map.append(&name, &name).unwrap();
        }
    });
    assert_eq!((count, map.len()), (0, 128));
}

#[test]
fn lookup_compares_each_line_once() {
    let mut names = equal_tags(129);
    let absent = names.pop().unwrap();
    let mut map = HeaderMap::new();
    map.try_extend(names.iter().map(|name| (name, name))).unwrap();
    for (at, name) in names.iter().enumerate() {
        assert_eq!(compared(|| assert_eq!(map.get(name).unwrap(), **name)), at + 1);
    }
    assert_eq!(compared(|| assert!(map.get(&absent).is_none())), 128);
    assert_eq!(compared(|| assert_eq!(map.get_all(&names[0]).count(), 1)), 1 + 128);
}

#[test]
fn filling_by_insertion_compares_half_of_all_pairs() {
    let mut map = HeaderMap::new();
    let count = compared(|| {
        for name in equal_tags(128) {
            assert_eq!(map.insert(&name, "v").unwrap(), 0);
        }
    });
    assert_eq!(count, 128 * 127 / 2);
}

#[test]
fn names_and_equality_compare_pairs() {
    let mut map = HeaderMap::new();
    map.try_extend(equal_tags(128).iter().map(|name| (name, "v"))).unwrap();
    assert_eq!(compared(|| assert_eq!(map.keys_len(), 128)), 128 * 127 / 2);
    let other = map.clone();
    // The names of one map, and for each the lines of both.
    assert_eq!(compared(|| assert!(map == other)), 128 * 127 / 2 + 2 * 128 * 129);
}

#[test]
fn other_names_with_other_tags_are_not_compared() {
    let mut map = HeaderMap::new();
    map.try_extend(equal_tags(64).iter().map(|name| (name, "v"))).unwrap();
    let other = (0..).map(|n| format!("y-{n}"));
    let tag = table::tag(b"x-0");
    let other = other.into_iter().find(|name| table::tag(name.as_bytes()) != tag).unwrap();
    assert_eq!(compared(|| assert!(map.get(&other).is_none())), 0);
}

#[test]
fn names_that_connection_repeats_are_compared_with_one_line() {
    let mut map = HeaderMap::new();
    map.append("connection", vec!["x-0"; 100].join(",")).unwrap();
    map.try_extend([("x-0", "v"); 100]).unwrap();
    // The first mention finds all lines, each other the first.
    assert_eq!(compared(|| assert_eq!(map.remove_hop_by_hop(), 101)), 100 + 99);
}
