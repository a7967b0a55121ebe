//! A field that `with` resets has to say what it keeps: a pool could not bound it otherwise.

use ratoon_reset::Reset;

/// A map of another crate.
struct IndexMap;

impl IndexMap {
    fn clear(&mut self) {}
    fn is_free(&self) -> bool {
        true
    }
}

#[derive(Reset)]
struct Context {
    #[reset(with = IndexMap::clear)]
    map: IndexMap,
    #[reset(with = IndexMap::clear, reusable = IndexMap::is_free)]
    locked: IndexMap,
    #[reset(with = IndexMap::clear, max_capacity = 64)]
    limited: IndexMap,
    #[reset(with = IndexMap::clear, bytes = 1)]
    number: IndexMap,
}

fn main() {}
