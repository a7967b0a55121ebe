//! What the arena promises, through its public API.

mod sync_arena;
