//! A context per request, shared by worker threads: every request starts with a context that was reset, and the
//! number of contexts stays at the number of requests in flight.
//!
//! ```console
//! $ cargo run --example request_context
//! ```

use std::thread;

use ratoon_pool::{Pool, Reset};

const THREADS: u64 = 4;
const REQUESTS: u64 = 100_000;

#[derive(Default, Reset)]
struct Context {
    user: Option<u64>,
    path: String,
    /// Kept up to 64 KiB; a larger buffer shrinks on return.
    #[reset(max_capacity = 64 * 1024)]
    body: Vec<u8>,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

/// Handles a request and returns the length of its response.
fn handle(user: u64, path: &str) -> usize {
    let mut context = CONTEXTS.get();
    // Nothing of the previous request is left.
    assert_eq!((context.user, context.path.as_str(), context.body.len()), (None, "", 0));

    context.user = Some(user);
    context.path.push_str(path);
    let Context { user, path, body } = &mut *context;
    body.extend_from_slice(path.as_bytes());
    if user.is_some_and(|user| user % 1000 == 0) {
        body.resize(1 << 20, b'.'); // an outlier
    }
    body.len()
}

fn main() {
    thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                for n in 0..REQUESTS {
                    assert!(handle(thread * REQUESTS + n, "/account") >= 8);
                }
            });
        }
    });

    let stats = CONTEXTS.stats();
    assert!(stats.created <= THREADS, "one context per request in flight");
    println!("{} requests, {} contexts created", THREADS * REQUESTS, stats.created);
    println!("idle: {}", stats.idle());
}
