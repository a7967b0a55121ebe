//! What a derive expands to that found an error.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{DeriveInput, Error, Path};

use crate::lints;

/// The errors, and an impl that keeps "`X` does not implement `Reset`" from following them.
pub(crate) fn expand(node: &DeriveInput, krate: &Path, error: &Error) -> TokenStream {
    let errors = error.to_compile_error();
    let ident = &node.ident;
    let allow = lints::allow(&lints::relaxed(node));
    let (impl_generics, ty_generics, where_clause) = node.generics.split_for_impl();
    quote_spanned! {Span::mixed_site()=>
        #errors

        #[automatically_derived]
        #allow
        impl #impl_generics #krate::__private::Reset for #ident #ty_generics #where_clause {
            fn reset(&mut self) {}
        }
    }
}
