//! Collections of other crates in the arena.

use allocator_api2::alloc::Allocator;
use allocator_api2::boxed::Box;
use allocator_api2::vec::Vec;
use ratoon_arena::Arena;
use std::alloc::Layout;

#[test]
fn vec_grows_in_place() {
    let mut arena = Arena::with_capacity(1 << 16);
    let scope = arena.scope();
    let mut vec = Vec::new_in(&scope);
    vec.push(0_u64);
    let address = vec.as_ptr();
    for i in 1..4096 {
        vec.push(i);
    }
    assert_eq!(vec.as_ptr(), address);
    assert!(vec.iter().enumerate().all(|(i, &element)| i as u64 == element));
    vec.truncate(100);
    vec.shrink_to_fit();
    assert_eq!(scope.used(), 800);
    drop(vec);
    assert_eq!(scope.used(), 0);
}

#[test]
fn two_vecs_growing_in_turn() {
    let arena = Arena::new();
    let (mut even, mut odd) = (Vec::new_in(&arena), Vec::new_in(&arena));
    for i in 0..10_000_u32 {
        if i % 2 == 0 { even.push(i) } else { odd.push(i) }
    }
    assert!(
        even.iter()
            .zip(&odd)
            .enumerate()
            .all(|(i, (&even, &odd))| { even as usize == 2 * i && odd as usize == 2 * i + 1 })
    );
}

#[test]
fn elements_dropped_by_their_collection() {
    let counted = std::rc::Rc::new(());
    let arena = Arena::new();
    let mut vec = Vec::new_in(&arena);
    vec.resize(100, std::rc::Rc::clone(&counted));
    let boxed = Box::new_in(std::rc::Rc::clone(&counted), &arena);
    assert_eq!(std::rc::Rc::strong_count(&counted), 102);
    drop((vec, boxed));
    assert_eq!(std::rc::Rc::strong_count(&counted), 1);
}

#[cfg(feature = "allocator-api2-02")]
#[test]
fn hash_map_of_another_crate() {
    let mut arena = Arena::new();
    for _ in 0..3 {
        let scope = arena.scope();
        let mut map =
            hashbrown::HashMap::with_hasher_in(hashbrown::DefaultHashBuilder::default(), &scope);
        for i in 0..1000 {
            map.insert(scope.alloc_fmt(format_args!("key {i}")), i);
        }
        assert!((0..1000).all(|i| map[&*format!("key {i}")] == i));
        drop(map);
        arena.reset();
    }
}

#[test]
fn zeroed_memory() {
    let arena = Arena::new();
    let small = Layout::from_size_align(16, 8).unwrap();
    let large = Layout::from_size_align(200, 8).unwrap();
    arena.alloc_slice_fill_with(300, |_| 0xFF_u8);
    let mut dirty = arena;
    dirty.reset();
    let allocator = &dirty;
    let block = allocator.allocate_zeroed(small).unwrap().cast::<u8>();
    // SAFETY: in use with this layout; the new size is larger.
    let block = unsafe { allocator.grow_zeroed(block, small, large) }.unwrap().cast::<[u8; 200]>();
    // SAFETY: 200 bytes, all written.
    assert_eq!(unsafe { block.read() }, [0; 200]);
}

#[test]
fn growth_to_a_larger_alignment() {
    let arena = Arena::new();
    arena.alloc(1_u8);
    let old = Layout::from_size_align(3, 1).unwrap();
    let new = Layout::from_size_align(64, 64).unwrap();
    let block = (&arena).allocate(old).unwrap().cast::<u8>();
    // SAFETY: a block of 3 bytes.
    unsafe { block.write_bytes(5, 3) };
    // SAFETY: in use with this layout; the new size is larger.
    let grown = unsafe { (&arena).grow(block, old, new) }.unwrap().cast::<u8>();
    assert_eq!(grown.addr().get() % 64, 0);
    // SAFETY: 3 bytes were copied.
    assert_eq!(unsafe { grown.cast::<[u8; 3]>().read() }, [5; 3]);
    // SAFETY: in use with this layout; the new size is not greater.
    let shrunk = unsafe { (&arena).shrink(grown, new, old) }.unwrap().cast::<u8>();
    assert_eq!(shrunk, grown);
    let used = arena.used();
    // SAFETY: in use with this layout, and not used any more.
    unsafe { (&arena).deallocate(shrunk, old) };
    assert_eq!(arena.used(), used - 3);
}

#[test]
fn growth_past_the_end_of_a_chunk() {
    let arena = Arena::with_capacity(256);
    let mut vec = Vec::new_in(&arena);
    vec.extend(0..32_u64);
    assert_eq!(arena.stats().chunks, 1);
    vec.extend(32..1000);
    assert!(vec.iter().enumerate().all(|(i, &element)| i as u64 == element));
}
