//! Callbacks that panic leave a valid map.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ratoon_header_map::HeaderMap;

fn filled() -> HeaderMap {
    let mut map = HeaderMap::new();
    for n in 0..20 {
        map.append(format!("x-{n}"), n.to_string()).unwrap();
    }
    map
}

#[test]
fn closure_of_retain() {
    for fatal in 0..20 {
        let mut map = filled();
        let mut seen = 0;
        let result = catch_unwind(AssertUnwindSafe(|| {
            map.retain(|_, _| {
                assert!(seen < fatal, "fatal");
                seen += 1;
                seen % 2 == 0
            });
        }));
        assert!(result.is_err());
        let expected: Vec<_> =
            (0..20).filter(|n| *n >= fatal || n % 2 == 1).map(|n| n.to_string()).collect();
        assert!(map.values().eq(expected.iter().map(String::as_str)), "{fatal}");
        map.compact();
        assert_eq!(map.as_wire().unwrap().len(), map.byte_len());
        for n in &expected {
            assert_eq!(map.get(format!("x-{n}")).unwrap(), **n);
        }
    }
}

#[test]
fn iterator_of_try_extend() {
    let mut map = filled();
    let before = map.clone();
    let lines = (0..50).map(|n| {
        assert!(n < 30, "fatal");
        (format!("y-{n}"), "v")
    });
    assert!(catch_unwind(AssertUnwindSafe(|| map.try_extend(lines))).is_err());
    assert_eq!(map, before);
    assert_eq!(map.as_wire(), before.as_wire());
}

#[test]
fn closure_of_an_entry() {
    let mut map = filled();
    let before = map.clone();
    let result = catch_unwind(AssertUnwindSafe(|| {
        let _ = map.entry("new").unwrap().or_insert_with(|| -> &str { panic!("fatal") });
    }));
    assert!(result.is_err());
    assert_eq!(map, before);
}
