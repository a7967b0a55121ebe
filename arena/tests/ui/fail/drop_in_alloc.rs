use ratoon_arena::Arena;

fn main() {
    let arena = Arena::new();
    arena.alloc(String::from("this would leak"));
}
