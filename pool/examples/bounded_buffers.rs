//! Buffers with every bound set: per thread, shared, and in bytes per object; and a monitor that trims.
//!
//! ```console
//! $ cargo run --example bounded_buffers
//! ```

use std::thread;
use std::time::Duration;

use ratoon_pool::Pool;

static BUFFERS: Pool<Vec<u8>> = Pool::builder(Vec::new)
    .local_capacity(8) // per thread
    .shared_capacity(64) // for all threads
    .max_retained_bytes(256 * 1024) // per buffer; a larger one is dropped on return
    .trim_window(Duration::from_millis(100)) // what nobody needed for this long is freed by `trim`
    .build();

fn main() {
    // A burst: 200 buffers in use at once, one of them far too large to keep.
    let mut burst: Vec<_> = (0..200).map(|_| BUFFERS.get()).collect();
    for buffer in &mut burst {
        buffer.extend_from_slice(&[0; 4096]);
    }
    burst[0].resize(10 << 20, 0);
    drop(burst);

    let stats = BUFFERS.stats();
    println!("after the burst: created {}, idle {}", stats.created, stats.idle());
    println!("  too large: {}, no room: {}", stats.discarded.too_large, stats.discarded.no_room);
    assert_eq!(stats.discarded.too_large, 1);
    assert!(stats.idle() < 200, "the bounds hold");

    // A monitor calls `trim` as often as it likes: only time counts, so a working set is never freed.
    for _ in 0..30 {
        BUFFERS.trim();
        thread::sleep(Duration::from_millis(10));
    }
    let stats = BUFFERS.stats();
    println!("after 300 ms without load: idle in the depot {}", stats.idle_in_depot);
    assert_eq!(stats.idle_in_depot, 0);

    // What this thread still has in its own cache goes when the thread says so.
    BUFFERS.flush_local();
    BUFFERS.clear();
    assert_eq!(BUFFERS.stats().idle(), 0);
}
