use std::mem::ManuallyDrop;

use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    arena.alloc_box(String::from("dropped with the box"));
    arena.alloc_deferred(String::from("dropped at reset"));
    arena.alloc(ManuallyDrop::new(String::from("leaked knowingly")));
    arena.alloc_deferred(7);
    arena.reset();
}
