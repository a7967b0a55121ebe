//! Values whose drop is deferred, also when it panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use ratoon_arena::Arena;

type Log = Arc<Mutex<Vec<u32>>>;

/// Writes its number into a log when dropped.
struct Logged(u32, Log);

impl Drop for Logged {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
    }
}

/// The same, and then panics.
struct Panicking(u32, Log);

impl Drop for Panicking {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
        panic!("drop of {}", self.0);
    }
}

fn entries(log: &Log) -> Vec<u32> {
    std::mem::take(&mut *log.lock().unwrap())
}

#[test]
fn dropped_at_reset_newest_first() {
    let log = Log::default();
    let mut arena = Arena::new();
    for i in 0..5 {
        let value = arena.alloc_deferred(Logged(i, Arc::clone(&log)));
        value.0 += 10;
    }
    assert!(entries(&log).is_empty());
    arena.reset();
    assert_eq!(entries(&log), [14, 13, 12, 11, 10]);
    arena.reset();
    assert!(entries(&log).is_empty());
}

#[test]
fn dropped_with_the_arena() {
    let log = Log::default();
    let arena = Arena::new();
    arena.alloc_deferred(Logged(1, Arc::clone(&log)));
    drop(arena);
    assert_eq!(entries(&log), [1]);
}

#[test]
fn dropped_on_another_thread() {
    let log = Log::default();
    let mut arena = Arena::new();
    arena.alloc_deferred(Logged(1, Arc::clone(&log)));
    std::thread::spawn(move || arena.reset()).join().unwrap();
    assert_eq!(entries(&log), [1]);
}

#[test]
fn dropped_at_the_end_of_the_child_it_was_made_in() {
    let log = Log::default();
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.alloc_deferred(Logged(1, Arc::clone(&log)));
    scope.child(|mut child| {
        child.alloc_deferred(Logged(2, Arc::clone(&log)));
        child.child(|inner| inner.alloc_deferred(Logged(3, Arc::clone(&log))).0);
        assert_eq!(entries(&log), [3]);
        child.alloc_deferred(Logged(4, Arc::clone(&log)));
    });
    assert_eq!(entries(&log), [4, 2]);
    scope.alloc_deferred(Logged(5, Arc::clone(&log)));
    arena.reset();
    assert_eq!(entries(&log), [5, 1]);
}

#[test]
fn over_aligned_and_empty_values() {
    #[repr(align(128))]
    struct Aligned(Log);
    impl Drop for Aligned {
        fn drop(&mut self) {
            assert_eq!(std::ptr::from_ref(self).addr() % 128, 0);
            self.0.lock().unwrap().push(128);
        }
    }
    static DROPPED: Mutex<u32> = Mutex::new(0);
    struct Nothing;
    impl Drop for Nothing {
        fn drop(&mut self) {
            *DROPPED.lock().unwrap() += 1;
        }
    }
    let log = Log::default();
    let mut arena = Arena::new();
    arena.alloc(1_u8);
    arena.alloc_deferred(Aligned(Arc::clone(&log)));
    arena.alloc_deferred(Nothing);
    arena.reset();
    assert_eq!(entries(&log), [128]);
    assert_eq!(*DROPPED.lock().unwrap(), 1);
}

#[test]
fn two_panics_at_reset() {
    let log = Log::default();
    let mut arena = Arena::new();
    arena.alloc_deferred(Logged(1, Arc::clone(&log)));
    arena.alloc_deferred(Panicking(2, Arc::clone(&log)));
    arena.alloc_deferred(Logged(3, Arc::clone(&log)));
    arena.alloc_deferred(Panicking(4, Arc::clone(&log)));
    let payload = catch_unwind(AssertUnwindSafe(|| arena.reset())).unwrap_err();
    assert_eq!(payload.downcast_ref::<String>().unwrap(), "drop of 4", "the first one is resumed");
    assert_eq!(entries(&log), [4, 3, 2, 1], "the list finishes");
    assert_eq!((arena.used(), arena.stats().resets), (0, 1));
    assert_eq!(arena.alloc_str("usable"), "usable");
    arena.reset();
    assert!(entries(&log).is_empty());
}

#[test]
fn two_panics_at_the_end_of_a_child() {
    let log = Log::default();
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.alloc_deferred(Logged(0, Arc::clone(&log)));
    let used = scope.used();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        scope.child(|child| {
            for i in 1..4 {
                child.alloc_deferred(Panicking(i, Arc::clone(&log)));
            }
        })
    }));
    assert_eq!(outcome.unwrap_err().downcast_ref::<String>().unwrap(), "drop of 3");
    assert_eq!(entries(&log), [3, 2, 1]);
    assert_eq!(scope.used(), used);
    arena.reset();
    assert_eq!(entries(&log), [0]);
}

#[test]
fn panic_of_a_child_and_of_what_it_deferred() {
    let log = Log::default();
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        scope.child(|child| {
            child.alloc_deferred(Panicking(1, Arc::clone(&log)));
            panic!("the closure's");
        })
    }));
    assert_eq!(*outcome.unwrap_err().downcast_ref::<&str>().unwrap(), "the closure's");
    assert_eq!((entries(&log), scope.used()), (vec![1], 0));
}

#[test]
fn two_panics_when_the_arena_is_dropped() {
    let log = Log::default();
    let arena = Arena::new();
    arena.alloc_deferred(Panicking(1, Arc::clone(&log)));
    arena.alloc_deferred(Panicking(2, Arc::clone(&log)));
    let payload = catch_unwind(AssertUnwindSafe(|| drop(arena))).unwrap_err();
    assert_eq!(payload.downcast_ref::<String>().unwrap(), "drop of 2");
    assert_eq!(entries(&log), [2, 1]);
}

#[test]
fn arena_dropped_while_a_panic_unwinds() {
    let log = Log::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let arena = Arena::new();
        arena.alloc_deferred(Panicking(1, Arc::clone(&log)));
        panic!("first");
    }));
    assert_eq!(*outcome.unwrap_err().downcast_ref::<&str>().unwrap(), "first");
    assert_eq!(entries(&log), [1]);
}

#[test]
fn leaked_payload_that_panics_when_dropped() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("payload");
        }
    }
    struct Throws;
    impl Drop for Throws {
        fn drop(&mut self) {
            std::panic::panic_any(Bomb);
        }
    }
    let mut arena = Arena::new();
    arena.alloc_deferred(Throws);
    arena.alloc_deferred(Throws);
    let payload = catch_unwind(AssertUnwindSafe(|| arena.reset())).unwrap_err();
    std::mem::forget(payload);
    assert_eq!(arena.used(), 0);

    // On top of another panic it is not resumed, and must not be dropped either.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        arena.scope().child(|child| {
            child.alloc_deferred(Throws);
            panic!("the closure's");
        })
    }));
    assert_eq!(*outcome.unwrap_err().downcast_ref::<&str>().unwrap(), "the closure's");
    let outcome = catch_unwind(|| {
        let arena = Arena::new();
        arena.alloc_deferred(Throws);
        panic!("the owner's");
    });
    assert_eq!(*outcome.unwrap_err().downcast_ref::<&str>().unwrap(), "the owner's");
}

#[test]
fn drop_that_allocates_in_the_arena_of_another_scope() {
    // It cannot reach its own arena, which it would have to borrow: `T: 'static`.
    struct Uses(Arc<Mutex<Arena>>, Log);
    impl Drop for Uses {
        fn drop(&mut self) {
            let mut other = self.0.lock().unwrap();
            let mut scope = other.scope();
            let len = scope.child(|child| {
                child.alloc_deferred(Logged(7, Arc::clone(&self.1)));
                child.alloc_str("in the other arena").len()
            });
            self.1.lock().unwrap().push(len as u32);
        }
    }
    let log = Log::default();
    let other = Arc::new(Mutex::new(Arena::new()));
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.alloc_deferred(Uses(Arc::clone(&other), Arc::clone(&log)));
    scope.child(|child| {
        child.alloc_deferred(Uses(Arc::clone(&other), Arc::clone(&log))).0.is_poisoned()
    });
    assert_eq!(entries(&log), [7, 18]);
    arena.reset();
    assert_eq!(entries(&log), [7, 18]);
    assert_eq!(other.lock().unwrap().used(), 0);
}

#[test]
fn value_replaced_before_its_drop() {
    let log = Log::default();
    let mut arena = Arena::new();
    let value = arena.alloc_deferred(Logged(1, Arc::clone(&log)));
    *value = Logged(2, Arc::clone(&log));
    assert_eq!(entries(&log), [1]);
    let taken = std::mem::replace(value, Logged(3, Arc::clone(&log)));
    arena.reset();
    assert_eq!(entries(&log), [3]);
    drop(taken);
    assert_eq!(entries(&log), [2]);
}

#[test]
fn value_that_finds_no_room_is_dropped_by_its_panic() {
    let log = Log::default();
    let mut arena = Arena::builder().limit(8).build();
    let outcome = catch_unwind(|| {
        arena.alloc_deferred(Logged(1, Arc::clone(&log)));
    });
    assert!(outcome.is_err());
    assert_eq!(entries(&log), [1]);
    arena.reset();
    assert!(entries(&log).is_empty(), "it was never in the list");
}
