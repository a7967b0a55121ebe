//! Calls of the allocator. A test binary of its own, because it replaces the global allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ratoon_header_map::{Error, HeaderMap, Limits, Reset, header};

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
    /// How many calls succeed before the allocator has no more.
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
}

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
    assert!(matches!(cold, Err(Error::OutOfMemory { bytes: 1_296 })));
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
