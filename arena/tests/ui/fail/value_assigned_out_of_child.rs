use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut escaped: &str = "";
    scope.child(|child| escaped = child.alloc_str("text"));
    println!("{escaped}");
}
