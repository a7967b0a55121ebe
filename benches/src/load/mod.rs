//! The load generator: a few connections on one thread, pipelining, every answer checked.
//!
//! It runs in a process of its own, so that neither its memory nor its allocator calls are taken for
//! the server's. It either keeps each connection busy (what the server can do at most), or sends at a
//! constant rate whatever the server does. In that case an answer's latency counts from when its
//! request was *due*, not from when a late client came round to sending it: what a server that
//! stalls does to all who wait is not left out (coordinated omission).

mod client;
mod connection;
mod hold;
mod order;
mod run;
mod tape;

pub use client::Client;
pub use hold::hold;
pub(crate) use order::histogram;
pub use order::{Order, Outcome, Pacing, Target, Until};
pub use tape::{Batch, Tape};
