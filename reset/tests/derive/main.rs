//! `#[derive(Reset)]`, from the user's side.
#![cfg(all(feature = "derive", feature = "std"))]
// Types that exist to be derived for: not every field is read.
#![allow(dead_code, missing_docs, reason = "types that are only derived for")]

// What re-exports the trait has a `__private` as well; here `ratoon_reset` stands in for each.
extern crate ratoon_reset as ratoon_arena;
extern crate ratoon_reset as ratoon_header_map;
extern crate ratoon_reset as ratoon_pool;

mod attributes;
mod entry_points;
mod enums;
mod generics;
mod hygiene;
mod law;
mod limits;
mod macros;
mod outside;
mod parts;
mod shapes;
mod ui;
