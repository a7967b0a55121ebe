use ratoon_arena::Arena;

fn main() {
    let arena = Arena::new();
    arena.vec(0).push(String::from("this would leak"));
}
