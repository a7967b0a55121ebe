//! `#[derive(Reset)]` for `ratoon-reset`.
#![forbid(unsafe_code)]

use proc_macro::TokenStream;

/// Derives `ratoon_reset::Reset`.
#[proc_macro_derive(Reset, attributes(reset))]
pub fn derive_reset(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
