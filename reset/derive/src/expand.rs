//! From the model to the impl.
//!
//! All generated names are resolved at the definition of this macro (`Span::mixed_site`): no local
//! variable of the impl can be seen by a user's expression, and none of the user's names can stand
//! in for one. A call for a field names the field's type with the user's own tokens, so that the
//! compiler's "does not implement `Reset`" underlines that type.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Type};

use crate::ast::{Data, Enum, Field, How, Input};
use crate::bound;

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
    // The impl names the fields and their types again, outside what an `allow` on the type covers.
    quote_spanned! {Span::mixed_site()=>
        #(#[doc = #docs])*
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications)]
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
            syn::Member::Named(ident) => ident.to_string(),
            syn::Member::Unnamed(index) => index.index.to_string(),
        };
        docs.push(format!(" * `{name}`: {what}. {}", reason.value().trim()));
    }
    docs
}

fn expand_struct(fields: &[Field<'_>], private: &TokenStream) -> TokenStream {
    let resets: Vec<_> = each(fields, |field, place| field.reset(place, private));
    let conditions: Vec<_> = each(fields, |field, place| field.reusable(place, private));
    let bytes: Vec<_> = each(fields, |field, place| field.retained_bytes(place, private));

    let pattern = pattern(fields, &resets);
    let resets = resets.iter().flatten();
    let reset = reset_method(&quote_spanned! {Span::mixed_site()=>
        let Self #pattern = self;
        #(#resets)*
    });
    let reusable = reusable_method(fields, &conditions, private);
    let retained_bytes = sum(&bytes).map(|sum| {
        let pattern = self::pattern(fields, &bytes);
        let body = quote_spanned! {Span::mixed_site()=>
            let Self #pattern = self;
            #sum
        };
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

    let bytes: Vec<_> = each(fields, |field, place| field.retained_bytes(place, private));
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

fn reusable_method(
    fields: &[Field<'_>],
    conditions: &[Option<TokenStream>],
    private: &TokenStream,
) -> Option<TokenStream> {
    let pattern = pattern(fields, conditions);
    let conditions: Vec<_> = conditions.iter().flatten().collect();
    (!conditions.is_empty()).then(|| {
        quote_spanned! {Span::mixed_site()=>
            #[inline]
            fn reusable(&self) -> #private::core::primitive::bool {
                let Self #pattern = self;
                #(#conditions)&&*
            }
        }
    })
}

fn retained_bytes_method(body: &TokenStream, private: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        #[inline]
        fn retained_bytes(&self) -> #private::core::primitive::usize {
            #body
        }
    }
}

/// The sum of the terms; it saturates, since wrapping would make a giant look small. `None` where
/// there are no terms and the trait's default serves.
fn sum(terms: &[Option<TokenStream>]) -> Option<TokenStream> {
    let terms: Vec<_> = terms.iter().flatten().collect();
    match *terms {
        [] => None,
        [term] => Some(term.clone()),
        _ => Some(quote_spanned!(Span::mixed_site()=> 0usize #(.saturating_add(#terms))*)),
    }
}

fn each<'a>(
    fields: &[Field<'a>],
    part: impl Fn(&Field<'a>, &Ident) -> Option<TokenStream>,
) -> Vec<Option<TokenStream>> {
    fields.iter().enumerate().map(|(index, field)| part(field, &binding(index, field))).collect()
}

/// The braces of an exhaustive pattern, which binds the fields that have a part. Without `..`, and
/// with `Self { 0: … }` for tuples.
fn pattern(fields: &[Field<'_>], parts: &[Option<TokenStream>]) -> TokenStream {
    let members = fields.iter().map(|field| &field.member);
    let bindings = fields.iter().zip(parts).enumerate().map(|(index, (field, part))| match part {
        Some(_) => {
            let binding = binding(index, field);
            quote!(#binding)
        }
        None => quote!(_),
    });
    quote_spanned!(Span::mixed_site()=> { #(#members: #bindings,)* })
}

/// A binding is named by position: a name made from the field's would have the field's case.
fn binding(index: usize, field: &Field<'_>) -> Ident {
    format_ident!("__field{index}", span = field.span())
}

impl<'a> Field<'a> {
    /// The type that is reset, and that a limit is put on: what is inside for `inner`.
    pub(crate) fn target(&self) -> &'a Type {
        match self.how {
            How::Inner { ty, .. } => ty,
            _ => self.ty,
        }
    }

    /// Where errors about the generated code for this field are shown: at its type.
    fn span(&self) -> Span {
        Span::mixed_site().located_at(self.ty.span())
    }

    /// The statement that makes the field at `place` (a `&mut`) fresh.
    fn reset(&self, place: &Ident, private: &TokenStream) -> Option<TokenStream> {
        let ty = self.ty;
        let target = self.target();
        let shrink = |place: &Ident| {
            self.max_capacity.as_ref().map(|max| shrink(target, place, max, private))
        };
        let span = self.span();
        let statement = match &self.how {
            How::Skip(_) => return None,
            How::Reset => quote_spanned!(span=> <#ty as #private::Reset>::reset(#place);),
            How::With(path) => quote_spanned!(span=> #path(&mut *#place);),
            How::Value(_) | How::Default => {
                let value = self.fresh(private);
                quote_spanned!(span=> *#place = #value;)
            }
            How::Inner { .. } => {
                let inner = inner(self);
                let shrink = shrink(&inner);
                return Some(quote_spanned! {span=>
                    if let #private::core::option::Option::Some(#inner) = #place {
                        <#target as #private::Reset>::reset(#inner);
                        #shrink
                    }
                });
            }
            How::Zeroize(key) => {
                // Underlines the key where the feature is off.
                let function = Ident::new("zeroize_then_reset", span.located_at(*key));
                quote_spanned!(span=> #private::#function::<#ty>(#place);)
            }
        };
        let shrink = shrink(place);
        Some(quote!(#statement #shrink))
    }

    /// The value that is assigned for `value` and `default`.
    fn fresh(&self, private: &TokenStream) -> TokenStream {
        let ty = self.ty;
        match &self.how {
            How::Value(value) => quote!(#value),
            _ => quote_spanned! {self.span()=>
                <#ty as #private::core::default::Default>::default()
            },
        }
    }

    /// The condition under which the field at `place` (a `&`) may be reused.
    fn reusable(&self, place: &Ident, private: &TokenStream) -> Option<TokenStream> {
        let span = self.span();
        let target = self.target();
        let of = |place: &Ident| {
            let own = self
                .is_reset()
                .then(|| quote_spanned!(span=> <#target as #private::Reset>::reusable(#place)));
            let limit = self.discard_above.as_ref().map(|limit| {
                quote_spanned! {span=>
                    <#target as #private::Capacity>::capacity(#place) <= (#limit)
                }
            });
            let conditions: Vec<_> = own.into_iter().chain(limit).collect();
            (!conditions.is_empty()).then(|| quote_spanned!(span=> #(#conditions)&&*))
        };
        match self.how {
            How::Inner { .. } => {
                let inner = inner(self);
                let condition = of(&inner);
                // In parentheses: a statement may start with it, and would end after the `match`.
                Some(quote_spanned! {span=>
                    (match #place {
                        #private::core::option::Option::Some(#inner) => #condition,
                        #private::core::option::Option::None => true,
                    })
                })
            }
            _ => of(place),
        }
    }

    /// The heap bytes that the field at `place` (a `&`) holds.
    fn retained_bytes(&self, place: &Ident, private: &TokenStream) -> Option<TokenStream> {
        let span = self.span();
        let target = self.target();
        match (&self.bytes, &self.how) {
            (Some(path), _) => Some(quote_spanned!(span=> #path(#place))),
            (None, How::Inner { .. }) => {
                let inner = inner(self);
                Some(quote_spanned! {span=>
                    match #place {
                        #private::core::option::Option::Some(#inner) => {
                            <#target as #private::Reset>::retained_bytes(#inner)
                        }
                        #private::core::option::Option::None => 0,
                    }
                })
            }
            (None, _) => self.is_reset().then(
                || quote_spanned!(span=> <#target as #private::Reset>::retained_bytes(#place)),
            ),
        }
    }

    /// Whether the target implements `Reset`: only then can it be asked for more.
    fn is_reset(&self) -> bool {
        matches!(self.how, How::Reset | How::Inner { .. } | How::Zeroize(_))
    }
}

fn inner(field: &Field<'_>) -> Ident {
    Ident::new("__inner", field.span())
}

/// `HashMap` rounds what it is asked for, so it is asked only where it holds too much.
fn shrink(ty: &Type, place: &Ident, max: &Expr, private: &TokenStream) -> TokenStream {
    quote_spanned! {place.span()=>
        let __max: #private::core::primitive::usize = #max;
        if <#ty as #private::Capacity>::capacity(#place) > __max {
            <#ty as #private::Capacity>::shrink_to(#place, __max);
        }
    }
}
