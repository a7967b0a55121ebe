//! Bytes are dropped on any thread; a `Local` stays on its own.
use ratoon_pool::Pool;

static BUFFERS: Pool<Vec<u8>> = Pool::new(Vec::new);

fn main() {
    let local = BUFFERS.local();
    let bytes = local.get().freeze();
    drop(bytes);
}
