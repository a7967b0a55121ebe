//! Vectors, heaps, trees, lists and hash tables.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::BuildHasher;

use ratoon_reset::Reset;

use crate::{Opaque, after_reset};

#[test]
fn vectors_and_heaps_keep_their_capacity() {
    let vec = after_reset(vec![7_u32; 100]);
    assert!(vec.is_empty() && vec.capacity() >= 100);
    assert_eq!(vec.retained_bytes(), vec.capacity() * 4);
    let deque = after_reset(VecDeque::from(vec![7_u32; 100]));
    assert!(deque.is_empty() && deque.capacity() >= 100);
    assert_eq!(deque.retained_bytes(), deque.capacity() * 4);
    let heap = after_reset(BinaryHeap::from(vec![7_u32; 100]));
    assert!(heap.is_empty() && heap.capacity() >= 100);
    assert_eq!(heap.retained_bytes(), heap.capacity() * 4);
}

#[test]
fn elements_are_dropped_with_what_they_own() {
    let element = std::rc::Rc::new(());
    let lists = after_reset(vec![vec![element.clone()], vec![element.clone()]]);
    assert_eq!(std::rc::Rc::strong_count(&element), 1);
    assert_eq!(lists.retained_bytes(), lists.capacity() * size_of::<Vec<()>>());
}

#[test]
fn trees_and_lists_keep_nothing() {
    let map = after_reset(BTreeMap::from([(1, 'a'), (2, 'b')]));
    assert!(map.is_empty() && map.retained_bytes() == 0);
    let set = after_reset(BTreeSet::from([1, 2]));
    assert!(set.is_empty() && set.retained_bytes() == 0);
    let list = after_reset(LinkedList::from([1, 2]));
    assert!(list.is_empty() && list.retained_bytes() == 0);
}

#[test]
fn hash_tables_keep_their_table() {
    let map = after_reset((0..100).map(|key| (key, key)).collect::<HashMap<u64, u64>>());
    assert!(map.is_empty() && map.capacity() >= 100);
    assert!(map.retained_bytes() >= map.capacity() * 17);
    assert!(map.retained_bytes() <= map.capacity() * 17 * 8 / 7 + 17);
    let set = after_reset((0..100).collect::<HashSet<u64>>());
    assert!(set.is_empty() && set.capacity() >= 100);
    assert!(set.retained_bytes() >= set.capacity() * 9);
    assert_eq!(HashMap::<u8, u8>::new().retained_bytes(), 0);
}

/// Has no default, so that only keeping it can leave the map usable.
struct Seeded(u64);

impl BuildHasher for Seeded {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        use std::hash::Hasher;
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(self.0);
        hasher
    }
}

#[test]
fn hash_tables_keep_a_foreign_hasher() {
    let mut map = HashMap::with_hasher(Seeded(7));
    map.insert("user", 1);
    map.reset();
    assert_eq!(map.hasher().0, 7);
    assert_eq!(map.get("user"), None);
    map.insert("user", 2);
    assert_eq!(map["user"], 2);
    let set = after_reset(HashSet::<u8, Seeded>::with_hasher(Seeded(8)));
    assert_eq!(set.hasher().0, 8);
}

/// Counts the hashers that it built, so that its state changes with every use of the table.
#[derive(Default)]
struct CountingHasher(std::cell::Cell<u64>);

impl BuildHasher for CountingHasher {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        self.0.set(self.0.get() + 1);
        DefaultHasher::new()
    }
}

#[test]
fn hash_tables_keep_the_state_of_a_hasher() {
    let mut map = HashMap::<u64, u64, CountingHasher>::default();
    map.extend((0..100).map(|key| (key, key)));
    let before = map.hasher().0.get();
    map.reset();
    assert_eq!(map.hasher().0.get(), before, "neither used nor replaced: the documented exception");
    assert!((0..100).all(|key| !map.contains_key(&key)));
    map.extend((0..100).map(|key| (key, 7)));
    assert!(map.len() == 100 && map.values().all(|value| *value == 7));
}

#[test]
fn collections_ask_nothing_of_their_parameters() {
    let vec = after_reset(vec![Opaque]);
    assert!(vec.is_empty());
    assert!(after_reset(VecDeque::from([Opaque])).is_empty());
    after_reset(BinaryHeap::<(u8, String)>::new());
    after_reset(BTreeMap::<Opaque, Opaque>::new());
    after_reset(BTreeSet::<Opaque>::new());
    after_reset(LinkedList::<Opaque>::new());
    after_reset(HashMap::<Opaque, Opaque, Opaque>::with_hasher(Opaque));
    after_reset(HashSet::<Opaque, Opaque>::with_hasher(Opaque));
}

#[test]
fn zero_sized_elements_hold_no_memory() {
    assert_eq!(after_reset(vec![(); 9]).retained_bytes(), 0);
    assert_eq!(after_reset(VecDeque::from(vec![(); 9])).retained_bytes(), 0);
    assert_eq!(after_reset(BinaryHeap::from(vec![(); 9])).retained_bytes(), 0);
    let set = after_reset(HashSet::from([()]));
    assert!(set.retained_bytes() >= set.capacity(), "a control byte each");
}

#[test]
fn over_aligned_elements_count_their_padding() {
    #[repr(align(128))]
    struct Wide(#[expect(dead_code, reason = "only its size matters")] u8);
    let vec = after_reset(vec![Wide(1), Wide(2)]);
    assert_eq!(vec.retained_bytes(), vec.capacity() * 128);
}
