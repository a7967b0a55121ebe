use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut frame = scope.frame(8);
    scope.alloc(1);
    frame.put_u8(1);
}
