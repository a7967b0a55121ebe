//! Values that a shared arena drops at its reset.

use super::*;

#[test]
fn deferred_drops_newest_first_at_the_reset() {
    struct Logged(Arc<Mutex<Vec<usize>>>, usize);
    impl Drop for Logged {
        fn drop(&mut self) {
            self.0.lock().unwrap().push(self.1);
        }
    }
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut arena = SyncArena::new();
    for round in 0..2 {
        for i in 0..5 {
            arena.alloc_deferred(Logged(log.clone(), i));
        }
        assert!(log.lock().unwrap().is_empty());
        if round == 0 {
            arena = thread::spawn(move || {
                arena.reset();
                arena
            })
            .join()
            .unwrap();
        } else {
            drop(arena);
            arena = SyncArena::new();
        }
        assert_eq!(std::mem::take(&mut *log.lock().unwrap()), [4, 3, 2, 1, 0]);
    }
    arena.reset();
    assert!(log.lock().unwrap().is_empty());
}

#[test]
fn deferred_drops_from_many_threads() {
    let counter = Arc::new(AtomicUsize::new(0));
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let mut arena = SyncArena::new();
    on_threads(20, |_| {
        for _ in 0..100 {
            arena.alloc_deferred(Counted(counter.clone()));
            arena.alloc_deferred(3_u8);
        }
    });
    assert_eq!(counter.load(Ordering::Relaxed), 0);
    arena.reset();
    assert_eq!(counter.load(Ordering::Relaxed), 2000);
}

#[test]
fn deferred_drops_that_panic() {
    struct Panics(Arc<AtomicUsize>, &'static str);
    impl Drop for Panics {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
            assert!(self.1.is_empty(), "{}", self.1);
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let mut arena = SyncArena::new();
    for name in ["", "second", "", "first", ""] {
        arena.alloc_deferred(Panics(dropped.clone(), name));
    }
    let payload = catch_unwind(AssertUnwindSafe(|| arena.reset())).unwrap_err();
    assert_eq!(payload.downcast_ref::<String>().unwrap(), "first");
    assert_eq!(dropped.load(Ordering::Relaxed), 5);
    assert_eq!(arena.used(), 0);
    assert_eq!(arena.alloc_str("usable"), "usable");

    arena.alloc_deferred(Panics(dropped.clone(), "at the end"));
    let payload = catch_unwind(AssertUnwindSafe(|| drop(arena))).unwrap_err();
    assert_eq!(payload.downcast_ref::<String>().unwrap(), "at the end");
}

#[test]
fn deferred_value_handed_back_when_there_is_no_room() {
    let arena = SyncArena::builder().limit(8).build_sync();
    let rejected = arena.try_alloc_deferred(String::from("still here")).unwrap_err();
    assert_eq!(rejected.value, "still here");
    assert!(matches!(rejected.error, AllocError::Limit { .. }));
}
