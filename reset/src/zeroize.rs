//! What `#[reset(zeroize)]` calls: overwrite, then reset; and the trait that it asks of a generic
//! field.

#[cfg(feature = "zeroize")]
pub use enabled::{Zeroize, zeroize_then_reset};

#[cfg(not(feature = "zeroize"))]
pub use disabled::{FeatureZeroize as Zeroize, zeroize_then_reset};

#[cfg(feature = "zeroize")]
mod enabled {
    pub use zeroize::Zeroize;

    use crate::Reset;

    /// Overwrites the value's bytes, then resets it. A `String` or `Vec` overwrites its whole
    /// capacity; what it had left behind when it grew is out of reach.
    #[inline]
    pub fn zeroize_then_reset<T: ?Sized + Zeroize + Reset>(value: &mut T) {
        value.zeroize();
        value.reset();
    }
}

#[cfg(not(feature = "zeroize"))]
mod disabled {
    /// Implemented by nothing: it turns a missing feature into an error that says so.
    #[diagnostic::on_unimplemented(
        message = "`#[reset(zeroize)]` needs the feature `zeroize` of `ratoon-reset`",
        label = "this field cannot be overwritten without it",
        note = "enable it in Cargo.toml: `ratoon-reset = {{ version = \"…\", features = [\"zeroize\"] }}`"
    )]
    pub trait FeatureZeroize {
        /// Overwrites, then resets.
        fn zeroize_then_reset(&mut self);
    }

    /// Does not build for any type: the feature `zeroize` is off.
    #[inline]
    pub fn zeroize_then_reset<T: ?Sized + FeatureZeroize>(value: &mut T) {
        value.zeroize_then_reset();
    }
}
