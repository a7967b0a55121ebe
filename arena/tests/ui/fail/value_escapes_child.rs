use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let escaped = scope.child(|child| child.alloc(1));
    *escaped = 2;
}
