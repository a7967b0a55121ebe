//! `#[derive(Reset)]`, from the user's side.
#![cfg(all(feature = "derive", feature = "std"))]
// Types that exist to be derived for: not every field is read.
#![allow(dead_code, missing_docs)]

mod attributes;
mod enums;
mod hygiene;
mod shapes;
mod ui;
