//! How a value becomes fresh again before it is reused.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod capacity;
mod impls;
mod reset;
mod zeroize;

pub mod check;
pub mod writing_by_hand;

pub use crate::capacity::Capacity;
pub use crate::reset::Reset;
#[cfg(feature = "derive")]
pub use ratoon_reset_derive::Reset;

/// What `#[derive(Reset)]` names. Not public API: the derive of the same version is its only user.
#[doc(hidden)]
pub mod __private {
    pub use crate::zeroize::{Zeroize, zeroize_then_reset};
    pub use crate::{Capacity, Reset};
    pub use core;
}
