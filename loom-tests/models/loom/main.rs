//! The models under loom, which explores every interleaving and every value that a load may see.
//!
//! `--list` names them, `NAME` explores one and says how many executions that took. Built by `cargo
//! loom`, which gives both `--cfg ratoon_loom` and feature `loom`.
#![forbid(unsafe_code)]

#[cfg(all(ratoon_loom, feature = "loom"))]
mod checker;
#[cfg(all(ratoon_loom, feature = "loom"))]
#[path = "../scenarios/mod.rs"]
mod scenarios;

#[cfg(all(ratoon_loom, feature = "loom"))]
fn main() {
    scenarios::main(scenarios::ALL);
}

#[cfg(not(all(ratoon_loom, feature = "loom")))]
fn main() {
    panic!("without `--cfg ratoon_loom` there are no models here: run `cargo loom`");
}
