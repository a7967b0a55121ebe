//! The hot paths.

use std::hint::black_box;

use ratoon_arena::Arena;
use ratoon_header_map::{HeaderMap, header};
use ratoon_pool::Pool;

/// A path by its name in the record.
type Path = (&'static str, fn(u32));

pub(crate) const PATHS: &[Path] = &[
    ("pool: get and put", pool_get_put),
    ("pool: get and put through a Local", pool_local),
    ("arena: alloc of a u64", arena_alloc),
    ("arena: alloc_str of 12 bytes", arena_alloc_str),
    ("header map: append of a known name", map_append),
    ("header map: get by known name", map_get_known),
    ("header map: get by string", map_get_string),
];

/// Runs a path so many times; for the counter, which starts this program anew.
pub(crate) fn run(name: &str, times: &str) -> Result<(), String> {
    let times = times.parse().map_err(|_| format!("{times} is no number"))?;
    let path = PATHS.iter().find(|path| path.0 == name);
    let (_, path) = path.ok_or_else(|| format!("no path is called {name:?}"))?;
    path(times);
    Ok(())
}

static POOL: Pool<Vec<u8>> = Pool::new(Vec::new);

fn pool_get_put(times: u32) {
    for _ in 0..times {
        black_box(&mut *POOL.get());
    }
}

fn pool_local(times: u32) {
    let local = POOL.local();
    for _ in 0..times {
        black_box(&mut *local.get());
    }
}

/// So many allocations share the cost of a reset.
const PER_REQUEST: u32 = 100;

fn arena_alloc(times: u32) {
    let mut arena = Arena::with_capacity(16 * 1024);
    for _ in 0..times / PER_REQUEST {
        let scope = arena.scope();
        for value in 0..u64::from(PER_REQUEST) {
            black_box(scope.alloc(value));
        }
        arena.reset();
    }
}

fn arena_alloc_str(times: u32) {
    let mut arena = Arena::with_capacity(16 * 1024);
    for _ in 0..times / PER_REQUEST {
        let scope = arena.scope();
        for _ in 0..PER_REQUEST {
            black_box(scope.alloc_str(black_box("content-type")));
        }
        arena.reset();
    }
}

fn map_append(times: u32) {
    let mut map = HeaderMap::with_capacity(PER_REQUEST as usize, 16 * 1024);
    for _ in 0..times / PER_REQUEST {
        for _ in 0..PER_REQUEST {
            map.append(black_box(header::ACCEPT), black_box("text/html"))
                .expect("within the limits");
        }
        black_box(&map);
        map.clear();
    }
}

fn browser_headers() -> HeaderMap {
    let mut map = HeaderMap::with_capacity(16, 1024);
    for name in ["host", "user-agent", "accept", "accept-encoding", "cookie", "x-trace-id"] {
        map.append(name, "value").expect("a valid header");
    }
    map
}

fn map_get_known(times: u32) {
    let map = browser_headers();
    for _ in 0..times {
        black_box(map.get(black_box(header::COOKIE)));
    }
}

fn map_get_string(times: u32) {
    let map = browser_headers();
    for _ in 0..times {
        black_box(map.get(black_box("x-trace-id")));
    }
}
