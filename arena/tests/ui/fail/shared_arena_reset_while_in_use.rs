use ratoon_arena::SyncArena;

fn main() {
    let mut arena = SyncArena::new();
    std::thread::scope(|threads| {
        threads.spawn(|| arena.alloc(1));
        arena.reset();
    });
}
