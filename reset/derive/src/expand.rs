//! From the model to the impl.
//!
//! All generated names are resolved at the definition of this macro (`Span::mixed_site`): no local
//! variable of the impl can be seen by a user's expression, and none of the user's names can stand
//! in for one. A call for a field names the field's type with the user's own tokens, so that the
//! compiler's "does not implement `Reset`" underlines that type.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, Member};

use crate::ast::{Data, Enum, Field, How, Input};
use crate::{bound, lints};

/// The impl of `Reset`.
pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let krate = &input.krate;
    let private = quote_spanned!(Span::mixed_site()=> #krate::__private);
    let methods = match &input.data {
        Data::Struct(fields) => expand_struct(fields, &private),
        Data::Enum(data) => expand_enum(data, &private),
        Data::Never => reset_method(&quote_spanned!(Span::mixed_site()=> match *self {})),
    };
    let docs = docs(&input.data);
    let ident = input.ident;
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let where_clause = bound::where_clause(input);
    let allow = lints::allow(&input.relaxed);
    quote_spanned! {Span::mixed_site()=>
        #(#[doc = #docs])*
        #[automatically_derived]
        #allow
        impl #impl_generics #private::Reset for #ident #ty_generics #where_clause {
            #methods
        }
    }
}

/// What the law does not hold for, for the docs of the impl.
fn docs(data: &Data<'_>) -> Vec<String> {
    let Data::Struct(fields) = data else { return Vec::new() };
    let mut docs = Vec::new();
    for field in fields {
        let (what, reason) = match &field.how {
            How::Skip(reason) => ("kept", reason),
            How::Inner { reason, .. } => ("stays `Some`, its content is reset", reason),
            _ => continue,
        };
        if docs.is_empty() {
            docs.push(" Not made fresh by `reset`:".to_owned());
            docs.push(String::new());
        }
        let name = match &field.member {
            Member::Named(ident) => ident.to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        // On one line, or the list would end.
        let reason = reason.value().split_whitespace().collect::<Vec<_>>().join(" ");
        docs.push(format!(" * `{name}`: {what}. {reason}"));
    }
    docs
}

fn expand_struct(fields: &[Field<'_>], private: &TokenStream) -> TokenStream {
    let resets = each(fields, |field, place| field.reset(place, private));
    let taken_apart = destructuring(fields, &resets);
    let resets = resets.iter().flatten();
    let reset = reset_method(&quote_spanned!(Span::mixed_site()=> #taken_apart #(#resets)*));

    let conditions = each(fields, |field, place| field.reusable(place, private));
    let taken_apart = destructuring(fields, &conditions);
    let reusable = conjunction(&conditions).map(|conjunction| {
        quote_spanned! {Span::mixed_site()=>
            #[inline]
            fn reusable(&self) -> #private::core::primitive::bool {
                #taken_apart
                #conjunction
            }
        }
    });

    let bytes = each(fields, |field, place| field.retained_bytes(place, private));
    let taken_apart = destructuring(fields, &bytes);
    let retained_bytes = sum(&bytes).map(|sum| {
        let body = quote_spanned!(Span::mixed_site()=> #taken_apart #sum);
        retained_bytes_method(&body, private)
    });
    quote!(#reset #reusable #retained_bytes)
}

/// The fresh variant is assigned, also where it is the current one: what its fields need is `Default`
/// or an expression, and that is all that is asked of them.
fn expand_enum(data: &Enum<'_>, private: &TokenStream) -> TokenStream {
    let Enum { fresh, fields, others } = data;
    let members = fields.iter().map(|field| &field.member);
    let values = fields.iter().map(|field| field.fresh(private));
    let reset = reset_method(&quote_spanned! {Span::mixed_site()=>
        *self = Self::#fresh { #(#members: #values,)* };
    });

    let bytes = each(fields, |field, place| field.retained_bytes(place, private));
    let retained_bytes = sum(&bytes).map(|sum| {
        let pattern = pattern(fields, &bytes);
        let others = (!others.is_empty())
            .then(|| quote_spanned!(Span::mixed_site()=> #(Self::#others { .. })|* => 0,));
        let body = quote_spanned! {Span::mixed_site()=>
            match self {
                Self::#fresh #pattern => #sum,
                #others
            }
        };
        retained_bytes_method(&body, private)
    });
    quote!(#reset #retained_bytes)
}

fn reset_method(body: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        #[inline]
        fn reset(&mut self) {
            #body
        }
    }
}

fn retained_bytes_method(body: &TokenStream, private: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        #[inline]
        fn retained_bytes(&self) -> #private::core::primitive::usize {
            #body
        }
    }
}

/// All of `conditions`. `None` where there are none and the trait's default serves.
fn conjunction(conditions: &[Option<TokenStream>]) -> Option<TokenStream> {
    let conditions: Vec<_> = conditions.iter().flatten().collect();
    (!conditions.is_empty()).then(|| quote_spanned!(Span::mixed_site()=> #(#conditions)&&*))
}

/// The sum of `terms`; it saturates, since wrapping would make a giant look small. `None` where
/// there are none and the trait's default serves.
fn sum(terms: &[Option<TokenStream>]) -> Option<TokenStream> {
    let terms: Vec<_> = terms.iter().flatten().collect();
    match *terms {
        [] => None,
        [term] => Some(term.clone()),
        _ => Some(quote_spanned!(Span::mixed_site()=> 0usize #(.saturating_add(#terms))*)),
    }
}

/// What `part` makes of each field and the name that the field is bound to.
fn each<'a>(
    fields: &[Field<'a>],
    part: impl Fn(&Field<'a>, &Ident) -> Option<TokenStream>,
) -> Vec<Option<TokenStream>> {
    fields.iter().enumerate().map(|(index, field)| part(field, &binding(index, field))).collect()
}

fn destructuring(fields: &[Field<'_>], parts: &[Option<TokenStream>]) -> TokenStream {
    let pattern = pattern(fields, parts);
    quote_spanned!(Span::mixed_site()=> let Self #pattern = self;)
}

/// The braces of an exhaustive pattern, which binds the fields that have a part. Without `..`, and
/// with `0: …` for tuples.
fn pattern(fields: &[Field<'_>], parts: &[Option<TokenStream>]) -> TokenStream {
    let members = fields.iter().map(|field| &field.member);
    let bindings = fields.iter().zip(parts).enumerate().map(|(index, (field, part))| match part {
        Some(_) => binding(index, field).into_token_stream(),
        None => quote!(_),
    });
    quote_spanned!(Span::mixed_site()=> { #(#members: #bindings,)* })
}

/// A binding is named by position: a name made from the field's would have the field's case.
fn binding(index: usize, field: &Field<'_>) -> Ident {
    format_ident!("__field{index}", span = field.span())
}
