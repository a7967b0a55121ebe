use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let value = arena.scope().alloc(1);
    arena.reset();
    *value = 2;
}
