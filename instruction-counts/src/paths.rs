//! The hot paths.

use std::hint::black_box;
use std::sync::Arc;

use httparse::{EMPTY_HEADER, Status};
use ratoon_arena::{Arena, SyncArena};
use ratoon_header_map::{HeaderMap, Parsed, Progress, header};
use ratoon_pool::Pool;

/// A path by its name in the record.
type Path = (&'static str, fn(u32));

pub(crate) const PATHS: &[Path] = &[
    ("pool: get and put", pool_get_put),
    ("pool: get and put through a Local", pool_local),
    ("pool: get and put through a PooledArc", pool_arc),
    ("pool: get and put of four at a time", pool_four),
    ("arena: alloc of a u64", arena_alloc),
    ("arena: alloc_str of 12 bytes", arena_alloc_str),
    ("arena: alloc_str of 100 bytes", arena_alloc_str_long),
    ("arena: reset after one alloc", arena_reset),
    ("arena: alloc of a u64, shared", sync_arena_alloc),
    ("header map: append of a known name", map_append),
    ("header map: append of a name as text", map_append_text),
    ("header map: get by known name", map_get_known),
    ("header map: get by text", map_get_text),
    ("header map: bulk ingest of 9 lines, clear", map_bulk),
    ("header map: parse of a browser head, clear", map_parse),
    ("header map: append of one line, clear", map_clear),
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

fn pool_arc(times: u32) {
    let pool = Arc::new(Pool::<Vec<u8>>::new(Vec::new));
    for _ in 0..times {
        black_box(&mut *pool.get_arc());
    }
}

fn pool_four(times: u32) {
    for _ in 0..times {
        drop(black_box([POOL.get(), POOL.get(), POOL.get(), POOL.get()]));
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
    alloc_texts(times, "content-type");
}

fn arena_alloc_str_long(times: u32) {
    alloc_texts(times, &"content-type".repeat(9)[..100]);
}

fn alloc_texts(times: u32, text: &str) {
    let mut arena = Arena::with_capacity(16 * 1024);
    for _ in 0..times / PER_REQUEST {
        let scope = arena.scope();
        for _ in 0..PER_REQUEST {
            black_box(scope.alloc_str(black_box(text)));
        }
        arena.reset();
    }
}

fn arena_reset(times: u32) {
    let mut arena = Arena::with_capacity(16 * 1024);
    for value in 0..times {
        black_box(arena.scope().alloc(value));
        arena.reset();
    }
}

fn sync_arena_alloc(times: u32) {
    let mut arena = SyncArena::with_capacity(16 * 1024);
    for _ in 0..times / PER_REQUEST {
        for value in 0..u64::from(PER_REQUEST) {
            black_box(arena.alloc(value));
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

fn map_append_text(times: u32) {
    let mut map = HeaderMap::with_capacity(PER_REQUEST as usize, 16 * 1024);
    for _ in 0..times / PER_REQUEST {
        for _ in 0..PER_REQUEST {
            map.append(black_box("x-request-id"), black_box("text/html"))
                .expect("within the limits");
        }
        black_box(&map);
        map.clear();
    }
}

const BLOCK: &[u8] = b"Host: www.example.com\r\n\
    User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n\
    Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
    Accept-Language: en-US,en;q=0.5\r\n\
    Accept-Encoding: gzip, deflate, br, zstd\r\n\
    Connection: keep-alive\r\n\
    Cookie: session=6f1a2b3c4d5e\r\n\
    X-Trace-Id: 00-4bf92f3577b34da6a3ce929d0e0e4736\r\n\
    Priority: u=0, i\r\n\r\n";

/// What a parser makes of the block.
fn parse<'l>(lines: &'l mut [httparse::Header<'static>; 16]) -> &'l [httparse::Header<'static>] {
    match httparse::parse_headers(BLOCK, lines) {
        Ok(Status::Complete((_, lines))) => lines,
        other => panic!("{other:?}"),
    }
}

fn browser_headers() -> HeaderMap {
    let mut map = HeaderMap::with_capacity(16, 1024);
    map.extend_from_httparse(BLOCK, parse(&mut [EMPTY_HEADER; 16])).expect("valid lines");
    map
}

fn map_get_known(times: u32) {
    let map = browser_headers();
    for _ in 0..times {
        black_box(map.get(black_box(header::COOKIE)));
    }
}

fn map_get_text(times: u32) {
    let map = browser_headers();
    for _ in 0..times {
        black_box(map.get(black_box("x-trace-id")));
    }
}

fn map_bulk(times: u32) {
    let mut map = HeaderMap::with_capacity(16, 1024);
    let mut lines = [EMPTY_HEADER; 16];
    let lines = parse(&mut lines);
    for _ in 0..times {
        map.extend_from_httparse(BLOCK, black_box(lines)).expect("valid lines");
        black_box(&map);
        map.clear();
    }
}

fn map_parse(times: u32) {
    let mut map = HeaderMap::with_capacity(16, 1024);
    let head = [b"GET /search?q=pool HTTP/1.1\r\n", BLOCK].concat();
    for _ in 0..times {
        let parsed = map.parse_request(black_box(&head), &mut Progress::new());
        assert!(matches!(black_box(parsed), Ok(Parsed::Complete { .. })), "a valid head");
        black_box(&map);
        map.clear();
    }
}

fn map_clear(times: u32) {
    let mut map = HeaderMap::with_capacity(16, 1024);
    for _ in 0..times {
        map.append(black_box(header::ACCEPT), black_box("text/html")).expect("within the limits");
        black_box(&map);
        map.clear();
    }
}
