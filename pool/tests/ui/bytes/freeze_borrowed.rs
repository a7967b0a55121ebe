//! Bytes live as long as they like; a pool on the stack cannot promise that.
use ratoon_pool::Pool;

fn main() {
    let pool = Pool::<Vec<u8>>::new(Vec::new);
    let bytes = pool.get().freeze();
    drop(bytes);
}
