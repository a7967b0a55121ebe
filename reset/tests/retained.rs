//! Against a counting allocator: a reset that keeps capacity never calls it, and `retained_bytes`
//! is what the allocator has handed out.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::ffi::OsString;
use std::path::PathBuf;

use ratoon_reset::{Capacity, Reset};

/// Counts the calls and live bytes of each thread, so that tests do not see one another. The bytes
/// wrap: a thread may free what another one allocated.
struct Counting;

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
    static LIVE_BYTES: Cell<usize> = const { Cell::new(0) };
}

fn count(freed: usize, allocated: usize) {
    CALLS.set(CALLS.get() + 1);
    LIVE_BYTES.set(LIVE_BYTES.get().wrapping_sub(freed).wrapping_add(allocated));
}

// SAFETY: every call is handed on to `System` with the arguments it came with, and its answer is
// returned unchanged; counting touches thread-locals without destructor and does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(0, layout.size());
        // SAFETY: the caller keeps `alloc`'s contract, which is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(layout.size(), 0);
        // SAFETY: `block` came from `System` with this layout, see `alloc`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(layout.size(), size);
        // SAFETY: `block` came from `System` with this layout, see `alloc`.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Makes and resets a value. Returns the allocator calls of the reset, the bytes that the value says
/// it retains, and those that it does.
fn measure<T: Reset>(make: impl FnOnce() -> T) -> (usize, usize, usize) {
    let before = LIVE_BYTES.get();
    let mut value = make();
    let calls = CALLS.get();
    value.reset();
    let calls = CALLS.get() - calls;
    (calls, value.retained_bytes(), LIVE_BYTES.get().wrapping_sub(before))
}

#[test]
fn sequences_retain_exactly_what_they_say() {
    macro_rules! check {
        ($($make:expr),* $(,)?) => {$({
            let (calls, said, held) = measure(|| $make);
            assert_eq!((calls, said), (0, held), "{}", stringify!($make));
            assert!(held > 0);
        })*};
    }
    check! {
        String::from("some text"),
        OsString::from("some text"),
        PathBuf::from("some/path"),
        vec![7_u64; 100],
        VecDeque::from(vec![7_u16; 100]),
        BinaryHeap::from(vec![7_u32; 100]),
        Box::new(7_u64),
        Box::new([7_u8; 100]) as Box<dyn Reset>,
        Box::new((String::from("some text"), [vec![1_u8], vec![2]])),
        std::sync::Mutex::new(std::cell::RefCell::new(vec![7_u64; 100])),
        std::io::Cursor::new(vec![7_u8; 100]),
        std::borrow::Cow::<str>::Owned(String::from("some text")),
        [const { vec![] }; 3].map(|mut list: Vec<u8>| { list.push(1); list }),
        std::borrow::Cow::<[u64]>::Owned(vec![7; 9]),
        std::sync::RwLock::new(vec![7_u64; 100]),
        std::cmp::Reverse(String::from("some text")),
        (String::from("some text"), vec![7_u64; 9], 7_u8),
        Box::new(Box::new(String::from("some text"))),
        Box::pin(String::from("some text")),
    }
}

#[test]
fn what_elements_owned_is_freed_and_not_counted() {
    macro_rules! check {
        ($($make:expr),* $(,)?) => {$({
            let (_, said, held) = measure(|| $make);
            assert_eq!(said, held, "{}", stringify!($make));
        })*};
    }
    let text = || String::from("some text");
    check! {
        vec![text(), text()],
        vec![vec![vec![7_u8; 9]; 2]; 3],
        VecDeque::from(vec![vec![7_u8; 9]; 3]),
        BinaryHeap::from(vec![text(), text()]),
        Some(text()),
        std::cell::OnceCell::from(text()),
        std::sync::OnceLock::from(vec![text()]),
        std::collections::BTreeMap::from([(1, text()), (2, text())]),
        std::collections::BTreeSet::from([text()]),
        std::collections::LinkedList::from([text(), text()]),
        std::borrow::Cow::Borrowed("some text"),
        Box::<str>::from("some text"),
        std::ffi::CString::from(c"some text"),
        std::ffi::CString::default(),
        Box::from([text(), text()]) as Box<[String]>,
        "some text",
        text()..text(),
        text()..=text(),
        std::rc::Rc::downgrade(&std::rc::Rc::new([7_u8; 100])),
        std::sync::Arc::downgrade(&std::sync::Arc::new([7_u8; 100])),
    }
}

#[test]
fn what_cannot_be_looked_into_counts_nothing() {
    let (calls, said, held) = measure(|| Cell::new(String::from("some text")));
    assert_eq!((calls, said, held), (0, 0, 9));
}

#[test]
fn hash_tables_retain_what_they_say_and_a_few_control_bytes() {
    for entries in [1, 3, 4, 7, 8, 14, 15, 28, 29, 1000] {
        let (calls, said, held) =
            measure(|| (0..entries).map(|key| (key, key)).collect::<HashMap<u64, u64>>());
        assert_eq!(calls, 0);
        assert!((held - 16..=held).contains(&said), "{entries} entries: {said} of {held}");
        let (calls, said, held) = measure(|| (0..entries as u16).collect::<HashSet<u16>>());
        assert_eq!(calls, 0);
        assert!((held - 32..=held).contains(&said), "{entries} entries: {said} of {held}");
    }
}

#[test]
fn a_hash_table_is_shrunk_to_the_same_bound_once() {
    let mut map = HashMap::<u64, u64>::with_capacity(1000);
    Capacity::shrink_to(&mut map, 100);
    let calls = CALLS.get();
    Capacity::shrink_to(&mut map, 100);
    assert!(map.capacity() > 100);
    assert_eq!(CALLS.get(), calls);
}

#[cfg(feature = "bytes")]
#[test]
fn a_byte_buffer_takes_its_memory_back_without_an_allocation() {
    use bytes::{Buf, BytesMut};

    let (calls, said, held) = measure(|| {
        let mut buffer = BytesMut::from(&[7_u8; 100][..]);
        buffer.advance(99);
        buffer
    });
    assert_eq!((calls, said, held), (0, 100, 100));
}

#[cfg(feature = "http")]
#[test]
fn a_header_map_retains_what_it_says() {
    use http::{HeaderMap, HeaderValue};

    for headers in [6, 12, 100] {
        let (calls, said, held) = measure(|| HeaderMap::<HeaderValue>::with_capacity(headers));
        assert_eq!(calls, 0);
        assert!((held * 19 / 20..=held).contains(&said), "{headers} headers: {said} of {held}");
    }
}

#[cfg(feature = "http")]
#[test]
fn messages_retain_their_headers_and_body() {
    use http::{Request, Response, Uri};

    let (_, said, held) = measure(|| {
        let mut request = Request::new(vec![7_u8; 1000]);
        request.headers_mut().reserve(100);
        *request.uri_mut() = Uri::from_maybe_shared(vec![b'/'; 2000]).unwrap();
        request
    });
    assert!((held * 19 / 20..=held).contains(&said), "{said} of {held}");
    let (_, said, held) = measure(|| {
        let mut response = Response::new(vec![7_u8; 1000]);
        response.headers_mut().reserve(100);
        response
    });
    assert!((held * 19 / 20..=held).contains(&said), "{said} of {held}");
    let (_, said, held) = measure(|| {
        let mut parts = Request::new(()).into_parts().0;
        parts.headers.reserve(100);
        parts.method = http::Method::from_bytes(&[b'A'; 100]).unwrap();
        parts
    });
    assert!((held * 19 / 20..=held).contains(&said), "{said} of {held}");
    let (_, said, held) = measure(|| {
        let mut parts = Response::new(()).into_parts().0;
        parts.headers.reserve(100);
        parts
    });
    assert!((held * 19 / 20..=held).contains(&said), "{said} of {held}");
}

#[cfg(feature = "parking_lot")]
#[test]
fn locks_of_parking_lot_retain_what_is_inside() {
    assert_eq!(measure(|| parking_lot::Mutex::new(vec![7_u8; 100])), (0, 100, 100));
    assert_eq!(measure(|| parking_lot::RwLock::new(vec![7_u8; 100])), (0, 100, 100));
}

#[cfg(feature = "tokio")]
#[test]
fn types_of_tokio_retain_what_is_inside_and_a_cell_nothing() {
    assert_eq!(measure(|| tokio::sync::Mutex::new(vec![7_u8; 100])), (0, 100, 100));
    assert_eq!(measure(|| tokio::sync::RwLock::new(vec![7_u8; 100])), (0, 100, 100));
    let (_, said, held) =
        measure(|| tokio::sync::OnceCell::new_with(Some(String::from("some text"))));
    assert_eq!((said, held), (0, 0));
}

/// `said` is no more than what is held, and little less: a table has a few control bytes more.
#[cfg(any(feature = "indexmap", feature = "hashbrown"))]
fn assert_nearly_all((calls, said, held): (usize, usize, usize)) {
    assert_eq!(calls, 0);
    assert!((held - held / 8 - 32..=held).contains(&said), "{said} of {held}");
}

#[cfg(feature = "indexmap")]
#[test]
fn index_maps_retain_what_they_say() {
    use std::hash::RandomState;

    for entries in [1, 3, 4, 5, 7, 8, 13, 14, 15, 28, 29, 57, 1000] {
        assert_nearly_all(measure(|| {
            (0..entries)
                .map(|key| (key, key))
                .collect::<indexmap::IndexMap<u64, u64, RandomState>>()
        }));
        assert_nearly_all(measure(|| {
            indexmap::IndexMap::<u64, u8, _>::with_capacity_and_hasher(
                entries as usize,
                RandomState::new(),
            )
        }));
        assert_nearly_all(measure(|| {
            (0..entries).collect::<indexmap::IndexSet<u64, RandomState>>()
        }));
    }
}

#[cfg(feature = "hashbrown")]
#[test]
fn tables_of_hashbrown_retain_what_they_say() {
    use std::hash::RandomState;

    for entries in [1, 3, 4, 5, 7, 8, 13, 14, 15, 28, 29, 57, 1000] {
        let hasher = RandomState::new();
        assert_nearly_all(measure(|| {
            hashbrown::HashMap::<u64, u64, _>::with_capacity_and_hasher(entries, hasher.clone())
        }));
        assert_nearly_all(measure(|| {
            hashbrown::HashSet::<u64, _>::with_capacity_and_hasher(entries, hasher)
        }));
        assert_nearly_all(measure(|| hashbrown::HashTable::<u64>::with_capacity(entries)));
    }
}

#[cfg(feature = "arrayvec")]
#[test]
fn arrays_retain_nothing() {
    let text = || String::from("some text");
    let (_, said, held) =
        measure(|| arrayvec::ArrayVec::<_, 4>::from([text(), text(), text(), text()]));
    assert_eq!((said, held), (0, 0));
    assert_eq!(measure(|| arrayvec::ArrayString::<4>::from("abcd").unwrap()), (0, 0, 0));
}

#[cfg(feature = "serde_json")]
#[test]
fn json_retains_nothing() {
    use serde_json::{Map, Value};

    let (_, said, held) = measure(|| Value::from(vec!["some text"; 9]));
    assert_eq!((said, held), (0, 0));
    let (_, said, held) =
        measure(|| (0..100).map(|key| (key.to_string(), Value::from(key))).collect::<Map<_, _>>());
    assert_eq!((said, held), (0, 0));
}

#[cfg(feature = "uuid")]
#[test]
fn a_uuid_retains_nothing() {
    assert_eq!(measure(|| uuid::Uuid::from_u128(7)), (0, 0, 0));
}

#[cfg(feature = "bytes")]
#[test]
fn shared_bytes_retain_nothing() {
    let (_, said, held) = measure(|| bytes::Bytes::from(vec![7_u8; 1000]));
    assert_eq!((said, held), (0, 0));
}

#[cfg(feature = "smallvec")]
#[test]
fn a_small_vector_retains_what_it_says() {
    use smallvec::SmallVec;

    assert_eq!(measure(|| SmallVec::<[u8; 4]>::from_slice(&[7; 4])), (0, 0, 0));
    assert_eq!(measure(|| SmallVec::<[u8; 4]>::from_slice(&[7; 40])), (0, 40, 40));
}

#[cfg(feature = "bumpalo")]
#[test]
fn a_bump_arena_retains_what_it_says() {
    let (calls, said, held) = measure(|| {
        let bump = bumpalo::Bump::new();
        bump.alloc([7_u8; 10_000]);
        bump
    });
    assert_eq!((calls, said), (0, held));
}

#[cfg(feature = "typed-arena")]
#[test]
fn a_typed_arena_allocates_at_every_reset() {
    let (calls, said, held) = measure(typed_arena::Arena::<u64>::new);
    assert!(calls >= 2, "the new chunk and the old");
    assert!(said == 0 && held > 0, "and does not tell");
}

#[cfg(feature = "flate2")]
#[test]
fn compression_states_retain_most_of_what_they_say() {
    use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};

    let mut packed = Vec::with_capacity(2000);
    let mut state = Compress::new(Compression::best(), true);
    state.compress_vec(&[7; 1000], &mut packed, FlushCompress::Finish).unwrap();
    let (calls, said, held) = measure(|| {
        let mut state = Compress::new(Compression::best(), true);
        state.compress(&[7; 1000], &mut [0; 2000], FlushCompress::Finish).unwrap();
        state
    });
    assert_eq!(calls, 0);
    assert!((held * 3 / 4..=held).contains(&said), "compressor: {said} of {held}");
    let (calls, said, held) = measure(|| {
        let mut state = Decompress::new(true);
        state.decompress(&packed, &mut [0; 2000], FlushDecompress::Finish).unwrap();
        state
    });
    assert_eq!(calls, 0);
    assert!((held * 2 / 3..=held).contains(&said), "decompressor: {said} of {held}");
}
