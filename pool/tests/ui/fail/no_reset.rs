//! What cannot be reset cannot be pooled.
use ratoon_pool::Pool;

struct Context {
    user: u64,
}

static POOL: Pool<Context> = Pool::new(|| Context { user: 0 });

fn main() {}
