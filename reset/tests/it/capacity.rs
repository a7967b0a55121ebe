//! `Capacity`: what is given back, and how closely.

use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::ffi::OsString;
use std::hash::RandomState;
use std::path::PathBuf;

use ratoon_reset::Capacity;

use crate::Opaque;

/// Shrinks an empty container to each of `maxima` and returns the capacities.
fn shrunk<C: Capacity>(make: impl Fn() -> C, maxima: [usize; 3]) -> [usize; 3] {
    maxima.map(|max| {
        let mut container = make();
        assert!(container.capacity() >= 1000);
        container.shrink_to(max);
        let capacity = container.capacity();
        container.shrink_to(usize::MAX);
        assert_eq!(container.capacity(), capacity, "shrinking never grows");
        capacity
    })
}

#[test]
fn sequences_shrink_exactly() {
    let maxima = [0, 1, 100];
    assert_eq!(shrunk(|| String::with_capacity(1000), maxima), maxima);
    assert_eq!(shrunk(|| OsString::with_capacity(1000), maxima), maxima);
    assert_eq!(shrunk(|| PathBuf::from(OsString::with_capacity(1000)), maxima), maxima);
    assert_eq!(shrunk(|| Vec::<Opaque2>::with_capacity(1000), maxima), maxima);
    assert_eq!(shrunk(|| VecDeque::<Opaque2>::with_capacity(1000), maxima), maxima);
    assert_eq!(shrunk(|| BinaryHeap::<u16>::with_capacity(1000), maxima), maxima);
}

/// Two bytes that can do nothing.
#[expect(dead_code, reason = "only its size matters")]
struct Opaque2(u8, u8);

#[test]
fn elements_are_never_lost() {
    let mut vec = vec![7_u32; 10];
    vec.reserve(1000);
    Capacity::shrink_to(&mut vec, 3);
    assert_eq!((vec.len(), Capacity::capacity(&vec)), (10, 10));
    let mut map: HashMap<u32, u32> = (0..10).map(|key| (key, key)).collect();
    map.reserve(1000);
    Capacity::shrink_to(&mut map, 3);
    assert!(map.len() == 10 && (10..28).contains(&map.capacity()));
}

#[test]
fn hash_tables_shrink_below_twice_what_was_asked() {
    for max in [15, 28, 29, 56, 57, 100, 113, 448, 449] {
        let mut map = HashMap::<u64, u64>::with_capacity(10_000);
        Capacity::shrink_to(&mut map, max);
        let capacity = map.capacity();
        assert!((max..2 * max).contains(&capacity), "{max} became {capacity}");
        let mut set = HashSet::<u8>::with_capacity(10_000);
        Capacity::shrink_to(&mut set, max);
        assert!((max..2 * max).contains(&Capacity::capacity(&set)));
    }
}

#[test]
fn small_hash_tables_shrink_to_fourteen_at_most() {
    for max in 1..=14 {
        let mut map = HashMap::<u64, u64>::with_capacity(10_000);
        Capacity::shrink_to(&mut map, max);
        assert!((max..=14).contains(&map.capacity()));
        let mut set = HashSet::<()>::with_capacity(10_000);
        Capacity::shrink_to(&mut set, max);
        assert!((max..=14).contains(&set.capacity()));
    }
}

#[test]
fn an_empty_hash_table_shrunk_to_nothing_is_freed() {
    let mut map = HashMap::<u64, u64>::with_capacity(100);
    Capacity::shrink_to(&mut map, 0);
    assert_eq!(map.capacity(), 0);
    let mut set = HashSet::<u64, RandomState>::with_capacity(100);
    Capacity::shrink_to(&mut set, 0);
    assert_eq!(set.capacity(), 0);
}

#[test]
fn zero_sized_elements_have_their_number_as_capacity() {
    let mut vec = vec![(); 9];
    assert_eq!(Capacity::capacity(&vec), 9);
    Capacity::shrink_to(&mut vec, 0);
    assert_eq!(vec.len(), 9);
    assert_eq!(Capacity::capacity(&VecDeque::<Opaque>::new()), 0);
    assert_eq!(Capacity::capacity(&BinaryHeap::<()>::new()), 0);
}

#[cfg(feature = "bytes")]
#[test]
fn bytes_mut_moves_into_a_smaller_buffer() {
    use bytes::BytesMut;

    let maxima = [0, 1, 100];
    assert_eq!(shrunk(|| BytesMut::with_capacity(1000), maxima), maxima);
    let mut buffer = BytesMut::with_capacity(1000);
    buffer.extend_from_slice(b"kept");
    Capacity::shrink_to(&mut buffer, 2);
    assert_eq!((&buffer[..], buffer.capacity()), (&b"kept"[..], 4));
}

#[cfg(feature = "smallvec")]
#[test]
fn small_vectors_shrink_down_to_their_inline_elements() {
    use smallvec::SmallVec;

    let make = SmallVec::<[u16; 8]>::new;
    assert_eq!(Capacity::capacity(&make()), 8);
    let spilt = || SmallVec::<[u16; 8]>::with_capacity(1000);
    assert_eq!(shrunk(spilt, [0, 9, 100]), [8, 9, 100]);
    let mut vec = spilt();
    vec.extend(0..20);
    Capacity::shrink_to(&mut vec, 3);
    assert_eq!((vec.len(), vec.capacity(), vec[19]), (20, 20, 19));
    assert_eq!(Capacity::capacity(&SmallVec::<[(); 8]>::new()), 0);
}
