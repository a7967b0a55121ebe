//! How much memory a map keeps.

use ratoon_header_map::{HeaderMap, Limits, Reset};

fn small(map: &mut HeaderMap) {
    for n in 0..10 {
        map.append(format!("x-{n}"), "an ordinary value").unwrap();
    }
    map.reset();
}

fn large_limits() -> HeaderMap {
    HeaderMap::new().with_limits(Limits::new(1_000, 1 << 20))
}

#[test]
fn giant_value_is_forgotten() {
    let mut map = large_limits();
    map.append("giant", vec![b'v'; 64 * 1024]).unwrap();
    map.reset();
    assert!(map.retained_bytes() > 64 * 1024);
    let resets = (1..=1_000).find(|_| {
        small(&mut map);
        map.retained_bytes() < 4 * 1024
    });
    assert!(resets.is_some_and(|resets| (16..=48).contains(&resets)), "{resets:?}");
    (0..1_000).for_each(|_| small(&mut map));
    assert!(map.byte_capacity() >= 1024 && map.retained_bytes() < 4 * 1024);
}

#[test]
fn giant_number_of_headers_is_forgotten() {
    let mut map = large_limits();
    for n in 0..900 {
        map.append(format!("x-{n}"), "v").unwrap();
    }
    map.reset();
    (0..48).for_each(|_| small(&mut map));
    assert_eq!(map.capacity(), 16);
}

#[test]
fn presized_memory_is_kept() {
    let mut map = HeaderMap::with_capacity(64, 8 * 1024);
    let bytes = map.retained_bytes();
    (0..1_000).for_each(|_| small(&mut map));
    assert_eq!(map.retained_bytes(), bytes);
}

/// Capacities of a map that had room for `room` when 40 requests of `lines` headers with `bytes` bytes each
/// came.
fn kept(room: (usize, usize), lines: usize, bytes: usize) -> (usize, usize) {
    let mut map = large_limits();
    map.reserve(room.0, room.1).unwrap();
    assert_eq!((map.capacity(), map.byte_capacity()), room);
    for _ in 0..40 {
        for _ in 1..lines {
            map.append("a", "").unwrap();
        }
        map.append("a", vec![b'v'; bytes - map.byte_len() - "a: \r\n".len()]).unwrap();
        assert_eq!((map.len(), map.byte_len()), (lines, bytes));
        map.reset();
    }
    (map.capacity(), map.byte_capacity())
}

#[test]
fn a_quarter_above_the_need_is_kept_of_what_is_more_than_twice_that() {
    assert_eq!(kept((512, 1024), 40, 500), (64, 1024), "50 lines");
    assert_eq!(kept((128, 1024), 50, 500), (128, 1024), "no more than twice 64");
    assert_eq!(kept((144, 1024), 50, 500), (64, 1024));
    assert_eq!(kept((16, 99_200), 5, 2_000), (16, 2_512), "2,500 bytes");
    assert_eq!(kept((16, 4_096), 5, 1_639), (16, 4_096), "no more than twice 2,048");
    assert_eq!(kept((16, 4_112), 5, 1_639), (16, 2_048));
}

#[test]
fn what_a_first_write_makes_room_for_is_kept() {
    for (headers, bytes) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let mut map = HeaderMap::with_capacity(headers, bytes);
        map.append("a", "1").unwrap();
        map.append("b", "2").unwrap();
        map.reserve(16, 1024).unwrap();
        (0..64).for_each(|_| map.reset());
        assert!(map.capacity() >= 16 && map.byte_capacity() >= 1024, "{headers}, {bytes}");
    }
}

#[test]
fn load_that_doubles_and_halves_keeps_its_memory() {
    let mut map = large_limits();
    let mut bytes = Vec::new();
    for n in 0..1_000 {
        map.append("v", vec![b'v'; if n % 7 == 0 { 6_000 } else { 3_000 }]).unwrap();
        map.reset();
        bytes.push(map.retained_bytes());
    }
    assert!(bytes[16..].windows(2).all(|two| two[0] == two[1]));
}

#[test]
fn retained_bytes_are_those_of_the_one_allocation() {
    assert_eq!(HeaderMap::new().retained_bytes(), 0);
    assert_eq!(HeaderMap::with_capacity(0, 0).retained_bytes(), 0);
    for (headers, bytes) in [(1, 0), (0, 1), (17, 0), (0, 1_000)] {
        let map = HeaderMap::with_capacity(headers, bytes);
        assert!(map.capacity() >= headers && map.capacity() < headers + 16, "{map:?}");
        assert!(map.byte_capacity() >= bytes && map.byte_capacity() < bytes + 16, "{map:?}");
    }
    let map = HeaderMap::with_capacity(16, 1_024);
    assert_eq!(map.retained_bytes(), 17 * 16 + 1_024);
    assert_eq!((map.capacity(), map.byte_capacity()), (16, 1_024));
    let map = HeaderMap::with_capacity(17, 1);
    assert_eq!((map.capacity(), map.byte_capacity()), (32, 16));
}

#[test]
fn first_write_takes_an_ordinary_size() {
    let mut map = HeaderMap::new();
    map.append("a", "1").unwrap();
    assert_eq!((map.capacity(), map.byte_capacity()), (16, 1_024));
}

#[test]
fn only_what_is_lacking_grows() {
    let mut map = HeaderMap::with_capacity(16, 128);
    for _ in 0..16 {
        map.append("a", "v").unwrap();
    }
    assert_eq!((map.len(), map.capacity(), map.byte_len()), (16, 16, 16 * 6));
    map.insert("b", [b'v'; 27]).unwrap();
    assert_eq!(map.byte_len(), 128);
    assert_eq!((map.capacity(), map.byte_capacity()), (32, 128), "bytes are full, and enough");

    let mut map = HeaderMap::with_capacity(16, 64);
    for _ in 0..10 {
        map.append("a", "v").unwrap();
    }
    for _ in 0..6 {
        map.append("b", "").unwrap();
    }
    let full = (map.len(), map.capacity());
    map.insert("a", vec![b'v'; 2000]).unwrap();
    assert_eq!((full, map.capacity()), ((16, 16), 16), "lines are full, and enough");
}

#[test]
fn limits_stay_over_a_reset() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1, 100));
    map.append("a", "1").unwrap();
    map.reset();
    map.append("a", "1").unwrap();
    assert!(map.append("b", "1").is_err());
    assert_eq!(map.limits(), Limits::new(1, 100));
}

#[test]
fn load_that_removes_before_the_reset_keeps_its_memory() {
    let removals: [fn(&mut HeaderMap); 5] = [
        |map| map.retain(|name, _| name == "x-1"),
        |map| (0..199).for_each(|n| assert_eq!(map.remove(format!("x-{n}")), 1)),
        |map| (0..199).for_each(|n| assert_eq!(map.insert(format!("x-{n}"), ""), Ok(1))),
        |map| assert_eq!(map.insert("all", ""), Ok(200)),
        |map| map.drain().for_each(drop),
    ];
    for (at, removal) in removals.into_iter().enumerate() {
        let mut map = large_limits();
        let mut bytes = Vec::new();
        for _ in 0..100 {
            for n in 0..200 {
                let name = if at == 3 { "all".to_owned() } else { format!("x-{n}") };
                map.append(name, [b'v'; 100]).unwrap();
            }
            removal(&mut map);
            map.reset();
            bytes.push(map.retained_bytes());
        }
        assert!(bytes.windows(2).all(|two| two[0] == two[1]), "{at}: {bytes:?}");
    }
}

#[test]
fn memory_above_two_and_a_half_times_the_most_is_given_back() {
    for (giant, is_kept) in [(24_000, true), (26_000, false)] {
        let mut map = large_limits();
        map.append("giant", vec![b'v'; giant]).unwrap();
        map.reset();
        for _ in 0..48 {
            map.append("v", vec![b'v'; 10_000]).unwrap();
            map.reset();
        }
        assert_eq!(map.byte_capacity() > giant, is_kept);
        assert!(map.byte_capacity() <= 10_005 * 5 / 2);
    }
}
