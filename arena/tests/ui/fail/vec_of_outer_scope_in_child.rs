use allocator_api2::vec::Vec;
use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut vec = Vec::new_in(&scope);
    vec.push(1);
    scope.child(|_child| vec.push(2));
}
