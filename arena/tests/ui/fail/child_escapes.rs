use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let child = scope.child(|child| child);
    child.alloc(1);
}
