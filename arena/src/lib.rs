//! Under construction.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod allocator;
mod arena;
mod asan;
mod boxed;
mod builder;
mod building;
mod bump;
mod chunk;
mod copy;
mod deferred;
mod error;
mod region;
mod retention;
mod scope;
mod slice;
mod stats;
mod sync;
mod sync_arena;
mod text;
mod value;

pub use crate::arena::Arena;
pub use crate::boxed::ArenaBox;
pub use crate::builder::Builder;
pub use crate::error::{AllocError, Rejected};
pub use crate::scope::{Child, Scope};
pub use crate::stats::Stats;
pub use crate::sync_arena::SyncArena;
pub use ratoon_reset::Reset;

/// What `#[derive(Reset)]` names. Not public API: the derive of the same version is its only user.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}
