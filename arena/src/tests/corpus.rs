//! Replays the seeds of the fuzz targets, on stable and without a sanitizer.

use std::fs;
use std::path::Path;

use crate::tests::{arithmetic, input, is_inside, program};

/// The seeds of a target, with their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut seeds: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), fs::read(path).unwrap())
        })
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty());
    seeds
}

#[test]
fn seeds_of_the_arithmetic() {
    for (_, bytes) in seeds("bump") {
        let (cursor, room, size, align_log2) = input::bump(&bytes);
        arithmetic::check(cursor, room, size, align_log2);
    }
}

#[test]
fn seeds_of_whole_programs() {
    for (name, bytes) in seeds("program") {
        let (start, limit, ops) = input::program(&bytes);
        assert!(!ops.is_empty(), "{name} does nothing");
        program::check(start, limit, &ops, is_inside);
    }
}
