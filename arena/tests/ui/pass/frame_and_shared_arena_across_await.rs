use std::sync::Arc;

use ratoon_arena::{Arena, Scope, SyncArena};

async fn message<'a>(scope: &mut Scope<'a>) -> &'a [u8] {
    let mut frame = scope.frame(2);
    frame.put_u8(b'a');
    tokio::task::yield_now().await;
    frame.put_u8(b'b');
    frame.finish()
}

async fn part(arena: &SyncArena, i: usize) -> usize {
    let text = arena.alloc_fmt(format_args!("part {i}"));
    tokio::task::yield_now().await;
    arena.alloc_str(text).len()
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let own = runtime.spawn(async {
        let mut arena = Arena::new();
        assert_eq!(message(&mut arena.scope()).await, b"ab");
    });
    runtime.block_on(own).unwrap();

    let mut arena = Arc::new(SyncArena::new());
    let tasks: Vec<_> = (0..4)
        .map(|i| {
            let arena = Arc::clone(&arena);
            runtime.spawn(async move { part(&arena, i).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(runtime.block_on(task).unwrap(), 6);
    }
    Arc::get_mut(&mut arena).unwrap().reset();

    let mut scoped = SyncArena::new();
    std::thread::scope(|threads| {
        threads.spawn(|| scoped.alloc(1));
        threads.spawn(|| scoped.alloc_deferred(vec![2]));
    });
    scoped.reset();
}
