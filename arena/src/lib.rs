//! Under construction.
pub use ratoon_reset::Reset;
