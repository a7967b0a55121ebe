use std::rc::Rc;

use ratoon_arena::SyncArena;

fn main() {
    let arena = SyncArena::new();
    arena.alloc_deferred(Rc::new(1));
}
