//! A handler that fans out: several tasks of one request allocate in one `SyncArena`.
//!
//! The arena is pooled. Tasks share it through an `Arc`, keep what they allocate across `.await`, and
//! the last one to finish resets it and puts it back.

use std::sync::Arc;
use std::time::Duration;

use ratoon_arena::SyncArena;
use ratoon_pool::Pool;

static SCRATCH: Pool<SyncArena> = Pool::new(SyncArena::new);

const SHARDS: usize = 4;

/// Asks one shard; its answer is assembled in the request's scratch.
async fn ask(scratch: &SyncArena, shard: usize, key: &str) -> usize {
    let query: &str = scratch.alloc_fmt(format_args!("get {key} from shard {shard}"));
    tokio::time::sleep(Duration::from_micros(100)).await;
    let answer: &str = scratch.alloc_concat(&[query, ": found"]);
    assert_eq!(answer, format!("get {key} from shard {shard}: found"));
    answer.len()
}

async fn handle(request: usize) -> usize {
    let scratch = Arc::new(SCRATCH.get());
    let shards = (0..SHARDS).map(|shard| {
        let scratch = Arc::clone(&scratch);
        tokio::spawn(async move {
            let key: &str = scratch.alloc_fmt(format_args!("key-{request}"));
            ask(&scratch, shard, key).await
        })
    });
    let shards: Vec<_> = shards.collect();
    let mut bytes = 0;
    for shard in shards {
        bytes += shard.await.expect("no shard panics");
    }
    bytes
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    for request in 0..200 {
        let each = format!("get key-{request} from shard 0: found").len();
        assert_eq!(handle(request).await, SHARDS * each);
    }
    let stats = SCRATCH.stats();
    println!("200 requests of {SHARDS} tasks: {stats:?}");
    assert!(stats.created <= 3, "one request at a time needs one arena per thread: {stats:?}");
}
