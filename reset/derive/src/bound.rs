//! The `where` clause of the impl.
//!
//! A bound is put on the type of a field that mentions a type parameter, not on the parameter:
//! `Vec<T>: Reset` holds for every `T`, so nothing is asked of `T`.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Type};

use crate::ast::{Data, Field, How, Input};

/// The user's own predicates, followed by the inferred ones or those of `bound = "…"`.
pub(crate) fn where_clause(input: &Input<'_>) -> TokenStream {
    let own = input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let mut predicates: Vec<_> = own.map(ToTokens::to_token_stream).collect();
    match &input.bound {
        Some(bound) => predicates.extend(bound.iter().map(ToTokens::to_token_stream)),
        None => predicates.extend(inferred(input)),
    }
    if predicates.is_empty() { TokenStream::new() } else { quote!(where #(#predicates,)*) }
}

fn inferred(input: &Input<'_>) -> Vec<TokenStream> {
    let fields = match &input.data {
        Data::Struct(fields) => fields,
        Data::Enum(data) => &data.fields,
        Data::Never => return Vec::new(),
    };
    let params: HashSet<_> = input.generics.type_params().map(|param| &param.ident).collect();
    let mut predicates = Vec::new();
    let mut seen = HashSet::new();
    for field in fields.iter().filter(|field| mentions(field.ty, &params)) {
        for predicate in needs(input, field) {
            if seen.insert(predicate.to_string()) {
                predicates.push(predicate);
            }
        }
    }
    predicates
}

/// What the generated code asks of the type of `field`.
fn needs(input: &Input<'_>, field: &Field<'_>) -> Vec<TokenStream> {
    let krate = &input.krate;
    let span = field.ty.span();
    let target = field.target();
    let bound = |ty: &Type, path: TokenStream| quote_spanned!(span=> #ty: #krate::__private::#path);
    let mut needs = match &field.how {
        How::Skip(_) | How::With(_) | How::Value(_) => Vec::new(),
        How::Reset | How::Inner { .. } => vec![bound(target, quote!(Reset))],
        How::Default => vec![bound(target, quote!(core::default::Default))],
        How::Zeroize => vec![bound(target, quote!(Reset)), bound(target, quote!(Zeroize))],
    };
    // With `with` the methods of the type itself serve too: nothing can be asked by a bound.
    let is_limited = field.max_capacity.is_some() || field.discard_above.is_some();
    if is_limited && !matches!(field.how, How::With(_)) {
        needs.push(bound(target, quote!(Capacity)));
    }
    needs
}

/// Whether `ty` mentions one of `params`, also inside a macro call.
fn mentions(ty: &Type, params: &HashSet<&Ident>) -> bool {
    fn any(tokens: TokenStream, params: &HashSet<&Ident>) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => params.contains(&ident),
            TokenTree::Group(group) => any(group.stream(), params),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    !params.is_empty() && any(ty.to_token_stream(), params)
}
