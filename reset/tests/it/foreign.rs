//! Types of other crates, each behind its feature.

#[cfg(feature = "uuid")]
use crate::after_reset;

#[cfg(feature = "bytes")]
mod bytes {
    use bytes::{Buf, Bytes, BytesMut};
    use ratoon_reset::{Capacity, Reset};

    #[test]
    fn shared_bytes_are_let_go() {
        let other = Bytes::from(vec![7; 9]);
        let bytes = crate::after_reset(other.clone());
        assert!(bytes.is_empty() && bytes.retained_bytes() == 0 && bytes.reusable());
        assert!(other.is_unique());
    }

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
    use http::{
        Extensions, HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, Version,
        header,
    };
    use ratoon_reset::Reset;

    use crate::{Opaque, Probe, after_reset};

    #[test]
    fn method_status_version_and_uri_become_their_default() {
        assert_eq!(after_reset(Method::from_bytes(b"A-LONG-METHOD-NAME").unwrap()), Method::GET);
        assert_eq!(after_reset(StatusCode::NOT_FOUND), StatusCode::OK);
        assert_eq!(after_reset(Version::HTTP_3), Version::HTTP_11);
        assert_eq!(after_reset(Uri::from_static("https://host/secret?q")), "/");
    }

    fn request() -> Request<String> {
        let mut request = Request::put("https://host/secret")
            .version(Version::HTTP_3)
            .header(header::COOKIE, "session=1")
            .extension(7_u64)
            .body(String::from("secret"))
            .unwrap();
        request.headers_mut().reserve(20);
        request
    }

    fn response() -> Response<String> {
        Response::builder()
            .status(404)
            .version(Version::HTTP_3)
            .header(header::COOKIE, "session=1")
            .extension(7_u64)
            .body(String::from("secret"))
            .unwrap()
    }

    #[test]
    fn a_request_becomes_a_new_one_that_keeps_headers_and_body() {
        let request = after_reset(request());
        assert!(request.headers().capacity() >= 20 && request.body().capacity() >= 6);
        assert_eq!(
            request.retained_bytes(),
            request.headers().retained_bytes() + request.body().capacity()
        );
        assert!(request.reusable());
        assert!(request.extensions().is_empty());
        assert_eq!(format!("{request:?}"), format!("{:?}", Request::new(String::new())));
    }

    #[test]
    fn a_response_becomes_a_new_one_that_keeps_headers_and_body() {
        let response = after_reset(response());
        assert!(response.headers().capacity() > 0 && response.body().capacity() >= 6);
        assert_eq!(
            response.retained_bytes(),
            response.headers().retained_bytes() + response.body().capacity()
        );
        assert!(response.extensions().is_empty());
        assert_eq!(format!("{response:?}"), format!("{:?}", Response::new(String::new())));
    }

    #[test]
    fn messages_ask_their_body() {
        assert!(!Request::new(Probe::SPOILT).reusable());
        assert!(!Response::new(Probe::SPOILT).reusable());
        assert_eq!(Request::new(Probe::holding(5)).retained_bytes(), 5);
        assert_eq!(Response::new(Probe::holding(5)).retained_bytes(), 5);
    }

    #[test]
    fn parts_become_those_of_a_new_message_and_keep_the_headers() {
        let parts = after_reset(request().into_parts().0);
        assert!(parts.headers.capacity() >= 20 && parts.extensions.is_empty());
        assert_eq!(parts.retained_bytes(), parts.headers.retained_bytes());
        assert_eq!(format!("{parts:?}"), format!("{:?}", Request::new(()).into_parts().0));

        let parts = after_reset(response().into_parts().0);
        assert!(parts.headers.capacity() > 0 && parts.extensions.is_empty());
        assert_eq!(parts.retained_bytes(), parts.headers.retained_bytes());
        assert_eq!(format!("{parts:?}"), format!("{:?}", Response::new(()).into_parts().0));
    }

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

#[cfg(feature = "parking_lot")]
mod parking_lot {
    use parking_lot::{Mutex, RwLock};
    use ratoon_reset::Reset;

    use crate::{Probe, after_reset};

    #[test]
    fn locks_reset_what_is_inside_and_keep_its_capacity() {
        let mutex = after_reset(Mutex::new(String::from("secret")));
        assert_eq!(*mutex.lock(), "");
        assert!(mutex.reusable() && mutex.retained_bytes() >= 6);
        let lock = after_reset(RwLock::new(String::from("secret")));
        assert_eq!(*lock.read(), "");
        assert!(lock.reusable() && lock.retained_bytes() >= 6);
    }

    #[test]
    fn locks_ask_what_is_inside() {
        assert!(!Mutex::new(Probe::SPOILT).reusable());
        assert!(!RwLock::new(Probe::SPOILT).reusable());
        assert_eq!(Mutex::new(Probe::holding(5)).retained_bytes(), 5);
        assert_eq!(RwLock::new(Probe::holding(5)).retained_bytes(), 5);
    }

    #[test]
    fn locks_with_a_leaked_guard_are_reset_and_not_reusable() {
        let mut mutex = Mutex::new(7);
        core::mem::forget(mutex.lock());
        mutex.reset();
        assert_eq!((*mutex.get_mut(), mutex.reusable(), mutex.retained_bytes()), (0, false, 0));

        let mut lock = RwLock::new(7);
        core::mem::forget(lock.read());
        lock.reset();
        assert_eq!((*lock.get_mut(), lock.reusable(), lock.retained_bytes()), (0, false, 0));
    }

    #[test]
    fn locks_ask_nothing_of_a_size() {
        let mut mutex: Box<Mutex<dyn Reset>> = Box::new(Mutex::new(7_u8));
        mutex.reset();
        assert!(mutex.reusable());
    }
}

#[cfg(feature = "tokio")]
mod tokio {
    use ratoon_reset::Reset;
    use tokio::sync::{Mutex, OnceCell, RwLock};

    use crate::{Opaque, Probe, after_reset};

    #[test]
    fn locks_reset_what_is_inside_and_keep_its_capacity() {
        let mutex = after_reset(Mutex::new(String::from("secret")));
        assert_eq!(*mutex.blocking_lock(), "");
        assert!(mutex.reusable() && mutex.retained_bytes() >= 6);
        let lock = after_reset(RwLock::new(String::from("secret")));
        assert_eq!(*lock.blocking_read(), "");
        assert!(lock.reusable() && lock.retained_bytes() >= 6);
    }

    #[test]
    fn locks_ask_what_is_inside() {
        assert!(!Mutex::new(Probe::SPOILT).reusable());
        assert!(!RwLock::new(Probe::SPOILT).reusable());
        assert_eq!(Mutex::new(Probe::holding(5)).retained_bytes(), 5);
        assert_eq!(RwLock::new(Probe::holding(5)).retained_bytes(), 5);
    }

    #[test]
    fn locks_with_a_leaked_guard_are_reset_and_not_reusable() {
        let mut mutex = Mutex::new(7);
        core::mem::forget(mutex.try_lock());
        mutex.reset();
        assert_eq!((*mutex.get_mut(), mutex.reusable(), mutex.retained_bytes()), (0, false, 0));

        let mut lock = RwLock::new(7);
        core::mem::forget(lock.try_read());
        lock.reset();
        assert_eq!((*lock.get_mut(), lock.reusable(), lock.retained_bytes()), (0, false, 0));
    }

    #[test]
    fn a_cell_becomes_empty_and_asks_nothing_of_its_parameter() {
        let cell = after_reset(OnceCell::new_with(Some(Opaque)));
        assert!(cell.get().is_none() && cell.set(Opaque).is_ok());
    }

    #[test]
    fn a_cell_whose_initialisation_was_leaked_can_be_set_again() {
        use std::future::{Future, pending};
        use std::sync::atomic::{AtomicPtr, Ordering};
        use std::task::{Context, Waker};

        // Within reach of a leak checker, for which only what nothing points to is a leak.
        static LEAKED: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

        let mut cell = OnceCell::new();
        {
            // Polled once, the future holds the permit; leaked, it never gives the permit back.
            let leaked = Box::leak(Box::new(Box::pin(cell.get_or_init(pending::<u8>))));
            let mut context = Context::from_waker(Waker::noop());
            assert!(leaked.as_mut().poll(&mut context).is_pending());
            LEAKED.store((&raw mut *leaked).cast(), Ordering::Relaxed);
        }
        assert!(cell.set(6).is_err());
        cell.reset();
        assert_eq!((cell.set(7), cell.get()), (Ok(()), Some(&7)));
    }
}

#[cfg(feature = "indexmap")]
mod indexmap {
    use std::hash::RandomState;

    use indexmap::{IndexMap, IndexSet};
    use ratoon_reset::{Capacity, Reset};

    use crate::{Opaque, after_reset};

    #[test]
    fn maps_and_sets_are_cleared_and_keep_their_capacity() {
        let map: IndexMap<u8, String, RandomState> =
            (0..20).map(|key| (key, String::from("secret"))).collect();
        let capacity = map.capacity();
        let map = after_reset(map);
        assert_eq!((map.len(), map.capacity()), (0, capacity));
        let set = after_reset((0..20).collect::<IndexSet<u8, RandomState>>());
        assert!(set.is_empty() && set.capacity() >= 20 && set.reusable());
    }

    #[test]
    fn maps_and_sets_are_shrunk() {
        let mut map = IndexMap::<u64, u64, _>::with_capacity_and_hasher(1000, RandomState::new());
        Capacity::shrink_to(&mut map, 10);
        assert!((10..28).contains(&Capacity::capacity(&map)));
        let mut set = IndexSet::<u64, _>::with_capacity_and_hasher(1000, RandomState::new());
        Capacity::shrink_to(&mut set, 10);
        assert!((10..28).contains(&Capacity::capacity(&set)));
    }

    #[test]
    fn maps_and_sets_ask_nothing_of_their_parameters() {
        after_reset(IndexMap::<Opaque, Opaque, Opaque>::with_hasher(Opaque));
        after_reset(IndexSet::<Opaque, Opaque>::with_hasher(Opaque));
    }
}

#[cfg(feature = "hashbrown")]
mod hashbrown {
    use std::hash::RandomState;

    use hashbrown::{HashMap, HashSet, HashTable};
    use ratoon_reset::{Capacity, Reset};

    use crate::{Opaque, after_reset};

    #[test]
    fn tables_are_cleared_and_keep_their_capacity() {
        let mut map = HashMap::with_hasher(RandomState::new());
        map.extend((0..20).map(|key| (key, String::from("secret"))));
        let capacity = map.capacity();
        let map = after_reset(map);
        assert_eq!((map.len(), map.capacity()), (0, capacity));
        let mut set = HashSet::with_hasher(RandomState::new());
        set.extend(0..20);
        let set = after_reset(set);
        assert!(set.is_empty() && set.capacity() >= 20 && set.reusable());
        let mut table = HashTable::new();
        table.insert_unique(7, "secret", |_| 7);
        let table = after_reset(table);
        assert!(table.is_empty() && table.capacity() >= 1 && table.reusable());
    }

    #[test]
    fn maps_and_sets_are_shrunk() {
        let hasher = RandomState::new();
        let mut map = HashMap::<u64, u64, _>::with_capacity_and_hasher(1000, hasher.clone());
        Capacity::shrink_to(&mut map, 10);
        assert!((10..28).contains(&Capacity::capacity(&map)));
        let mut set = HashSet::<u64, _>::with_capacity_and_hasher(1000, hasher);
        Capacity::shrink_to(&mut set, 10);
        assert!((10..28).contains(&Capacity::capacity(&set)));
    }

    #[test]
    fn tables_ask_nothing_of_their_parameters() {
        after_reset(HashMap::<Opaque, Opaque, Opaque>::with_hasher(Opaque));
        after_reset(HashSet::<Opaque, Opaque>::with_hasher(Opaque));
        after_reset(HashTable::<Opaque>::new());
    }
}

#[cfg(feature = "arrayvec")]
mod arrayvec {
    use arrayvec::{ArrayString, ArrayVec};
    use ratoon_reset::Reset;

    use crate::{Opaque, after_reset};

    #[test]
    fn arrays_are_cleared() {
        let vec = after_reset(ArrayVec::<Opaque, 4>::from_iter([Opaque]));
        assert!(vec.is_empty() && vec.reusable());
        let text = after_reset(ArrayString::<8>::from("secret").unwrap());
        assert_eq!((text.as_str(), text.retained_bytes()), ("", 0));
    }
}

#[cfg(feature = "serde_json")]
mod serde_json {
    use ratoon_reset::Reset;
    use serde_json::{Map, Value};

    use crate::after_reset;

    #[test]
    fn a_value_becomes_null_and_a_map_empty() {
        for value in [Value::Bool(true), Value::from(7), Value::from(vec!["secret"])] {
            let value = after_reset(value);
            assert_eq!((value.reusable(), value.retained_bytes(), value), (true, 0, Value::Null));
        }
        let map = Map::from_iter([(String::from("user"), Value::from(7))]);
        let map = after_reset(map);
        assert!(map.is_empty() && map.reusable() && map.retained_bytes() == 0);
    }
}

#[cfg(feature = "uuid")]
#[test]
fn a_uuid_becomes_nil() {
    use ::uuid::Uuid;

    assert_eq!(after_reset(Uuid::from_u128(7)), Uuid::nil());
}
