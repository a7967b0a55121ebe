//! `#[derive(Reset)]` for `ratoon-reset`.
#![forbid(unsafe_code)]

mod ast;
mod attr;
mod bound;
mod ctxt;
mod expand;
mod fallback;
#[cfg(test)]
mod golden;
mod valid;

use proc_macro::TokenStream;
use syn::{DeriveInput, Path, parse_macro_input, parse_quote};

/// Derives `ratoon_reset::Reset`.
#[proc_macro_derive(Reset, attributes(reset))]
pub fn derive_reset(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), parse_quote!(::ratoon_reset)).into()
}

/// [`Reset`](derive@Reset) for those who have it from `ratoon_pool`.
#[proc_macro_derive(ResetForPool, attributes(reset))]
pub fn derive_reset_for_pool(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), parse_quote!(::ratoon_pool)).into()
}

/// [`Reset`](derive@Reset) for those who have it from `ratoon_arena`.
#[proc_macro_derive(ResetForArena, attributes(reset))]
pub fn derive_reset_for_arena(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), parse_quote!(::ratoon_arena)).into()
}

/// [`Reset`](derive@Reset) for those who have it from `ratoon_header_map`.
#[proc_macro_derive(ResetForHeaderMap, attributes(reset))]
pub fn derive_reset_for_header_map(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), parse_quote!(::ratoon_header_map)).into()
}

fn derive(node: &DeriveInput, krate: Path) -> proc_macro2::TokenStream {
    match valid::model(node, krate) {
        Ok(input) => expand::expand(&input),
        Err((krate, error)) => fallback::expand(node, &krate, &error),
    }
}
