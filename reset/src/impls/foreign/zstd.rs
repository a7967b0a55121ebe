//! `zstd`: its contexts, which are expensive to create.
//!
//! `bulk::Compressor` and `bulk::Decompressor` have no impl: they lend their context, which knows its size, through
//! `&mut self` only, and a size that is not counted may be many MiB.

use zstd::zstd_safe::{CCtx, DCtx, ResetDirective};

use crate::Reset;

macro_rules! reset_session {
    ($($context:ident)*) => {$(
        /// Abandons a frame in progress. Parameters and the loaded dictionary are configuration and stay.
        ///
        /// `retained_bytes` is the size that zstd reports. It depends on the parameters and on the largest input,
        /// up to many MiB.
        // Errors list the same types whichever features are on.
        #[diagnostic::do_not_recommend]
        impl Reset for $context<'_> {
            #[inline]
            fn reset(&mut self) {
                let result = $context::reset(self, ResetDirective::SessionOnly);
                // zstd refuses only to reset parameters.
                debug_assert!(result.is_ok());
            }

            #[inline]
            fn retained_bytes(&self) -> usize {
                self.sizeof()
            }
        }
    )*};
}

reset_session! { CCtx DCtx }
