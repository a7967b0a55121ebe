//! Arenas in a pool, the per-request scratch of a server.

use ratoon_arena::{Arena, Reset};
use ratoon_pool::Pool;

static SCRATCH: Pool<Arena> = Pool::new(Arena::new);

fn handle(request: &str) -> String {
    let scratch = SCRATCH.get();
    let words = scratch.alloc_slice_fill_iter(request.split(' '));
    words.reverse();
    let answer = scratch.alloc_fmt(format_args!("{} words: {}", words.len(), words.join(" ")));
    answer.to_owned()
}

#[test]
fn scratch_of_a_request() {
    for _ in 0..100 {
        assert_eq!(handle("to be or not"), "4 words: not or be to");
    }
    let scratch = SCRATCH.get();
    assert_eq!(scratch.used(), 0, "reset before it rests");
    assert!(scratch.retained_bytes() > 0);
}

/// A user's type with an arena in it.
#[cfg(feature = "derive")]
#[derive(Reset)]
struct Context {
    scratch: Arena,
    user: u32,
}

#[cfg(feature = "derive")]
#[test]
fn arena_in_a_derived_reset() {
    let mut context = Context { scratch: Arena::new(), user: 7 };
    context.scratch.alloc_str("of this request");
    context.reset();
    assert_eq!((context.scratch.used(), context.user), (0, 0));
    assert_eq!(context.retained_bytes(), context.scratch.capacity());
}
