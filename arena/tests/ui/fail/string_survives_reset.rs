use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let text = {
        let scope = arena.scope();
        scope.string(0).into_str()
    };
    arena.reset();
    text.make_ascii_uppercase();
}
