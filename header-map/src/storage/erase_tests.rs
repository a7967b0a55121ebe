//! Erasure: rule 5, seen from inside.

use super::Storage;

const SECRET: &[u8] = b"hunter2";

fn filled() -> Storage {
    let mut storage = Storage::new();
    storage.erases = true;
    storage.make_room(8, 400).unwrap();
    for name in [&b"a"[..], b"b", b"c", b"d"] {
        storage.push(200, name, SECRET, false);
    }
    storage
}

/// How often the secret lies anywhere in the memory.
fn secrets(storage: &Storage) -> usize {
    storage.bytes().windows(SECRET.len()).filter(|window| *window == SECRET).count()
}

#[test]
fn removal_and_compaction() {
    let mut storage = filled();
    let mut sweep = super::Sweep::new(&mut storage, 0);
    sweep.keep();
    sweep.remove();
    drop(sweep);
    assert_eq!((storage.len(), secrets(&storage)), (3, 3));
    storage.compact();
    assert_eq!((storage.len(), secrets(&storage)), (3, 3));
}

#[test]
fn replacement() {
    let mut storage = filled();
    storage.set_value(0, b"x", false);
    storage.set_value(1, b"a longer value", false);
    storage.set_value(3, b"y", false);
    assert_eq!(secrets(&storage), 1);
}

#[test]
fn end_of_a_value_that_became_shorter() {
    let mut storage = filled();
    storage.set_value(0, b"x", false);
    let ends = storage.bytes().windows(3).filter(|window| window == b"er2").count();
    assert_eq!(ends, 3);
}

#[test]
fn clearing_and_rolling_back() {
    let mut storage = filled();
    let checkpoint = storage.checkpoint();
    storage.push(200, b"e", SECRET, false);
    assert_eq!(secrets(&storage), 5);
    storage.roll_back(checkpoint);
    assert_eq!(secrets(&storage), 4);
    storage.clear();
    assert_eq!(secrets(&storage), 0);
}

#[test]
fn drained_lines_until_the_next_write() {
    let mut storage = filled();
    storage.forget();
    assert_eq!(secrets(&storage), 4);
    storage.make_room(1, 1).unwrap();
    assert_eq!(secrets(&storage), 0);
}

#[test]
fn value_that_was_formatted_in_part_or_elsewhere() {
    struct Failing;
    impl core::fmt::Display for Failing {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("hunter2").and(Err(core::fmt::Error))
        }
    }
    let mut map = crate::HeaderMap::new().with_erasure();
    map.append("x", "1").unwrap();
    map.append("y", "2").unwrap();
    assert!(map.append_fmt("z", format_args!("{Failing}")).is_err());
    assert!(map.insert_fmt("x", format_args!("{Failing}")).is_err());
    assert_eq!(secrets(&map.storage), 0);
    map.insert_fmt("x", format_args!("hunter2")).unwrap();
    assert_eq!(secrets(&map.storage), 1, "only in its place");
}

#[test]
fn heads_that_are_partial_or_refused() {
    use crate::{HeaderMap, Limits, Parsed, Progress};
    let many = "A: hunter2\r\nB:hunter2\r\n".repeat(20);
    for (lines, end) in [
        ("A: hunter2\r\nB:hunter2\r\n", "C"),
        ("A: hunter2\r\nB:hunter2\r\n", "C: 1\n"),
        ("A: hunter2\r\nB:hunter2\r\n", " folded\r\n\r\n"),
        ("Host: a\r\nA: hunter2\r\nB:hunter2\r\nHost: b\r\n", "\r\n"),
        (&*many, ""),
        (&*many, "\r\n"),
        (&*many, ":"),
    ] {
        for limits in [Limits::DEFAULT, Limits::new(35, 10_000), Limits::new(100, 400)] {
            let mut map = HeaderMap::new().with_erasure().with_limits(limits);
            map.reserve(32, 1_000).unwrap();
            let input = format!("GET / HTTP/1.1\r\n{lines}{end}");
            let parsed = map.parse_request(input.as_bytes(), &mut Progress::new());
            assert!(!matches!(parsed, Ok(Parsed::Complete { .. })), "{input}");
            assert_eq!((map.len(), secrets(&map.storage)), (0, 0), "{input}");
        }
    }
}

#[test]
fn nothing_is_overwritten_without_erasure() {
    let mut storage = filled();
    storage.erases = false;
    storage.clear();
    assert_eq!(secrets(&storage), 4);
}
