//! What one field contributes to the methods of the impl.
//!
//! `place` is the name that the field is bound to: a `&mut` in `reset`, a `&` elsewhere. A part that is
//! `None` is left out, and the field is then not bound.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ExprPath, Ident, Type};

use crate::ast::{Bytes, Field, How};

impl<'a> Field<'a> {
    /// The type that is reset, and that a limit is put on: what is inside for `inner`.
    pub(crate) fn target(&self) -> &'a Type {
        match self.how {
            How::Inner { ty, .. } => ty,
            _ => self.ty,
        }
    }

    /// Where errors about the generated code for this field are shown: at its type.
    pub(crate) fn span(&self) -> Span {
        Span::mixed_site().located_at(self.ty.span())
    }

    /// The statement that makes the field at `place` (a `&mut`) fresh.
    pub(crate) fn reset(&self, place: &Ident, private: &TokenStream) -> Option<TokenStream> {
        let ty = self.ty;
        let target = self.target();
        let shrink = |place| self.shrink_above(place, private);
        let span = self.span();
        let statement = match &self.how {
            How::Skip(_) => return None,
            How::Reset => {
                let implemented = self.implemented(private);
                quote_spanned!(span=> #implemented::reset(#place);)
            }
            How::With(path) => with(path, place, span),
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
            How::Zeroize => quote_spanned!(span=> #private::zeroize_then_reset::<#ty>(#place);),
        };
        let shrink = shrink(place);
        Some(quote!(#statement #shrink))
    }

    /// The value that is assigned for `value` and `default`.
    pub(crate) fn fresh(&self, private: &TokenStream) -> TokenStream {
        let ty = self.ty;
        match &self.how {
            // In a closure of its own: a `return` in it would leave the fields that follow dirty.
            How::Value(value) => {
                quote_spanned!(self.span()=> #private::evaluate::<#ty>(|| #value))
            }
            _ => quote_spanned! {self.span()=>
                <#ty as #private::core::default::Default>::default()
            },
        }
    }

    /// The condition under which the field at `place` (a `&`) may be reused.
    pub(crate) fn reusable(&self, place: &Ident, private: &TokenStream) -> Option<TokenStream> {
        let span = self.span();
        let of = |place: &Ident| {
            let own = self
                .is_reset()
                .then(|| self.implemented(private))
                .map(|implemented| quote_spanned!(span=> #implemented::reusable(#place)));
            let limit = self.discard_above.as_ref().map(|limit| {
                let capacity = self.capacity(place, private);
                quote_spanned!(span=> #capacity <= #private::limit(|| #limit))
            });
            let conditions: Vec<_> = own.into_iter().chain(limit).collect();
            (!conditions.is_empty()).then(|| quote_spanned!(span=> #(#conditions)&&*))
        };
        let own = match self.how {
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
        };
        let path = self.reusable.as_ref().map(|path| quote_spanned!(span=> #path(#place)));
        let conditions: Vec<_> = own.into_iter().chain(path).collect();
        (!conditions.is_empty()).then(|| quote_spanned!(span=> #(#conditions)&&*))
    }

    /// The heap bytes that the field at `place` (a `&`) holds.
    pub(crate) fn retained_bytes(
        &self,
        place: &Ident,
        private: &TokenStream,
    ) -> Option<TokenStream> {
        let span = self.span();
        let target = self.target();
        match (&self.bytes, &self.how) {
            (Some(Bytes::Zero), _) => None,
            (Some(Bytes::Path(path)), _) => Some(quote_spanned!(span=> #path(#place))),
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
            (None, _) => self
                .is_reset()
                .then(|| self.implemented(private))
                .map(|implemented| quote_spanned!(span=> #implemented::retained_bytes(#place))),
        }
    }

    /// The capacity of the target at `place`. Beside `with` the type need not implement `Capacity`,
    /// which the orphan rule may forbid: its own method `capacity` serves as well.
    fn capacity(&self, place: &Ident, private: &TokenStream) -> TokenStream {
        let span = self.span();
        let target = self.target();
        match self.how {
            How::With(_) => quote_spanned!(span=> #private::Limited(&*#place).capacity()),
            _ => quote_spanned!(span=> <#target as #private::Capacity>::capacity(#place)),
        }
    }

    /// `HashMap` rounds what it is asked for, so it is asked only where it holds too much.
    fn shrink_above(&self, place: &Ident, private: &TokenStream) -> Option<TokenStream> {
        let max = self.max_capacity.as_ref()?;
        let span = self.span();
        let target = self.target();
        let capacity = self.capacity(place, private);
        let shrink = match self.how {
            How::With(_) => {
                quote_spanned!(span=> #private::LimitedMut(&mut *#place).shrink_to(__max))
            }
            _ => quote_spanned!(span=> <#target as #private::Capacity>::shrink_to(#place, __max)),
        };
        Some(quote_spanned! {span=>
            let __max = #private::limit(|| #max);
            if #capacity > __max {
                #shrink;
            }
        })
    }

    /// `<T as Reset>` of the target. For what is written `Arc<…>` or `Rc<…>` another trait says why that
    /// is missing.
    fn implemented(&self, private: &TokenStream) -> TokenStream {
        let span = self.span();
        let target = self.target();
        match self.how {
            How::Reset if is_shared(target) => {
                quote_spanned!(span=> <#target as #private::ResetShared>)
            }
            _ => quote_spanned!(span=> <#target as #private::Reset>),
        }
    }

    /// Whether the target implements `Reset`: only then can it be asked for more.
    fn is_reset(&self) -> bool {
        matches!(self.how, How::Reset | How::Inner { .. } | How::Zeroize)
    }
}

/// Whether `ty` is written `Arc<…>` or `Rc<…>`, with any path before it.
fn is_shared(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_shared(&group.elem),
        Type::Paren(paren) => is_shared(&paren.elem),
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.is_some_and(|segment| segment.ident == "Arc" || segment.ident == "Rc")
        }
        _ => false,
    }
}

fn inner(field: &Field<'_>) -> Ident {
    Ident::new("__inner", field.span())
}

/// The call that `with` asks for. A `Result` that it drops would be a reset that failed unnoticed, a
/// future one that never ran: both are errors, and shown at the path, where the call stands.
fn with(path: &ExprPath, place: &Ident, span: Span) -> TokenStream {
    let argument = quote_spanned!(span=> &mut *#place);
    quote_spanned!(path.span()=> #[deny(unused_must_use)] #path(#argument);)
}
