use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let outer: &str = scope.alloc_str("outer");
    let returned = scope.child(|child| {
        let inner: &str = child.alloc_str("outer");
        if inner == outer { outer } else { "" }
    });
    assert_eq!(returned, "outer");
}
