use ratoon_arena::Arena;

async fn fill(arena: &Arena) {
    arena.alloc(1);
    tokio::task::yield_now().await;
    arena.alloc(2);
}

fn main() {
    tokio::spawn(async {
        let arena = Arena::new();
        fill(&arena).await;
    });
}
