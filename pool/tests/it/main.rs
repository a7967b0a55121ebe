//! Behaviour of the pool through its public API.

#[cfg(feature = "bytes")]
mod buffer;
mod capacities;
#[cfg(feature = "derive")]
mod contexts;
mod handover;
mod locals;
mod panics;
mod properties;
mod reentrancy;
mod reuse;
mod storm;
mod support;
#[cfg(feature = "bytes")]
mod text;
mod threads;
mod trimming;
mod try_get;
mod types;
mod ui;
