//! A pool of things that borrow, of things that are not `Sync`, and guards that travel.
use ratoon_pool::{Pool, Pooled, Reset};
use std::cell::Cell;

struct Note<'a>(Option<&'a str>);

impl Reset for Note<'_> {
    fn reset(&mut self) {
        self.0 = None;
    }
}

struct Counter(Cell<u32>);

impl Reset for Counter {
    fn reset(&mut self) {
        self.0.set(0);
    }
}

static COUNTERS: Pool<Counter> = Pool::new(|| Counter(Cell::new(0)));

// The borrow of the pool may shrink.
fn shorter<'short>(guard: Pooled<'static, Counter>, _: &'short u8) -> Pooled<'short, Counter> {
    guard
}

fn main() {
    let text = String::from("on the stack");
    let pool = Pool::<Note<'_>>::new(|| Note(None));
    pool.get().0 = Some(&text);
    assert!(pool.get().0.is_none());

    let guard = COUNTERS.get();
    std::thread::spawn(move || guard.0.set(1)).join().unwrap();
    drop(shorter(COUNTERS.get(), &0));
}
