//! `Reset` for the types of core, alloc and std, and behind features for those of other crates.

mod primitive;

#[cfg(feature = "alloc")]
mod collections;
