//! Object pool with thread-local caches in which every object is reset before it rests.

mod batch;
mod builder;
mod depot;
mod drop_each;
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

// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForPool as Reset;

pub use crate::builder::PoolBuilder;
pub use crate::guard::{Local, LocalPooled, Pooled, PooledArc};
pub use crate::pool::Pool;
pub use crate::stats::{Discarded, Stats};

/// What the derive names. Not public API.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}

sync::model_only! {
    /// What models need beyond the public API. Not public API.
    #[doc(hidden)]
    pub mod __model {
        /// Ends the calling thread as far as pools can see.
        pub fn leave() {
            crate::index::leave();
        }
    }
}
