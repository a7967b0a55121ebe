//! The crates together: a pooled request context that holds a header map and arenas.

use std::sync::Arc;

use ratoon_arena::{Arena, SyncArena};
use ratoon_header_map::HeaderMap;
use ratoon_pool::{Pool, PooledArc, Reset};

use super::probe::{Log, Probe};
use super::{crowd, crowd_with, join, rounds};
use crate::checker::{CROWD, CheckedArc, Mutex};

/// What a server keeps for the next request.
#[derive(Debug, Reset)]
pub(crate) struct Context {
    probe: Probe,
    headers: HeaderMap,
    scratch: Arena,
    shared: SyncArena,
}

pub(crate) type Factory = Box<dyn Fn() -> Context + Send + Sync>;

pub(crate) fn contexts(log: &Log) -> Arc<Pool<Context, Factory>> {
    let log = log.clone();
    let factory: Factory = Box::new(move || Context {
        probe: Probe::new(&log),
        headers: HeaderMap::new(),
        scratch: Arena::new(),
        shared: SyncArena::new(),
    });
    Arc::new(Pool::builder_with(factory).local_capacity(1).shared_capacity(1).build())
}

impl Context {
    /// Nothing of an earlier request shows.
    #[track_caller]
    fn assert_fresh(&self) {
        assert_eq!((self.headers.len(), self.headers.byte_len()), (0, 0), "{:?}", self.headers);
        assert!(self.headers.get("x-user").is_none());
        assert!(self.headers.iter().next().is_none());
        assert_eq!((self.scratch.used(), self.shared.used()), (0, 0));
    }

    /// A request of `user`: leaves traces everywhere.
    pub(crate) fn serve(&mut self, user: u32) {
        self.assert_fresh();
        self.probe.claim(user);
        let name = user.to_string();
        self.headers.append("x-user", &*name).expect("within the limits");
        let scope = self.scratch.scope();
        let scratch = scope.alloc_str(&name);
        let shared = self.shared.alloc_str(&name);
        assert_eq!((&*scratch, &*shared), (&*name, &*name));
        self.assert_served(user);
    }

    /// The traces are still those of `user`.
    #[track_caller]
    pub(crate) fn assert_served(&self, user: u32) {
        self.probe.assert_held(user);
        let header = self.headers.get_one("x-user").ok().flatten().expect("appended once");
        assert_eq!(header.as_bytes(), user.to_string().as_bytes());
        assert!(self.scratch.used() > 0 && self.shared.used() > 0);
    }
}

/// Contexts go from thread to thread through the pool and carry nothing over.
pub(super) fn map_and_arena_handed_between_threads() {
    let log = Log::default();
    let pool = contexts(&log);
    let others = crowd(1, {
        let pool = Arc::clone(&pool);
        move |user| {
            rounds(|| {
                let (mut first, mut second) = (pool.get(), pool.get());
                first.serve(user);
                second.serve(100 + user);
            });
        }
    });
    rounds(|| pool.get().serve(1000));
    pool.get().serve(2000);
    join(others);
    drop(pool);
    assert_eq!(log.dropped(), log.made());
}

/// A request begins on one thread and ends on another, which puts the context back.
pub(super) fn context_put_back_by_another_thread() {
    type Mail = (u32, PooledArc<Context, Factory>);
    let log = Log::default();
    let pool = contexts(&log);
    let mailbox = Arc::new(Mutex::new(Vec::<Mail>::new()));
    let others = crowd(1, {
        let (pool, mailbox) = (Arc::clone(&pool), Arc::clone(&mailbox));
        move |user| {
            rounds(|| {
                let mut context = pool.get_arc();
                context.serve(user);
                mailbox.lock().unwrap().push((user, context));
                pool.get().serve(100 + user);
            });
        }
    });
    rounds(|| {
        let received = mailbox.lock().unwrap().pop();
        if let Some((user, context)) = received {
            context.assert_served(user);
        }
        pool.get().serve(1000);
    });
    join(others);
    drop((mailbox, pool));
    assert_eq!(log.dropped(), log.made());
}

/// Two threads share a pooled arena; the one that is last puts it back, and the next request finds it
/// empty, with all deferred drops done.
pub(super) fn shared_arena_put_back_by_the_last() {
    let pool = Arc::new(Pool::<SyncArena>::builder(SyncArena::new).local_capacity(1).build());
    let deferred = Log::default();
    let arena = CheckedArc::new(pool.get_arc());
    let handles: Vec<_> = (1..).zip((0..CROWD).map(|_| CheckedArc::clone(&arena))).collect();
    let others = crowd_with(handles, {
        let deferred = deferred.clone();
        move |(owner, arena)| {
            arena.alloc_deferred(Probe::new(&deferred)).claim(owner);
            drop(arena);
        }
    });
    arena.alloc_deferred(Probe::new(&deferred)).claim(1000);
    arena.alloc_str("shared");
    drop(arena);
    assert_eq!(pool.get().used(), 0);
    join(others);
    let next = pool.get();
    assert_eq!((next.used(), next.stats().oversized), (0, 0));
    assert_eq!((deferred.made(), deferred.dropped()), (CROWD + 1, CROWD + 1));
}
