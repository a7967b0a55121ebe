//! Programs too long for loom: several threads, each of which does what comes next at random, with all
//! that the API offers.

use std::sync::Arc;
use std::time::Duration;

use allocator_api2::vec::Vec as ArenaVec;
use ratoon_arena::SyncArena;
use ratoon_pool::__model::trim_at;
use ratoon_pool::{Local, Pool, PooledArc};
use shuttle::rand::{Rng, thread_rng};

use crate::checker::Mutex;
use crate::scenarios::pool::{self, Factory, MAIN, ProbePool, finish};
use crate::scenarios::probe::{Log, Probe};
use crate::scenarios::sync_arena::{Block, Shared, assert_disjoint};
use crate::scenarios::{Model, crowd, join, together};

/// Threads are twice as many.
const PAIRS: usize = 2;
const STEPS: usize = 16;

pub(crate) const ALL: &[Model] = &[
    ("programs::pool_used_in_every_way", pool_used_in_every_way),
    ("programs::arena_used_in_every_way", arena_used_in_every_way),
    ("programs::contexts_passed_around", contexts_passed_around),
];

/// Objects that are on their way from one thread to another.
type Mailbox<T> = Arc<Mutex<Vec<(u32, T)>>>;

/// Every way to take an object, to keep it, to pass it on and to give it back, and every way to make
/// the pool smaller, at once. No object is dirty or shared, and none is lost.
fn pool_used_in_every_way() {
    // The least for which an exchange with the depot moves several.
    const LOCAL: usize = 3;
    const SHARED: usize = 4;
    let log = Log::default();
    let pool = pool::pool(&log, LOCAL, SHARED);
    let mailbox = Mailbox::default();
    let threads = crowd(PAIRS, {
        let (pool, mailbox) = (Arc::clone(&pool), Arc::clone(&mailbox));
        move |name| {
            let mut user =
                User { name, pool: &pool, mailbox: &mailbox, held: Vec::new(), local: None };
            for _ in 0..STEPS {
                user.step();
            }
        }
    });
    for _ in 0..STEPS {
        let stats = pool.stats();
        assert!(stats.idle_in_depot <= SHARED, "{stats:?}");
    }
    join(threads);
    drop(mailbox);
    // Each thread and each `Local` keeps what a slot holds.
    assert!(pool.stats().idle() <= SHARED + 2 * (2 * PAIRS + 1) * LOCAL, "{:?}", pool.stats());
    finish(pool, &log);
}

/// A thread with a pool.
struct User<'a> {
    name: u32,
    pool: &'a Arc<ProbePool>,
    mailbox: &'a Mailbox<PooledArc<Probe, Factory>>,
    held: Vec<PooledArc<Probe, Factory>>,
    local: Option<Local<'a, Probe, Factory>>,
}

impl User<'_> {
    fn step(&mut self) {
        match thread_rng().gen_range(0..20) {
            0..5 => self.take(),
            5..8 => self.put(),
            8..10 => self.send(),
            10..12 => self.receive(),
            12 => trim_at(self.pool, Duration::from_secs(thread_rng().gen_range(0..60))),
            13 => self.pool.clear(),
            14 => self.pool.flush_local(),
            15 => self.pool.prefill(2),
            16 => self.lease(),
            17 => self.local = None,
            18 => self.part(),
            _ => ratoon_pool::__model::leave(),
        }
    }

    fn take(&mut self) {
        let object = self.pool.get_arc();
        object.claim(self.name);
        self.held.push(object);
    }

    /// One that is still this thread's.
    fn take_held(&mut self) -> Option<PooledArc<Probe, Factory>> {
        let object = self.held.pop()?;
        object.assert_held(self.name);
        Some(object)
    }

    fn put(&mut self) {
        drop(self.take_held());
    }

    fn send(&mut self) {
        if let Some(object) = self.take_held() {
            self.mailbox.lock().unwrap().push((self.name, object));
        }
    }

    fn receive(&mut self) {
        let mail = self.mailbox.lock().unwrap().pop();
        if let Some((sender, object)) = mail {
            object.assert_held(sender);
        }
    }

    fn lease(&mut self) {
        let local = self.local.get_or_insert_with(|| self.pool.local());
        let (first, second) = (local.get(), local.get());
        first.claim(self.name);
        second.claim(self.name);
        first.assert_held(self.name);
        second.discard();
    }

    fn part(&mut self) {
        if let Some(object) = self.take_held() {
            let object = object.detach();
            object.assert_held(self.name);
        }
    }
}

/// Every way to allocate, in two requests. No blocks overlap, none changes under its owner, all
/// deferred drops are done at the reset.
fn arena_used_in_every_way() {
    let log = Log::default();
    let mut shared = Arc::new(Shared::new(SyncArena::with_capacity(1024)));
    for _ in 0..2 {
        let threads = crowd(PAIRS, {
            let (shared, log) = (Arc::clone(&shared), log.clone());
            move |name| {
                let mut kept = Vec::new();
                for _ in 0..STEPS {
                    allocate(&shared, name, &log, &mut kept);
                }
                kept
            }
        });
        for _ in 0..STEPS / 4 {
            let stats = shared.arena.stats();
            assert!(stats.used <= stats.capacity, "{stats:?}");
        }
        assert_disjoint(join(threads).iter().flatten());
        let shared = Arc::get_mut(&mut shared).expect("the threads have ended");
        assert!(shared.arena.used() <= shared.arena.capacity());
        shared.arena.reset();
        assert_eq!((shared.arena.used(), log.dropped()), (0, log.made()));
    }
}

/// Does one thing with the arena; what stays allocated is kept.
fn allocate(shared: &Shared, name: u32, log: &Log, kept: &mut Vec<Block>) {
    let arena = &shared.arena;
    match thread_rng().gen_range(0..8) {
        0..2 => kept.push(shared.alloc(name.into())),
        2 => kept.push(shared.touch(arena.alloc_str("a text").as_bytes())),
        3 => {
            let text = arena.alloc_fmt(format_args!("{name}, and {}", "x".repeat(600)));
            kept.push(shared.touch(text.as_bytes()));
        }
        4 => {
            // Grows and is freed again, in between others.
            let mut numbers = ArenaVec::new_in(arena);
            for number in 0..thread_rng().gen_range(1..40_u64) {
                numbers.push(number);
            }
            shared.touch(&numbers);
            assert!(numbers.iter().copied().eq(0..numbers.len() as u64), "written by another");
        }
        5 => arena.alloc_deferred(Probe::new(log)).claim(name),
        6 => kept.push(shared.touch(arena.alloc_slice_fill_with(3000, |_| name as u8))),
        _ => kept.push(shared.touch(arena.alloc_slice_fill_with(20_000, |_| name as u8))),
    }
}

/// Contexts with a map and arenas in them, used for a while and passed on.
fn contexts_passed_around() {
    let log = Log::default();
    let pool = together::contexts(&log);
    let mailbox = Mailbox::default();
    let threads = crowd(PAIRS, {
        let (pool, mailbox) = (Arc::clone(&pool), Arc::clone(&mailbox));
        move |name| serve_some(&pool, &mailbox, name)
    });
    serve_some(&pool, &mailbox, MAIN);
    join(threads);
    drop((mailbox, pool));
    assert_eq!(log.dropped(), log.made());
}

fn serve_some(
    pool: &Arc<Pool<together::Context, together::Factory>>,
    mailbox: &Mailbox<PooledArc<together::Context, together::Factory>>,
    name: u32,
) {
    for request in 0..STEPS as u32 / 2 {
        let user = name * 1000 + request;
        let mut context = pool.get_arc();
        context.serve(user);
        match thread_rng().gen_range(0..4) {
            0 => mailbox.lock().unwrap().push((user, context)),
            1 => pool.trim(),
            2 => context.assert_served(user),
            _ => {
                let mail = mailbox.lock().unwrap().pop();
                if let Some((sender, context)) = mail {
                    context.assert_served(sender);
                }
            }
        }
    }
}
