//! The crates together: a pooled request context that holds a header map and arenas.

use std::sync::Arc;

use ratoon_arena::{Arena, SyncArena};
use ratoon_header_map::HeaderMap;
use ratoon_pool::{Pool, Reset};

use super::probe::{Log, Probe};
use super::thread::spawn;

/// What a server keeps for the next request.
#[derive(Debug, Reset)]
struct Context {
    probe: Probe,
    headers: HeaderMap,
    scratch: Arena,
    shared: SyncArena,
}

type Factory = Box<dyn Fn() -> Context + Send + Sync>;

fn contexts(log: &Log) -> Arc<Pool<Context, Factory>> {
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
    fn serve(&mut self, user: u32) {
        self.assert_fresh();
        self.probe.claim(user);
        let name = user.to_string();
        self.headers.append("x-user", &*name).expect("within the limits");
        let scope = self.scratch.scope();
        let scratch = scope.alloc_str(&name);
        let shared = self.shared.alloc_str(&name);
        assert_eq!((&*scratch, &*shared), (&*name, &*name));
        let header = self.headers.get("x-user").expect("just appended");
        assert_eq!(header.as_bytes(), name.as_bytes());
        self.probe.assert_held(user);
    }
}

/// Contexts go from thread to thread through the pool and carry nothing over.
pub(crate) fn map_and_arena_handed_between_threads() {
    let log = Log::default();
    let pool = contexts(&log);
    let a = spawn({
        let pool = Arc::clone(&pool);
        move || {
            let (mut first, mut second) = (pool.get(), pool.get());
            first.serve(1);
            second.serve(2);
        }
    });
    pool.get().serve(3);
    pool.get().serve(4);
    a.join().unwrap();
    drop(pool);
    assert_eq!(log.dropped(), log.made());
}

/// Two threads share a pooled arena; the one that is last puts it back, and the next request finds it
/// empty, with all deferred drops done.
pub(crate) fn shared_arena_put_back_by_the_last() {
    let pool = Arc::new(Pool::<SyncArena>::builder(SyncArena::new).local_capacity(1).build());
    let deferred = Log::default();
    let arena = loom::sync::Arc::new(pool.get_arc());
    let a = spawn({
        let (arena, deferred) = (loom::sync::Arc::clone(&arena), deferred.clone());
        move || {
            arena.alloc_deferred(Probe::new(&deferred)).claim(1);
            drop(arena);
        }
    });
    arena.alloc_deferred(Probe::new(&deferred)).claim(2);
    arena.alloc_str("shared");
    drop(arena);
    assert_eq!(pool.get().used(), 0);
    a.join().unwrap();
    let next = pool.get();
    assert_eq!((next.used(), next.stats().oversized), (0, 0));
    assert_eq!((deferred.made(), deferred.dropped()), (2, 2));
}
