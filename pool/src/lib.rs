//! Object pool with thread-local caches in which every object is reset before it rests.

mod batch;
mod builder;
mod depot;
mod guard;
mod index;
mod inner;
mod leases;
mod pool;
mod slot;
mod slots;
mod stats;
mod sync;
mod trim;

pub use ratoon_reset::Reset;

pub use crate::builder::PoolBuilder;
pub use crate::guard::{Local, LocalPooled, Pooled, PooledArc};
pub use crate::pool::Pool;
pub use crate::stats::{Discarded, Stats};

/// What the derive names. Not public API.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}
