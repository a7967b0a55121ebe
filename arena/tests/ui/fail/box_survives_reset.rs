use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let name = arena.alloc_box(String::from("name"));
    arena.reset();
    drop(name);
}
