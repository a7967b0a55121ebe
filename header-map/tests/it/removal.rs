//! Gaps: what removal and replacement leave, and how it goes away.

use ratoon_header_map::HeaderMap;

fn filled(lines: usize) -> HeaderMap {
    let mut map = HeaderMap::new();
    for n in 0..lines {
        map.append(format!("x-{n}"), "value").unwrap();
    }
    map
}

/// What the lines are on the wire, each by itself.
fn lines_of(map: &HeaderMap) -> Vec<u8> {
    let line = |(name, value): (ratoon_header_map::Name<'_>, ratoon_header_map::Value<'_>)| {
        [name.as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat()
    };
    map.iter().flat_map(line).collect()
}

#[test]
fn compaction_keeps_the_order() {
    let mut map = filled(20);
    for n in [0, 3, 4, 17] {
        assert_eq!(map.remove(format!("x-{n}")), 1);
    }
    map.insert("x-8", "a longer value than before").unwrap();
    map.insert("x-9", "").unwrap();
    let expected = lines_of(&map);
    assert_eq!(map.as_wire(), None);
    map.compact();
    assert_eq!(map.as_wire(), Some(&expected[..]));
    assert_eq!(map.byte_len(), expected.len());
    map.compact();
    assert_eq!(map.as_wire(), Some(&expected[..]));
}

#[test]
fn removal_at_the_end_leaves_no_gap() {
    let mut map = filled(3);
    map.remove("x-2");
    assert_eq!(map.as_wire(), Some(&b"x-0: value\r\nx-1: value\r\n"[..]));
}

#[test]
fn gaps_never_exceed_the_lines() {
    let mut map = filled(100);
    let bytes = map.byte_capacity();
    for n in 0..99 {
        map.remove(format!("x-{n}"));
    }
    // One line of twelve bytes is left: so are at most as many in gaps, and the rest is free.
    map.append("fits", vec![b'v'; bytes - 2 * 13 - 8]).unwrap();
    assert_eq!(map.byte_capacity(), bytes, "compacted, not grown");
}

#[test]
fn replacement_again_and_again_needs_no_more_memory() {
    let mut map = HeaderMap::with_capacity(16, 256);
    map.append("first", "1").unwrap();
    map.append("content-length", "0").unwrap();
    map.append("last", "1").unwrap();
    for n in 0..10_000_u32 {
        assert_eq!(map.insert("content-length", n.to_string()).unwrap(), 1);
        assert_eq!(map.get("content-length").unwrap().parse::<u32>(), Some(n));
    }
    assert_eq!((map.capacity(), map.byte_capacity()), (16, 256));
    map.compact();
    assert_eq!(map.as_wire(), Some(&b"first: 1\r\ncontent-length: 9999\r\nlast: 1\r\n"[..]));
}

#[test]
fn removal_makes_room_below_the_limit() {
    let mut map = HeaderMap::new();
    for round in 0..1_000 {
        map.append(format!("x-{round}"), vec![b'v'; 8_000]).unwrap();
        if round > 0 {
            assert_eq!(map.remove(format!("x-{}", round - 1)), 1);
        }
    }
    assert_eq!(map.len(), 1);
    assert!(map.byte_capacity() <= 64 * 1024);
}

#[test]
fn equal_length_is_patched_in_place() {
    let mut map = filled(3);
    let before = map.as_wire().unwrap().as_ptr();
    map.insert("x-1", "other").unwrap();
    let wire = map.as_wire().expect("no gap");
    assert_eq!(wire, b"x-0: value\r\nx-1: other\r\nx-2: value\r\n");
    assert_eq!(wire.as_ptr(), before);
}

#[test]
fn kept_lines() {
    let mut map = filled(40);
    map.retain(|name, value| name.as_str().ends_with('1') && value == "value");
    let names: Vec<_> = map.keys().map(|name| name.to_string()).collect();
    assert_eq!(names, ["x-1", "x-11", "x-21", "x-31"]);
    assert!(map.contains_key("x-21") && !map.contains_key("x-2"));
}

#[test]
fn shrinking_to_what_is_needed() {
    let mut map = filled(40);
    map.reserve(500, 50_000).unwrap();
    assert!(map.capacity() >= 540 && map.byte_capacity() >= 50_000 + map.byte_len());
    let expected = lines_of(&map);
    map.shrink_to(0, 0);
    assert_eq!((map.capacity(), lines_of(&map)), (48, expected));
    assert!(map.byte_capacity() < map.byte_len() + 16);
    map.clear();
    map.shrink_to(0, 0);
    assert_eq!((map.capacity(), map.byte_capacity()), (0, 0));
    map.append("a", "1").unwrap();
}

#[test]
fn shrinking_one_of_the_two() {
    let mut map = HeaderMap::with_capacity(64, 1024);
    map.append("a", "1").unwrap();
    map.shrink_to(16, usize::MAX);
    assert_eq!((map.capacity(), map.byte_capacity()), (16, 1024));
    map.shrink_to(64, 512);
    assert_eq!((map.capacity(), map.byte_capacity()), (16, 512));
    map.shrink_to(0, 0);
    assert_eq!((map.capacity(), map.byte_capacity()), (16, 16));
    assert_eq!(map.as_wire(), Some(&b"a: 1\r\n"[..]));
}

#[test]
fn gaps_never_exceed_lines() {
    for (removed, is_compact) in [(0, true), (1, false), (2, false), (3, true), (4, true)] {
        let mut map = HeaderMap::new();
        map.try_extend([("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]).unwrap();
        for name in ["a", "b", "c", "d"].into_iter().take(removed) {
            map.remove(name);
        }
        assert_eq!(map.as_wire().is_some(), is_compact, "{removed}");
    }
}

#[test]
fn replacement_of_several_lines_that_fits_needs_no_more_memory() {
    for lines in 2..=4 {
        let mut map = HeaderMap::with_capacity(16, 96);
        map.append("b", [b'x'; 96 - 5 - 4 * 17]).unwrap();
        for _ in 0..lines {
            map.append("a", [b'v'; 12]).unwrap();
        }
        let before = map.as_wire().unwrap().as_ptr();
        let longest = 96 - 5 - map.get("b").unwrap().len() - 5;
        assert_eq!(map.insert("A", vec![b'w'; longest]).unwrap(), lines);
        assert_eq!((map.byte_len(), map.byte_capacity()), (96, 96));
        map.compact();
        assert_eq!(map.as_wire().unwrap().as_ptr(), before, "the same memory");
        assert_eq!(map.get("a").unwrap(), &vec![b'w'; longest][..]);
    }
}

#[test]
fn replacement_of_several_lines_in_a_full_map() {
    let mut map = HeaderMap::with_capacity(16, 48);
    let lines = [("a", "1"), ("b", "22222222222"), ("a", "33333333333")];
    map.try_extend(lines).unwrap();
    map.append("c", "4").unwrap();
    let room = map.byte_capacity() - map.byte_len();
    map.insert("c", "4".repeat(1 + room)).unwrap();
    assert_eq!(map.byte_len(), map.byte_capacity(), "full");
    assert_eq!(map.insert("a", "55555555").unwrap(), 2);
    let expected = lines_of(&map);
    map.compact();
    assert_eq!(map.as_wire(), Some(&expected[..]));
    assert!(expected.starts_with(b"a: 55555555\r\nb: 22222222222\r\nc: 4"));
}
