//! `clear_all` needs the pool to itself.
use ratoon_pool::Pool;

fn main() {
    let mut pool = Pool::<String>::new(String::new);
    let local = pool.local();
    pool.clear_all();
    drop(local);
}
