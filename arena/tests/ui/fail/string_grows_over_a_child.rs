use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut text = scope.string(0);
    scope.child(|_child| text.push_str("would be taken at the child's end"));
}
