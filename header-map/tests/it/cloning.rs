//! Clones, and clones into a map that held something else.

use ratoon_header_map::{HeaderMap, Limits, Reset, Sensitive};

/// So many lines, every third of them sensitive.
fn lines(count: usize) -> HeaderMap {
    let mut map = HeaderMap::new();
    for n in 0..count {
        let (name, value) = (format!("x-{n}"), "v".repeat(n % 7));
        if n % 3 == 0 {
            map.append(name, Sensitive(value)).unwrap();
        } else {
            map.append(name, value).unwrap();
        }
    }
    map
}

/// What held lines of other names and lengths in a memory of this size.
fn used(slots: usize, bytes: usize) -> HeaderMap {
    let mut map = HeaderMap::with_capacity(slots, bytes);
    for n in 0..slots {
        map.append(format!("old-{n}"), "of the request before").unwrap();
    }
    map
}

/// Compares all that can be read, then writes.
#[track_caller]
fn assert_is_clone(mut map: HeaderMap, source: &HeaderMap) {
    assert!(map.iter().eq(source.iter()));
    assert_eq!(format!("{map:?}"), format!("{source:?}"));
    assert_eq!((map.len(), map.byte_len()), (source.len(), source.byte_len()));
    let wire: Vec<u8> = source
        .iter()
        .flat_map(|(name, value)| [name.as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat())
        .collect();
    assert_eq!(map.as_wire(), Some(&wire[..]), "a clone has no gaps");
    for (name, value) in source {
        assert_eq!(map.get(name), Some(value));
        assert_eq!(map.get_all(name).count(), 1);
    }
    assert!((0..100).all(|n| !map.contains_key(format!("old-{n}"))));

    for (name, value) in source {
        assert_eq!(map.insert(name, [value.as_bytes(), b"longer"].concat()).unwrap(), 1);
    }
    map.append("last", "line").unwrap();
    for (name, value) in source {
        assert_eq!(map.get(name).unwrap(), [value.as_bytes(), b"longer"].concat()[..]);
        assert_eq!(map.remove(name), 1);
    }
    map.compact();
    assert_eq!(map.as_wire(), Some(&b"last: line\r\n"[..]));
}

#[test]
fn sources_of_any_length_into_maps_of_any_size() {
    for count in [0, 1, 2, 15, 16, 17, 31, 32, 33, 48, 70] {
        let source = lines(count);
        assert_is_clone(source.clone(), &source);
        for (slots, bytes) in [(0, 0), (1, 40), (16, 1024), (33, 2048), (96, 8192)] {
            let mut map = used(slots, bytes);
            map.clone_from(&source);
            assert_is_clone(map, &source);
        }
    }
}

#[test]
fn sources_with_gaps() {
    for removed in 0..20 {
        let mut source = lines(20);
        source.remove(format!("x-{removed}"));
        source.insert("x-6", "1").unwrap();
        let mut map = used(16, 1024);
        map.clone_from(&source);
        assert_is_clone(map, &source);
        assert_is_clone(source.clone(), &source);
    }
}

#[test]
fn clone_into_a_map_that_was_drained_cleared_or_reset() {
    let source = lines(20);
    for erases in [false, true] {
        let uses: [fn(&mut HeaderMap); 4] = [
            |map| _ = map.drain(),
            |map| _ = std::mem::ManuallyDrop::new(map.drain()),
            HeaderMap::clear,
            Reset::reset,
        ];
        for make_empty in uses {
            let mut map = used(40, 4096);
            map = if erases { map.with_erasure() } else { map };
            make_empty(&mut map);
            map.clone_from(&source);
            assert_is_clone(map, &source);
        }
    }
}

#[test]
fn limits_are_those_of_the_source() {
    let source = lines(3).with_limits(Limits::new(4, 1024));
    assert_eq!(source.clone().limits(), source.limits());
    let mut map = used(16, 1024);
    map.clone_from(&source);
    assert_eq!(map.limits(), source.limits());
    map.append("fourth", "").unwrap();
    map.append("fifth", "").unwrap_err();
}

#[test]
fn memory_is_kept_and_grows_to_what_is_needed() {
    let mut map = used(40, 4096);
    map.clone_from(&lines(2));
    assert_eq!((map.capacity(), map.byte_capacity()), (48, 4096));
    let source = lines(50);
    map.clone_from(&source);
    assert_eq!((map.capacity(), map.byte_capacity()), (64, 4096));
    map.clone_from(&HeaderMap::new());
    assert_eq!((map.capacity(), map.byte_capacity()), (64, 4096));
    assert_eq!(HeaderMap::with_capacity(40, 4096).clone().capacity(), 0);
}
