//! Lints that the author of the type relaxed.
//!
//! The impl names fields and their types again, outside what an `allow` on the type or on a field
//! covers. It takes those over and relaxes nothing else: an `allow` of its own would not compile where
//! a crate forbids that lint.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Fields, Meta, Path, Token, parse_quote_spanned};

/// The lints of every `allow` and `expect` on the type, its variants and fields; `deprecated` where a
/// part of it is.
pub(crate) fn relaxed(node: &DeriveInput) -> Vec<Path> {
    let mut lints = Vec::new();
    for attr in attributes(node) {
        if attr.path().is_ident("deprecated") {
            lints.push(parse_quote_spanned!(Span::mixed_site()=> deprecated));
        } else if attr.path().is_ident("allow") || attr.path().is_ident("expect") {
            // What is not well formed is the compiler's to report.
            let listed = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            // `reason = "…"` is no lint.
            lints.extend(listed.into_iter().flatten().filter_map(|meta| match meta {
                Meta::Path(lint) => Some(lint),
                Meta::List(_) | Meta::NameValue(_) => None,
            }));
        }
    }
    lints
}

/// `#[allow(…)]` of `lints`; nothing where there are none.
pub(crate) fn allow(lints: &[Path]) -> Option<TokenStream> {
    (!lints.is_empty()).then(|| quote_spanned!(Span::mixed_site()=> #[allow(#(#lints),*)]))
}

/// All attributes of the type, its variants and fields.
fn attributes(node: &DeriveInput) -> impl Iterator<Item = &Attribute> {
    let (variants, fields): (Vec<_>, Vec<&Fields>) = match &node.data {
        Data::Struct(data) => (Vec::new(), vec![&data.fields]),
        Data::Enum(data) => {
            (data.variants.iter().collect(), data.variants.iter().map(|v| &v.fields).collect())
        }
        Data::Union(_) => (Vec::new(), Vec::new()),
    };
    let variants = variants.into_iter().flat_map(|variant| &variant.attrs);
    let fields = fields.into_iter().flatten().flat_map(|field| &field.attrs);
    node.attrs.iter().chain(variants).chain(fields)
}
