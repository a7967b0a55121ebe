//! Types of other crates, each behind its feature.

#[cfg(feature = "bytes")]
mod bytes {
    use bytes::{Buf, BytesMut};
    use ratoon_reset::{Capacity, Reset};

    #[test]
    fn a_buffer_is_cleared_and_keeps_its_capacity() {
        let mut buffer = BytesMut::with_capacity(100);
        buffer.extend_from_slice(b"secret");
        buffer.reset();
        assert!(buffer.is_empty() && buffer.capacity() == 100);
        assert_eq!(buffer.retained_bytes(), 100);
    }

    #[test]
    fn what_was_advanced_over_or_split_off_is_taken_back() {
        let mut buffer = BytesMut::with_capacity(100);
        buffer.extend_from_slice(&[7; 100]);
        buffer.advance(60);
        drop(buffer.split_to(30));
        assert_eq!(buffer.capacity(), 10);
        buffer.reset();
        assert_eq!(buffer.retained_bytes(), 100);
    }

    #[test]
    fn an_end_that_was_split_off_is_taken_back() {
        for (start, end) in [(0, 10), (0, 0), (300, 310), (900, 901), (0, 999)] {
            let mut buffer = BytesMut::with_capacity(1000);
            buffer.extend_from_slice(&[7; 1000]);
            drop(buffer.split_off(end));
            drop(buffer.split_to(start));
            assert_eq!(buffer.capacity(), end - start);
            buffer.reset();
            assert_eq!(buffer.retained_bytes(), 1000, "of {start}..{end}");
            assert!(buffer.is_empty());
        }
    }

    #[test]
    fn a_giant_of_which_little_was_left_can_be_bounded() {
        let mut buffer = BytesMut::with_capacity(1 << 20);
        drop(buffer.split_off(50));
        let giant = buffer.as_ptr();
        buffer.reset();
        Capacity::shrink_to(&mut buffer, 100);
        assert_eq!(buffer.capacity(), 100);
        assert_ne!(buffer.as_ptr(), giant);
    }

    #[test]
    fn a_frozen_part_keeps_its_bytes() {
        let mut buffer = BytesMut::with_capacity(100);
        buffer.extend_from_slice(b"head body");
        let head = buffer.split_to(4).freeze();
        buffer.reset();
        buffer.extend_from_slice(b"next request");
        assert_eq!(head, "head");
        assert!(buffer.retained_bytes() <= 96);
    }
}

#[cfg(feature = "http")]
mod http {
    use http::{Extensions, HeaderMap, HeaderValue, header};
    use ratoon_reset::Reset;

    use crate::Opaque;

    #[test]
    fn a_header_map_is_cleared_and_keeps_its_capacity() {
        let mut headers = HeaderMap::with_capacity(20);
        headers.append(header::COOKIE, HeaderValue::from_static("session=1"));
        headers.append(header::COOKIE, HeaderValue::from_static("session=2"));
        let capacity = headers.capacity();
        headers.reset();
        assert_eq!(headers, HeaderMap::<HeaderValue>::new());
        assert_eq!(headers.capacity(), capacity);
        assert!(headers.retained_bytes() >= capacity * size_of::<HeaderValue>());
        assert_eq!(HeaderMap::<u8>::default().retained_bytes(), 0);
    }

    #[test]
    fn a_header_map_asks_nothing_of_its_value() {
        let mut headers = HeaderMap::default();
        headers.insert(header::HOST, Opaque);
        headers.reset();
        assert!(headers.is_empty());
    }

    #[test]
    fn extensions_are_dropped() {
        let user = std::sync::Arc::new(7_u64);
        let mut extensions = Extensions::new();
        extensions.insert(user.clone());
        extensions.reset();
        assert!(extensions.get::<std::sync::Arc<u64>>().is_none());
        assert_eq!(std::sync::Arc::strong_count(&user), 1);
    }
}

#[cfg(feature = "smallvec")]
mod smallvec {
    use ratoon_reset::Reset;
    use smallvec::SmallVec;

    #[test]
    fn an_inline_vector_retains_nothing() {
        let mut vec = SmallVec::<[u32; 4]>::from_slice(&[1, 2, 3]);
        vec.reset();
        assert!(vec.is_empty() && !vec.spilled());
        assert_eq!(vec.retained_bytes(), 0);
    }

    #[test]
    fn a_spilt_vector_stays_on_the_heap() {
        let mut vec = SmallVec::<[u32; 4]>::from_slice(&[7; 10]);
        vec.reset();
        assert!(vec.is_empty() && vec.spilled());
        assert_eq!(vec.retained_bytes(), vec.capacity() * 4);
    }
}

#[cfg(feature = "bumpalo")]
mod bumpalo {
    use bumpalo::Bump;
    use ratoon_reset::Reset;

    #[test]
    fn an_arena_keeps_its_last_chunk() {
        let mut bump = Bump::new();
        for _ in 0..10 {
            bump.alloc([7_u8; 1000]);
        }
        let before = bump.allocated_bytes();
        Reset::reset(&mut bump); // not the method of `Bump` itself
        assert_eq!(bump.iter_allocated_chunks().map(<[_]>::len).sum::<usize>(), 0);
        assert!(bump.retained_bytes() < before, "the smaller chunks are freed");
        assert!(bump.retained_bytes() >= 8000, "the largest is kept");
    }

    #[test]
    fn an_arena_of_any_alignment_keeps_its_limit() {
        let mut bump = Bump::<16>::with_min_align();
        bump.set_allocation_limit(Some(4096));
        bump.alloc(7_u8);
        Reset::reset(&mut bump);
        assert_eq!(bump.allocation_limit(), Some(4096));
        assert_eq!(Bump::new().retained_bytes(), 0);
    }
}

#[cfg(feature = "typed-arena")]
mod typed_arena {
    use std::rc::Rc;

    use ratoon_reset::Reset;
    use typed_arena::Arena;

    #[test]
    fn an_arena_drops_its_values_and_can_be_used_again() {
        let value = Rc::new(7);
        let mut arena = Arena::new();
        arena.alloc_extend((0..1000).map(|_| value.clone()));
        arena.reset();
        assert_eq!(Rc::strong_count(&value), 1);
        assert_eq!(arena.len(), 0);
        assert_eq!(**arena.alloc(Rc::new(8)), 8);
        assert_eq!(arena.retained_bytes(), 0, "it does not tell");
    }
}
