//! Keep bumpalo, gain the pool: `Pool<bumpalo::Bump>`.
//!
//! Each request takes an arena that already has its chunk, and resets it on the way back. What a
//! `Bump` does not do is give memory back after a giant request; the pool's byte limit does it for
//! it, by discarding such an arena.

use bumpalo::Bump;
use bumpalo::collections::Vec;
use ratoon_pool::Pool;

static SCRATCH: Pool<Bump> = Pool::builder(Bump::new).max_retained_bytes(64 * 1024).build();

/// Sums the numbers in a line, with all scratch in the arena.
fn handle(line: &str) -> u64 {
    let scratch = SCRATCH.get();
    let mut numbers = Vec::new_in(&scratch);
    numbers.extend(line.split(',').filter_map(|part| part.trim().parse::<u64>().ok()));
    numbers.iter().sum()
}

fn main() {
    for _ in 0..1_000 {
        assert_eq!(handle("1, 2, 3, x, 4"), 10);
    }
    let stats = SCRATCH.stats();
    assert_eq!(stats.created, 1, "one thread, one arena: {stats:?}");

    // A giant request pays for itself, and its memory is not kept.
    let giant = "1,".repeat(100_000);
    assert_eq!(handle(&giant), 100_000);
    let next = SCRATCH.get();
    assert!(next.allocated_bytes() <= 64 * 1024);
    println!("after the giant: {:?}", SCRATCH.stats());
}
