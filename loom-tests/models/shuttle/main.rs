//! The models under shuttle, which tries schedules at random: the scenarios at larger sizes, and
//! programs too long for loom.
//!
//! `--list` names them, `NAME` tries one and says how many executions that were, `NAME SCHEDULE`
//! repeats the one that a failure printed. Built by `cargo loom`, which gives both `--cfg
//! ratoon_shuttle` and feature `shuttle`.
#![forbid(unsafe_code)]

#[cfg(all(ratoon_shuttle, feature = "shuttle"))]
mod checker;
#[cfg(all(ratoon_shuttle, feature = "shuttle"))]
mod programs;
#[cfg(all(ratoon_shuttle, feature = "shuttle"))]
#[path = "../scenarios/mod.rs"]
mod scenarios;

#[cfg(all(ratoon_shuttle, feature = "shuttle"))]
fn main() {
    scenarios::main(&[scenarios::ALL, programs::ALL].concat());
}

#[cfg(not(all(ratoon_shuttle, feature = "shuttle")))]
fn main() {
    panic!("without `--cfg ratoon_shuttle` there are no models here: run `cargo loom`");
}
