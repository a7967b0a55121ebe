//! Memory that the system counts for this process, after an outlier request: a binary of its own, because
//! nothing else may allocate meanwhile. (AddressSanitizer holds back what was freed.)
#![cfg(all(target_os = "linux", not(ratoon_asan)))]

use std::fs;

use ratoon_arena::Arena;

const MIB: usize = 1 << 20;

/// Bytes of this process that lie in memory.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kib: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
    kib * 1024
}

fn request(arena: &mut Arena, bytes: usize) {
    let mut left = bytes;
    while left > 0 {
        let size = left.min(4000);
        arena.alloc_slice_fill_with(size, |i| i as u8);
        left -= size;
    }
    arena.reset();
}

#[test]
fn outlier_request_that_leaves_the_process_as_small_as_it_was() {
    let usual = 64 << 10;
    let mut arena = Arena::new();
    for _ in 0..200 {
        request(&mut arena, usual);
    }
    let before = resident();

    // In small pieces, which need regular chunks.
    request(&mut arena, 64 * MIB);
    for _ in 0..64 {
        request(&mut arena, usual);
    }
    let after = resident();
    assert!(after < before + 2 * MIB, "{before} bytes before, {after} after small pieces");

    // In one piece, which gets a chunk of its own.
    arena.alloc_slice_fill_with(64 * MIB, |i| i as u8);
    let at_work = resident();
    assert!(at_work > before + 60 * MIB, "{before} bytes before, {at_work} with the outlier");
    arena.reset();
    let after = resident();
    assert!(after < before + 2 * MIB, "{before} bytes before, {after} after one piece");

    // Twice in a row, which counts as a change of the load at first. The arena frees all of it; how much of that
    // malloc returns to the system is its own decision (glibc may keep as much as the outlier took, for each
    // thread), so resident memory says nothing here.
    for _ in 0..2 {
        request(&mut arena, 64 * MIB);
    }
    for _ in 0..64 {
        request(&mut arena, usual);
    }
    assert!(arena.capacity() <= 2 * usual);
}
