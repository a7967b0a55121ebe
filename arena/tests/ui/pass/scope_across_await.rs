use ratoon_arena::{Arena, Scope};

async fn fill(scope: &mut Scope<'_>) {
    scope.alloc(1);
    tokio::task::yield_now().await;
    scope.alloc(2);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let task = runtime.spawn(async {
        let mut arena = Arena::new();
        let value = arena.alloc(1);
        tokio::task::yield_now().await;
        *value += 1;
        fill(&mut arena.scope()).await;
    });
    runtime.block_on(task).unwrap();
}
