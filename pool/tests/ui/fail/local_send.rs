//! A `Local` and its guards stay in their thread.
use ratoon_pool::Pool;

static POOL: Pool<String> = Pool::new(String::new);

fn main() {
    let local = POOL.local();
    std::thread::scope(|scope| {
        let guard = local.get();
        scope.spawn(move || drop(guard));
    });
    std::thread::spawn(move || drop(local));
}
