//! The models. `models --list` names them, `models NAME` explores one and says how many executions
//! that took. Built by `cargo loom`, which gives both `--cfg ratoon_loom` and feature `loom`.
#![forbid(unsafe_code)]

#[cfg(all(ratoon_loom, feature = "loom"))]
mod explore;

#[cfg(all(ratoon_loom, feature = "loom"))]
fn main() {
    explore::main();
}

#[cfg(not(all(ratoon_loom, feature = "loom")))]
fn main() {
    panic!("without `--cfg ratoon_loom` there are no models here: run `cargo loom`");
}
