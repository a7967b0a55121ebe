//! Behaviour of the pool through its public API.

mod reuse;
mod support;
