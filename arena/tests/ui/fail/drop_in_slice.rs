use ratoon_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    arena.scope().alloc_slice_fill_with(3, |i| vec![i]);
}
