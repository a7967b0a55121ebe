//! Blocks of a shared arena that become larger and smaller.

use super::*;

#[test]
fn vector_that_grows_in_place() {
    let arena = SyncArena::with_capacity(1 << 20);
    let mut numbers = ArenaVec::new_in(&arena);
    numbers.push(0_u64);
    let place = numbers.as_ptr();
    numbers.extend(1..50_000);
    assert_eq!(numbers.as_ptr(), place, "nothing else was allocated meanwhile");
    assert!(numbers.iter().copied().eq(0..50_000));
}

#[test]
fn last_block_that_is_used_again() {
    let arena = SyncArena::new();
    arena.alloc(1_u64);
    let used = arena.used();
    drop(ArenaVec::<u64, _>::with_capacity_in(40, &arena));
    assert_eq!(arena.used(), used);
    let mut shrunk = ArenaVec::<u64, _>::with_capacity_in(40, &arena);
    shrunk.push(2);
    shrunk.shrink_to_fit();
    assert_eq!(arena.used(), used + 8);
}

#[test]
fn vectors_that_grow_side_by_side_and_on_other_threads() {
    let arena = SyncArena::new();
    let mut vectors: Vec<ArenaVec<u64, &SyncArena>> = on_threads(4, |i| {
        let mut vector = ArenaVec::new_in(&arena);
        let mut other = ArenaVec::new_in(&arena);
        for n in 0..500 {
            vector.push(n + 1000 * i as u64);
            other.push(n as u8);
        }
        assert!(other.iter().enumerate().all(|(n, &byte)| byte == n as u8));
        vector
    });
    // Every vector grows on, and some are dropped, on a thread that did not make it.
    let vectors: Vec<_> = thread::scope(|scope| {
        let handles: Vec<_> = vectors
            .drain(..)
            .map(|mut vector| {
                scope.spawn(|| {
                    let first = vector[0];
                    vector.extend(first + 500..first + 2000);
                    arena.alloc_str("between");
                    vector
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    for vector in &vectors {
        assert!(vector.iter().copied().eq(vector[0]..vector[0] + 2000));
    }
    assert_disjoint(vectors.iter().map(|vector| range(vector)).collect());
}

#[test]
fn grow_and_shrink_with_other_alignments() {
    use std::alloc::Layout;
    let arena = SyncArena::new();
    for (size, align) in [(1, 1), (3, 1), (8, 8), (100, 16), (3000, 64), (9000, 1)] {
        let old = Layout::from_size_align(size, align).unwrap();
        let new = Layout::from_size_align(2 * size + 7, 256).unwrap();
        let block = (&arena).allocate_zeroed(old).unwrap().cast::<u8>();
        // SAFETY: just allocated with this layout.
        unsafe { block.write_bytes(7, size) };
        // SAFETY: the same; the new size is larger.
        let grown = unsafe { (&arena).grow_zeroed(block, old, new) }.unwrap();
        // SAFETY: all bytes are initialised, the last ones with zeros.
        let bytes = unsafe { grown.as_ref() };
        assert_eq!(bytes.as_ptr().addr() % 256, 0);
        assert!(bytes[..size].iter().all(|&byte| byte == 7));
        assert!(bytes[size..].iter().all(|&byte| byte == 0));
        let least = Layout::from_size_align(1, 512).unwrap();
        // SAFETY: allocated with `new`; the least size is smaller.
        let shrunk = unsafe { (&arena).shrink(grown.cast(), new, least) }.unwrap();
        assert_eq!(shrunk.cast::<u8>().addr().get() % 512, 0);
        // SAFETY: one byte, initialised.
        assert_eq!(unsafe { shrunk.as_ref() }, [7]);
        // SAFETY: allocated with this layout, not used any more.
        unsafe { (&arena).deallocate(shrunk.cast(), least) };
    }
}
