use ratoon_arena::Arena;

fn main() {
    let arena = Arena::new();
    std::thread::scope(|threads| {
        threads.spawn(|| arena.alloc(1));
        threads.spawn(|| arena.alloc(2));
    });
}
