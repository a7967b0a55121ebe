//! Mutexes and reader-writer locks.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, RwLock};

use ratoon_reset::Reset;

use crate::{Probe, after_reset};

#[test]
fn a_poisoned_mutex_is_reset_and_no_longer_poisoned() {
    let mut mutex = Mutex::new(String::from("secret"));
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = mutex.lock();
        panic!("poison it");
    }));
    assert!(mutex.is_poisoned());
    assert!(mutex.retained_bytes() >= 6 && mutex.reusable(), "poison stops neither question");
    mutex.reset();
    assert!(!mutex.is_poisoned());
    assert_eq!(*mutex.lock().unwrap(), "");
}

#[test]
fn a_poisoned_rw_lock_is_reset_and_no_longer_poisoned() {
    let mut lock = RwLock::new(String::from("secret"));
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = lock.write();
        panic!("poison it");
    }));
    assert!(lock.is_poisoned());
    assert!(lock.retained_bytes() >= 6 && lock.reusable());
    lock.reset();
    assert!(!lock.is_poisoned());
    assert_eq!(*lock.read().unwrap(), "");
}

#[test]
fn a_reset_that_panics_leaves_the_poison() {
    struct Refuses;
    impl Reset for Refuses {
        fn reset(&mut self) {
            panic!("refused");
        }
    }
    let mut mutex = Mutex::new(Refuses);
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = mutex.lock();
        panic!("poison it");
    }));
    assert!(catch_unwind(AssertUnwindSafe(|| mutex.reset())).is_err());
    assert!(mutex.is_poisoned());
}

#[test]
fn locks_ask_what_is_inside() {
    assert!(!Mutex::new(Probe::SPOILT).reusable());
    assert!(!RwLock::new(Probe::SPOILT).reusable());
    assert_eq!(Mutex::new(Probe::holding(5)).retained_bytes(), 5);
    assert_eq!(RwLock::new(Probe::holding(5)).retained_bytes(), 5);
    assert!(after_reset(Mutex::new(Probe::default())).reusable());
    assert!(after_reset(RwLock::new(Probe::default())).reusable());
}

#[test]
fn a_leaked_guard_neither_stops_reset_nor_reaches_the_next_request() {
    let mut mutex = Mutex::new(7);
    core::mem::forget(mutex.lock());
    mutex.reset();
    assert_eq!(*mutex.get_mut().unwrap(), 0);
    assert!(!mutex.reusable(), "the next `lock` would block for ever");
    assert_eq!(mutex.retained_bytes(), 0);

    let mut lock = RwLock::new(7);
    core::mem::forget(lock.read());
    lock.reset();
    assert_eq!(*lock.get_mut().unwrap(), 0);
    assert!(!lock.reusable(), "the next `write` would block for ever");
    assert_eq!(lock.retained_bytes(), 0);
}
