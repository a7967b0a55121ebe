use ratoon_arena::{Arena, Scope};

fn main() {
    let (mut arena, mut other) = (Arena::new(), Arena::new());
    let (mut scope, mut outer): (Scope<'_>, Scope<'_>) = (arena.scope(), other.scope());
    scope.child(|mut child| {
        std::mem::swap(&mut *child, &mut outer);
    });
}
