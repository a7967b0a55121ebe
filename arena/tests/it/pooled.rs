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

#[test]
fn deferred_drop_that_takes_an_arena_from_the_same_pool() {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    static POOL: Pool<Arena> = Pool::new(Arena::new);
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    struct Nested(usize);
    impl Drop for Nested {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, Relaxed);
            if self.0 > 0 {
                // The arena that is being reset is not there for others yet.
                let arena = POOL.get();
                assert_eq!(arena.used(), 0);
                arena.alloc_deferred(Nested(self.0 - 1));
            }
        }
    }
    POOL.get().alloc_deferred(Nested(3));
    assert_eq!(DROPPED.load(Relaxed), 4);
    assert_eq!(POOL.get().used(), 0);
}

#[test]
fn law_of_reset() {
    ratoon_reset::check::assert_reset_with(
        || Arena::builder().limit(10_000).build(),
        |arena| {
            arena.alloc_slice_fill_with(5000, |i| i as u8);
            arena.alloc_deferred(String::from("dropped"));
            let mut scope = arena.scope();
            scope.child(|child| child.alloc_slice_fill_with(3000, |i| i as u8).len());
            assert!(scope.try_alloc([0_u8; 20_000]).is_err());
        },
        // The figures tell what an arena has been through; everything else must not.
        |arena| (arena.used(), arena.limit()),
    );
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
