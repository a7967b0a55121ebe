//! tmp
use loom::sync::{Arc, atomic::{AtomicUsize, Ordering}};
use super::probe::Probe;
pub(crate) fn publication() {
    let log = super::probe::Log::default();
    let p = Arc::new((Probe::new(&log), AtomicUsize::new(0)));
    let q = p.clone();
    let t = loom::thread::spawn(move || { q.0.claim(1); q.1.store(1, Ordering::Release); });
    if p.1.load(Ordering::Acquire) == 1 { p.0.assert_held(1); }
    t.join().unwrap();
}
pub(crate) fn lock() {
    let log = super::probe::Log::default();
    let p = Arc::new(loom::sync::Mutex::new(Probe::new(&log)));
    let q = p.clone();
    let t = loom::thread::spawn(move || { let g = q.lock().unwrap(); g.claim(1); g.free(1); });
    { let g = p.lock().unwrap(); g.claim(2); g.free(2) }
    t.join().unwrap();
}
