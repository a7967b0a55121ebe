//! Everything at once on several threads, which come and go, with objects that use their pool themselves.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ratoon_pool::{Pool, Pooled, Reset};

const THREADS: u64 = 4;
const GENERATIONS: u64 = 30;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Knows whether it is held, and takes other objects of its pool while it is reset or dropped.
struct Busy {
    holder: AtomicU64,
    secret: Vec<u64>,
}

static POOL: Pool<Busy> = Pool::builder(Busy::new)
    .local_capacity(4)
    .shared_capacity(8)
    .trim_window(Duration::ZERO)
    .build();
static OTHER: Pool<Busy> = Pool::builder(Busy::new).local_capacity(2).shared_capacity(2).build();

impl Busy {
    fn new() -> Self {
        from_inside();
        Self { holder: AtomicU64::new(0), secret: vec![42] }
    }

    fn hold(&mut self, who: u64) {
        assert_eq!(self.holder.swap(who, Ordering::Relaxed), 0, "two holders");
        assert!(self.secret.is_empty(), "dirty");
        self.secret.push(who);
    }

    fn let_go(&mut self, who: u64) {
        assert_eq!(self.holder.swap(0, Ordering::Relaxed), who, "two holders");
        assert_eq!(self.secret, [who]);
    }
}

fn from_inside() {
    if !INSIDE.replace(true) {
        for pool in [&POOL, &OTHER] {
            let mut held = [pool.get(), pool.get()];
            held.iter_mut().for_each(|object| object.hold(u64::MAX));
            held.iter_mut().for_each(|object| object.let_go(u64::MAX));
        }
        INSIDE.set(false);
    }
}

impl Reset for Busy {
    fn reset(&mut self) {
        assert_eq!(*self.holder.get_mut(), 0, "reset while somebody holds it");
        self.secret.clear();
        from_inside();
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        // Not while the thread's locals are destroyed.
        if INSIDE.try_with(Cell::get).is_ok() {
            from_inside();
        }
    }
}

/// Uses both pools when its thread's locals are destroyed.
struct AtExit(u64);

impl Drop for AtExit {
    fn drop(&mut self) {
        for pool in [&POOL, &OTHER] {
            let mut object = pool.get();
            object.hold(self.0);
            object.let_go(self.0);
        }
    }
}

thread_local! {
    static AT_EXIT: Cell<Option<AtExit>> = const { Cell::new(None) };
}

fn live(who: u64, next: &mpsc::Sender<(u64, Pooled<'static, Busy>)>) {
    let late = AtExit(who);
    if who % 2 == 0 {
        AT_EXIT.set(Some(late));
    } else {
        drop(POOL.get());
        AT_EXIT.set(Some(late));
    }
    for round in 0..40 {
        let local = POOL.local();
        let (mut mine, mut close) = (Vec::new(), Vec::new());
        for n in 0..(who + round) % 7 {
            let mut object = if n % 3 == 0 { OTHER.get() } else { POOL.get() };
            object.hold(who);
            mine.push(object);
            let mut object = local.get();
            object.hold(who);
            close.push(object);
        }
        close.iter_mut().for_each(|object| object.let_go(who));
        for (n, mut object) in mine.into_iter().enumerate() {
            if n % 2 == 0 {
                next.send((who, object)).expect("the receiver lives");
            } else {
                object.let_go(who);
            }
        }
        match round % 8 {
            0 => POOL.trim(),
            1 => POOL.flush_local(),
            2 => OTHER.clear(),
            3 => POOL.prefill(2),
            4 => drop(close),
            5 => drop(local_of(&OTHER, who)),
            _ => (),
        }
    }
}

fn local_of(pool: &'static Pool<Busy>, who: u64) -> impl Drop {
    let local = pool.local();
    let mut object = local.get();
    object.hold(who);
    object.let_go(who);
    drop(object);
    local
}

#[test]
fn objects_have_one_holder_and_are_clean_in_a_storm() {
    let (sender, receiver) = mpsc::channel::<(u64, Pooled<'static, Busy>)>();
    let receiving = thread::spawn(move || {
        for (who, mut object) in receiver {
            object.let_go(who);
        }
    });
    thread::scope(|scope| {
        for n in 0..THREADS {
            let sender = sender.clone();
            scope.spawn(move || {
                for generation in 0..GENERATIONS {
                    let (who, sender) = (1 + n + THREADS * generation, sender.clone());
                    thread::spawn(move || live(who, &sender)).join().expect("no assertion fails");
                }
            });
        }
    });
    drop(sender);
    receiving.join().expect("no assertion fails");
    for pool in [&POOL, &OTHER] {
        let stats = pool.stats();
        let gone = stats.detached + stats.discarded.total();
        assert_eq!(stats.created, stats.idle() as u64 + gone, "{stats:?}");
        assert!(stats.idle_in_depot <= 8, "{stats:?}");
        pool.trim();
        pool.clear();
        // All threads but this one have ended, and this one has objects again where a `Drop` took some.
        assert!(pool.stats().idle() <= 2 * 4, "{:?}", pool.stats());
    }
}
