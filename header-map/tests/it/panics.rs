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

#[cfg(feature = "bytes")]
mod buffers {
    use super::*;
    use bytes::buf::UninitSlice;

    /// A buffer that panics once it has taken so many bytes.
    struct Fatal {
        taken: Vec<u8>,
        left: usize,
    }

    // SAFETY: hands everything on to the vector.
    unsafe impl bytes::BufMut for Fatal {
        fn remaining_mut(&self) -> usize {
            usize::MAX
        }

        unsafe fn advance_mut(&mut self, count: usize) {
            // SAFETY: the caller's promise.
            unsafe { self.taken.advance_mut(count) };
        }

        fn chunk_mut(&mut self) -> &mut UninitSlice {
            self.taken.chunk_mut()
        }

        fn put_slice(&mut self, bytes: &[u8]) {
            self.left = self.left.checked_sub(bytes.len()).expect("fatal");
            self.taken.put_slice(bytes);
        }
    }

    #[test]
    fn buffer_of_write_to() {
        for gap in [false, true] {
            let mut map = filled();
            if gap {
                map.remove("x-7");
            }
            let before = map.clone();
            for left in 0..map.byte_len() {
                let mut buffer = Fatal { taken: Vec::new(), left };
                let written = catch_unwind(AssertUnwindSafe(|| map.write_to(&mut buffer)));
                assert!(written.is_err(), "{left}");
                assert!(buffer.taken.len() <= left);
            }
            let mut buffer = Fatal { taken: Vec::new(), left: map.byte_len() };
            map.write_to(&mut buffer).unwrap();
            assert_eq!(buffer.taken, before.as_wire().unwrap());
            assert_eq!(map, before);
        }
    }
}
