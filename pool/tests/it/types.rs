//! Every kind of `T`, and which of the pool's types may be shared or sent.

use std::cell::Cell;
use std::mem;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::thread;

use ratoon_pool::{
    Discarded, Local, LocalPooled, Pool, PoolBuilder, Pooled, PooledArc, Reset, Stats,
};
use static_assertions::{assert_impl_all, assert_not_impl_any};

struct Unit;

struct Bytes<const N: usize>([u8; N]);

impl Reset for Unit {
    fn reset(&mut self) {}
}

impl<const N: usize> Reset for Bytes<N> {
    fn reset(&mut self) {
        self.0.fill(0);
    }
}

struct SendOnly(Cell<u64>);

impl Reset for SendOnly {
    fn reset(&mut self) {
        self.0.set(0);
    }
}

type NotSync = Rc<u64>;

// What is `Send` but not `Sync` can be pooled, and a guard of it can be sent but not shared.
assert_impl_all!(Pool<SendOnly>: Send, Sync);
assert_impl_all!(Pooled<'static, SendOnly>: Send);
assert_not_impl_any!(Pooled<'static, SendOnly>: Sync);
assert_impl_all!(PooledArc<SendOnly>: Send);
assert_not_impl_any!(PooledArc<SendOnly>: Sync);

assert_impl_all!(Pool<u64>: Send, Sync, Unpin);
assert_impl_all!(Pooled<'static, u64>: Send, Sync, Unpin);
assert_impl_all!(PooledArc<u64>: Send, Sync, Unpin);
assert_impl_all!(PoolBuilder<u64>: Send, Sync);
assert_impl_all!(Stats: Send, Sync, Copy);
assert_impl_all!(Discarded: Send, Sync, Copy);

// A `Local` and its guards stay in their thread.
assert_not_impl_any!(Local<'static, u64>: Send, Sync);
assert_not_impl_any!(LocalPooled<'static, u64>: Send, Sync);

// Nothing is broken by a panic: whatever it interrupted is dropped.
assert_impl_all!(Pool<SendOnly>: UnwindSafe, RefUnwindSafe);
assert_impl_all!(Pooled<'static, u64>: UnwindSafe, RefUnwindSafe);
assert_impl_all!(PooledArc<u64>: UnwindSafe, RefUnwindSafe);
assert_impl_all!(Local<'static, u64>: UnwindSafe, RefUnwindSafe);
assert_impl_all!(LocalPooled<'static, u64>: UnwindSafe, RefUnwindSafe);
assert_not_impl_any!(Pool<u64, Cell<u64>>: RefUnwindSafe);
assert_not_impl_any!(Pooled<'static, SendOnly>: RefUnwindSafe);

// A factory that cannot be shared makes a pool that cannot be shared; its plain guards do not see it.
type Captures = fn(&NotSync);
assert_impl_all!(Pool<u64, Captures>: Sync);
assert_not_impl_any!(Pool<u64, NotSync>: Send, Sync);
assert_impl_all!(Pool<u64, Cell<u64>>: Send);
assert_not_impl_any!(Pool<u64, Cell<u64>>: Sync);
assert_not_impl_any!(PooledArc<u64, NotSync>: Send, Sync);
assert_not_impl_any!(PooledArc<u64, Cell<u64>>: Send, Sync);
assert_not_impl_any!(PoolBuilder<u64, NotSync>: Send, Sync);

#[test]
fn zero_sized_objects() {
    let mut pool = Pool::<Unit>::builder(|| Unit).local_capacity(2).shared_capacity(3).build();
    drop((0..10).map(|_| pool.get()).collect::<Vec<_>>());
    assert_eq!((pool.stats().idle(), pool.stats().discarded.no_room), (5, 5));
    let Unit = pool.get().detach();
    let local = pool.local();
    drop(local.get());
    drop(local);
    pool.clear_all();
    assert_eq!(pool.stats().idle(), 0);
}

#[repr(align(128))]
struct Aligned(u8);

#[repr(align(4096))]
struct Page([u8; 4096]);

impl Reset for Aligned {
    fn reset(&mut self) {
        self.0 = 0;
    }
}

impl Reset for Page {
    fn reset(&mut self) {
        self.0[0] = 0;
    }
}

#[test]
fn over_aligned_objects() {
    let pool = Pool::<Aligned>::builder(|| Aligned(1)).local_capacity(2).build();
    for _ in 0..3 {
        let held: Vec<_> = (0..9).map(|_| pool.get()).collect();
        for object in &held {
            assert_eq!((&raw const **object).addr() % 128, 0);
            assert_eq!(object.0, 0);
        }
    }
    assert_eq!(pool.get().detach().0, 0);

    let pages = Pool::<Page>::builder(|| Page([1; 4096])).local_capacity(1).build();
    for _ in 0..3 {
        let mut held: Vec<_> = (0..3).map(|_| pages.get()).collect();
        for page in &mut held {
            assert_eq!((&raw const **page).addr() % 4096, 0);
            assert_eq!(mem::replace(&mut page.0[0], 7), 0);
        }
    }
}

#[test]
fn objects_of_a_mebibyte() {
    const SIZE: usize = 1 << 20;
    static POOL: Pool<Bytes<SIZE>> = Pool::new(|| Bytes([1; SIZE]));
    let use_twice = || {
        let mut object = POOL.get();
        assert_eq!(object.0[SIZE - 1], 0);
        object.0[SIZE - 1] = 7;
        let address = &raw const *object;
        drop(object);
        let object = POOL.get();
        assert_eq!(&raw const *object, address);
        assert_eq!(object.0[SIZE - 1], 0);
    };
    // Unoptimised, what a factory returns is on the stack twice.
    let roomy = thread::Builder::new().stack_size(8 * SIZE).spawn(use_twice);
    roomy.expect("the system allows it").join().expect("no assertion fails");
}

/// Borrows, so it is not `'static`.
struct Borrowing<'a> {
    seen: Vec<&'a str>,
    log: &'a Mutex<Vec<String>>,
}

impl Reset for Borrowing<'_> {
    fn reset(&mut self) {
        self.log.lock().expect("nobody panics").extend(self.seen.drain(..).map(str::to_owned));
    }
}

#[test]
fn objects_that_borrow_from_the_stack_of_a_thread_scope() {
    let words = String::from("one two three");
    let log = Mutex::new(Vec::new());
    {
        let pool = Pool::builder_with(|| Borrowing { seen: Vec::new(), log: &log }).build();
        thread::scope(|scope| {
            for word in words.split(' ') {
                let pool = &pool;
                scope.spawn(move || pool.get().seen.push(word));
            }
        });
        assert!((1..=3).contains(&pool.stats().created));
    }
    let mut log = log.into_inner().expect("nobody panics");
    log.sort();
    assert_eq!(log, ["one", "three", "two"]);
}

#[test]
fn guard_of_a_shared_pool_detaches_and_discards() {
    let pool = Arc::new(Pool::<String>::new(String::new));
    let mut text = pool.get_arc();
    text.push_str("mine");
    assert_eq!(text.detach(), "mine");
    pool.get_arc().discard();
    let stats = pool.stats();
    assert_eq!((stats.detached, stats.discarded.requested, stats.idle()), (1, 1, 0));
    assert_eq!(Arc::strong_count(&pool), 1);
}

#[test]
fn shared_pool_outlives_its_last_handle_in_a_guard() {
    let pool = Arc::new(Pool::<String>::new(String::new));
    let mut text = pool.get_arc();
    drop(pool);
    text.push_str("still there");
    assert_eq!(text.detach(), "still there");
}

#[test]
fn guards_show_their_object() {
    static POOL: Pool<String> = Pool::new(String::new);
    let mut text = POOL.get();
    text.push('x');
    assert_eq!(format!("{text:?}"), "\"x\"");
    assert!(format!("{:?}", POOL.local()).starts_with("Local"));
    assert!(format!("{:?}", Pool::builder(String::new)).contains("local_capacity: 64"));
}
