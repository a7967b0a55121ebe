//! Calls of the allocator. A test binary of its own, because it replaces the global allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ratoon_header_map::{Error, HeaderMap, Limits, Reset, header};

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
    /// How many calls succeed before the allocator has no more.
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    /// Memory that came back with the secret in it; counted while it is some number.
    static LEAKED: Cell<Option<usize>> = const { Cell::new(None) };
}

const SECRET: &[u8] = b"hunter2";

/// The system's allocator, counting its calls per thread and failing when it is told to.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

impl Counting {
    fn may_allocate() -> bool {
        CALLS.set(CALLS.get() + 1);
        let left = LEFT.get();
        LEFT.set(left.saturating_sub(1));
        left > 0
    }
}

// SAFETY: hands every request on to the system's allocator, or fails it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !Self::may_allocate() {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        CALLS.set(CALLS.get() + 1);
        if let Some(leaked) = LEAKED.get() {
            // SAFETY: whoever searches gives back memory that was written in full: maps' only.
            let bytes = unsafe { std::slice::from_raw_parts(ptr, layout.size()) };
            let is_leaked = bytes.windows(SECRET.len()).any(|window| window == SECRET);
            LEAKED.set(Some(leaked + usize::from(is_leaked)));
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }
}

/// How often `f` calls the allocator.
fn calls(f: impl FnOnce()) -> usize {
    let before = CALLS.get();
    f();
    CALLS.get() - before
}

fn fill(map: &mut HeaderMap) {
    map.append("Host", "example.com").unwrap();
    for name in ["Accept", "Accept-Encoding", "Accept-Language", "Cookie", "X-Own", "Referer"] {
        map.append(name, "a value of ordinary length, as browsers send it").unwrap();
    }
    map.insert(header::COOKIE, "another").unwrap();
    map.remove("referer");
    assert_eq!(map.get(header::HOST).unwrap(), "example.com");
}

#[test]
fn no_call_in_a_hundred_thousand_cycles() {
    let mut map = HeaderMap::new();
    fill(&mut map);
    let calls = calls(|| {
        for _ in 0..100_000 {
            map.reset();
            fill(&mut map);
            map.clear();
            fill(&mut map);
        }
    });
    assert_eq!(calls, 0);
}

#[test]
fn one_call_for_a_cold_map() {
    assert_eq!(calls(|| drop(HeaderMap::default())), 0);
    let mut map = HeaderMap::default();
    assert_eq!(calls(|| fill(&mut map)), 1);
}

#[test]
fn one_call_for_a_presized_map_and_none_after() {
    assert_eq!(calls(|| drop(HeaderMap::with_capacity(0, 0))), 0);
    let mut map = None;
    assert_eq!(calls(|| map = Some(HeaderMap::with_capacity(20, 2_000))), 1);
    let unshrunk = map.as_mut().unwrap();
    let (headers, bytes) = (unshrunk.capacity(), unshrunk.byte_capacity());
    assert_eq!(calls(|| unshrunk.shrink_to(headers, bytes)), 0);
    assert_eq!(calls(|| unshrunk.shrink_to(usize::MAX, usize::MAX)), 0);
    let mut map = map.unwrap();
    let calls = calls(|| {
        for _ in 0..20 {
            map.append("0123456789abcdef", [b'v'; 80]).unwrap();
        }
    });
    assert_eq!((calls, map.byte_len()), (0, 2_000));
}

#[test]
fn no_call_for_a_response_from_a_template() {
    let mut template = HeaderMap::new();
    fill(&mut template);
    let mut response = template.clone();
    assert_eq!(calls(|| (0..100).for_each(|_| response.clone_from(&template))), 0);
    assert_eq!(response, template);

    // To the last line and the last byte.
    template.clear();
    (0..16).for_each(|_| template.append("a", [b'v'; 11]).unwrap());
    let mut response = HeaderMap::with_capacity(16, 16 * 16);
    assert_eq!(
        (response.capacity(), response.byte_capacity()),
        (template.len(), template.byte_len())
    );
    assert_eq!(calls(|| response.clone_from(&template)), 0);
    assert_eq!(response, template);
}

#[test]
fn no_call_for_errors() {
    let mut map = HeaderMap::new().with_limits(Limits::new(1, 100));
    map.append("a", "1").unwrap();
    let calls = calls(|| {
        assert!(map.append("b", "1").is_err());
        assert!(map.append("no name", "1").is_err());
        assert!(map.insert("a", "\n").is_err());
        assert!(map.insert("a", [b'v'; 100]).is_err());
    });
    assert_eq!(calls, 0);
}

#[test]
fn giant_costs_its_own_calls_only() {
    let mut map = HeaderMap::new().with_limits(Limits::new(128, 1 << 20));
    fill(&mut map);
    let calls = calls(|| {
        map.append("giant", vec![b'v'; 64 * 1024]).unwrap();
        for _ in 0..1_000 {
            map.reset();
            fill(&mut map);
        }
    });
    // The value itself, and growing and shrinking: two each.
    assert_eq!(calls, 6);
    assert!(map.retained_bytes() < 4 * 1024);
}

#[test]
fn failing_allocator() {
    let mut map = HeaderMap::new();
    LEFT.set(0);
    let cold = map.append("a", "1");
    let presized = HeaderMap::try_with_capacity(16, 100).err();
    LEFT.set(usize::MAX);
    assert!(matches!(cold, Err(Error::OutOfMemory { bytes: 288 })));
    assert!(matches!(presized, Some(Error::OutOfMemory { bytes: 384 })));
    assert!(map.is_empty());

    for n in 0..16 {
        map.append("n", n.to_string()).unwrap();
    }
    let before = map.as_wire().unwrap().to_vec();
    LEFT.set(0);
    let appended = map.append("n", "16");
    let inserted = map.insert("m", "1");
    let extended = map.try_extend([("m", "1")]);
    let reserved = map.reserve(0, 10_000);
    map.shrink_to(0, 0);
    LEFT.set(usize::MAX);
    for result in [appended, inserted.map(|_| ()), extended, reserved] {
        assert!(matches!(result, Err(Error::OutOfMemory { .. })));
    }
    assert_eq!(map.as_wire(), Some(&before[..]));
}

#[test]
fn no_call_for_reading_and_for_integers() {
    let mut map = HeaderMap::new();
    fill(&mut map);
    let calls = calls(|| {
        map.insert(header::CONTENT_LENGTH, 1_234_567_u64).unwrap();
        assert_eq!(map.get("content-length").unwrap().parse(), Some(1_234_567_u64));
        assert_eq!(map.get_all(header::COOKIE).count(), 1);
        assert!(map.get_one("x-own").unwrap().is_some() && map.get("absent").is_none());
        assert!(map.keys().eq(map.iter().map(|(name, _)| name)));
        assert!(map.iter().rev().all(|(name, value)| map.get(name) == Some(value)));
        map.entry("vary").unwrap().or_insert("accept").unwrap();
        map.retain(|name, _| name != "vary");
        map.compact();
        assert!(map.as_wire().is_some() && map == map);
        assert!(map.drain().next().is_some());
    });
    assert_eq!(calls, 0);
}

#[cfg(feature = "httparse")]
mod bulk {
    use super::*;

    const BLOCK: &[u8] =
        b"Host: example.com\r\nX-Own:  1\r\nCookie: hunter2\r\nAccept: */*\r\n\r\n";

    fn parsed(check: impl FnOnce(&[httparse::Header<'_>])) {
        let mut headers = [httparse::EMPTY_HEADER; 8];
        let (_, headers) = httparse::parse_headers(BLOCK, &mut headers).unwrap().unwrap();
        check(headers);
    }

    #[test]
    fn no_call_for_blocks_in_a_presized_map() {
        parsed(|headers| {
            let mut map = HeaderMap::with_capacity(16, 128);
            let calls = calls(|| {
                for _ in 0..1_000 {
                    map.extend_from_httparse(BLOCK, headers).unwrap();
                    map.reset();
                }
            });
            assert_eq!(calls, 0);
        });
    }

    #[test]
    fn one_call_for_a_block_in_a_cold_map() {
        parsed(|headers| {
            let mut map = HeaderMap::new();
            assert_eq!(calls(|| map.extend_from_httparse(BLOCK, headers).unwrap()), 1);
        });
    }

    #[test]
    fn failing_allocator() {
        parsed(|headers| {
            let mut map = HeaderMap::with_capacity(16, 48);
            map.append("a", "1").unwrap();
            LEFT.set(0);
            let result = map.extend_from_httparse(BLOCK, headers);
            LEFT.set(usize::MAX);
            assert!(matches!(result, Err(Error::OutOfMemory { .. })));
            assert_eq!(map.as_wire(), Some(&b"a: 1\r\n"[..]));
            map.extend_from_httparse(BLOCK, headers).unwrap();
            assert_eq!(map.len(), 5);
        });
    }

    #[test]
    fn secrets_of_refused_blocks_do_not_come_back() {
        // The first lines are taken, then the last is refused; or all are, and the map is dropped.
        let bad = httparse::Header { name: "x", value: b"" };
        parsed(|headers| {
            for refused in [false, true] {
                let mut map = HeaderMap::with_capacity(16, 256).with_erasure();
                let lines = if refused { [headers, &[bad]].concat() } else { headers.to_vec() };
                assert_eq!(map.extend_from_httparse(BLOCK, &lines).is_err(), refused);
                LEAKED.set(Some(0));
                drop(map);
                assert_eq!(LEAKED.take(), Some(0));
            }
        });
    }
}

/// How many pieces of memory come back with the secret in them while `f` runs on a map that has it in
/// six lines.
fn leaked(map: HeaderMap, f: impl FnOnce(HeaderMap)) -> usize {
    let mut map = map;
    for name in ["a", "b", "c", "d", "e", "f"] {
        map.append(name, SECRET).unwrap();
    }
    LEAKED.set(Some(0));
    f(map);
    LEAKED.take().unwrap()
}

#[test]
fn secrets_do_not_come_back_from_a_map_that_erases() {
    type Way = fn(HeaderMap);
    let ways: [(&str, Way); 16] = [
        ("drop", drop),
        ("clear", |mut map| map.clear()),
        ("reset", |mut map| map.reset()),
        ("growth", |mut map| map.reserve(0, 100_000).unwrap()),
        ("growth by lines", |mut map| {
            (0..100).for_each(|_| map.append("x", [b'v'; 50]).unwrap());
            map.clear();
        }),
        ("shrinking", |mut map| map.shrink_to(0, 0)),
        ("release", |mut map| {
            map.clear();
            map.shrink_to(0, 0);
        }),
        ("removal", |mut map| {
            map.remove("b");
            map.remove("f");
            map.compact();
        }),
        ("replacement", |mut map| {
            map.insert("a", "1").unwrap();
            map.insert("c", "longer than the one before").unwrap();
            map.insert("d", "7-bytes").unwrap();
        }),
        ("replacement of several", |mut map| {
            map.try_extend([("A", SECRET), ("b", b"public"), ("a", SECRET)]).unwrap();
            map.insert("a", [b'v'; 40]).unwrap();
            map.remove("c");
            map.retain(|_, value| value != SECRET);
        }),
        ("retain", |mut map| map.retain(|name, _| name == "d")),
        ("drain", |mut map| {
            map.drain();
        }),
        ("drain and release", |mut map| {
            map.drain();
            map.shrink_to(0, 0);
        }),
        ("failed extension", |mut map| {
            map.try_extend([("x", SECRET), ("no name", SECRET)]).unwrap_err();
        }),
        ("clone", |map| {
            let mut copy = HeaderMap::new();
            copy.clone_from(&map);
            drop(map.clone());
        }),
        ("clone of a source that does not erase", |mut map| {
            map.clone_from(&HeaderMap::new());
            map.append("x", SECRET).unwrap();
        }),
    ];
    for (name, way) in ways {
        assert_eq!(leaked(HeaderMap::new().with_erasure(), way), 0, "{name}");
        assert_eq!(leaked(HeaderMap::with_capacity(6, 72).with_erasure(), way), 0, "{name}");
    }
    let copies_one_that_erases: Way = |mut map| map.clone_from(&HeaderMap::new().with_erasure());
    assert_eq!(leaked(HeaderMap::new(), copies_one_that_erases), 0);
    assert!(leaked(HeaderMap::new(), drop) > 0, "the search finds what is not erased");
}
