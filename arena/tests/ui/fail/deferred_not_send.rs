use std::rc::Rc;

use ratoon_arena::Arena;

fn main() {
    let arena = Arena::new();
    arena.alloc_deferred(Rc::new(1));
}
