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
mod frame;
mod memory;
mod region;
mod retention;
mod scope;
mod slice;
mod stats;
mod string;
mod sync;
mod sync_arena;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod vec;

pub use crate::arena::Arena;
pub use crate::boxed::ArenaBox;
pub use crate::builder::Builder;
pub use crate::error::{AllocError, Rejected};
pub use crate::frame::{Frame, Slot};
pub use crate::scope::{Child, Scope};
pub use crate::stats::Stats;
pub use crate::string::ArenaString;
pub use crate::sync_arena::SyncArena;
pub use crate::vec::ArenaVec;
// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForArena as Reset;

/// What `#[derive(Reset)]` names. Not public API: the derive of the same version is its only user.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}
