//! A guard of something that is not `Sync` can be sent, but not shared.
use ratoon_pool::{Pool, Reset};
use std::cell::Cell;

struct Counter(Cell<u32>);

impl Reset for Counter {
    fn reset(&mut self) {}
}

static POOL: Pool<Counter> = Pool::new(|| Counter(Cell::new(0)));

fn main() {
    let guard = POOL.get();
    std::thread::scope(|scope| {
        scope.spawn(|| guard.0.set(1));
        guard.0.set(2);
    });
}
