use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    scope.child(|child| {
        child.alloc(1);
        scope.alloc(2);
    });
}
