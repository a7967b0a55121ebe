//! From what was written to the model: which items go together, and what cannot be derived at all.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, DeriveInput, Error, Fields, GenericArgument, Ident, Member, Path, PathArguments,
    Token, Type, Variant,
};

use crate::ast::{Data, Enum, Field, How, Input};
use crate::attr::{self, Item, Kind, Place};
use crate::ctxt::Ctxt;
use crate::lints;

/// The model of `node`, or all that is wrong with it. With the errors comes the path of the crate,
/// which the stub impl needs.
pub(crate) fn model(node: &DeriveInput, mut krate: Path) -> Result<Input<'_>, (Path, Error)> {
    let mut ctxt = Ctxt::default();
    let mut bound = None;
    for item in attr::parse(&node.attrs, Place::Container, &mut ctxt) {
        match item.kind {
            Kind::Crate(path) => krate = path,
            Kind::Bound(predicates) => bound = Some(predicates),
            _ => unreachable!("the parser lets no other key stand here"),
        }
    }
    reject_packed(&node.attrs, &mut ctxt);
    let data = data(node, &mut ctxt);
    match ctxt.finish(data) {
        Ok(Some(data)) => Ok(Input {
            ident: &node.ident,
            generics: &node.generics,
            krate,
            relaxed: lints::relaxed(node),
            bound,
            data,
        }),
        Ok(None) => unreachable!("what has no model has an error"),
        Err(error) => Err((krate, error)),
    }
}

fn data<'a>(node: &'a DeriveInput, ctxt: &mut Ctxt) -> Option<Data<'a>> {
    match &node.data {
        syn::Data::Struct(data) => Some(Data::Struct(struct_fields(&data.fields, ctxt))),
        syn::Data::Enum(data) if data.variants.is_empty() => Some(Data::Never),
        syn::Data::Enum(data) => variants(&node.ident, &data.variants, ctxt).map(Data::Enum),
        syn::Data::Union(data) => {
            let message = "`Reset` cannot be derived for a union: which field is live is not \
                           known; write `impl Reset` by hand";
            ctxt.error(data.union_token, message);
            None
        }
    }
}

/// A reference to a field of a packed struct may be unaligned, and reset needs one.
fn reject_packed(attrs: &[Attribute], ctxt: &mut Ctxt) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        // What is not well formed is the compiler's to report.
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("packed") {
                let message = "`Reset` cannot be derived for a packed struct: references to its \
                               fields may be unaligned; remove `packed`, or write `impl Reset` by \
                               hand";
                ctxt.error(&meta.path, message);
            }
            // The number in `packed(2)`, `align(8)`.
            if meta.input.peek(syn::token::Paren) {
                let number;
                syn::parenthesized!(number in meta.input);
                number.parse::<proc_macro2::TokenStream>()?;
            }
            Ok(())
        });
    }
}

fn struct_fields<'a>(fields: &'a Fields, ctxt: &mut Ctxt) -> Vec<Field<'a>> {
    members(fields)
        .map(|(member, node)| {
            let items = attr::parse(&node.attrs, Place::Field, ctxt);
            field(member, &node.ty, items, ctxt)
        })
        .collect()
}

fn members(fields: &Fields) -> impl Iterator<Item = (Member, &syn::Field)> {
    fields.members().zip(fields)
}

/// A field of a struct. At most one item says how it becomes fresh.
fn field<'a>(member: Member, ty: &'a Type, items: Vec<Item>, ctxt: &mut Ctxt) -> Field<'a> {
    let mut field =
        Field { member, ty, how: How::Reset, max_capacity: None, discard_above: None, bytes: None };
    let mut how: Option<Ident> = None;
    let mut limits = Vec::new();
    for Item { key, kind } in items {
        let found = match kind {
            Kind::MaxCapacity(limit) => {
                field.max_capacity = Some(limit);
                limits.push(key);
                continue;
            }
            Kind::DiscardAbove(limit) => {
                field.discard_above = Some(limit);
                limits.push(key);
                continue;
            }
            Kind::Bytes(path) => {
                field.bytes = Some(path);
                continue;
            }
            Kind::Skip(reason) => How::Skip(reason),
            Kind::With(path) => How::With(path),
            Kind::Value(value) => How::Value(value),
            Kind::Default => How::Default,
            Kind::Zeroize => How::Zeroize,
            Kind::Inner(reason) => match option_argument(ty) {
                Some(ty) => How::Inner { reason, ty },
                None => {
                    let message = "`inner` is for a field whose type is written `Option<…>`: \
                                   remove `inner`, or spell the type out";
                    ctxt.error(ty, message);
                    continue;
                }
            },
            Kind::To | Kind::Bound(_) | Kind::Crate(_) => {
                unreachable!("the parser lets no such key stand here")
            }
        };
        match &how {
            Some(first) => conflict(first, &key, "a field becomes fresh in one way", ctxt),
            None => {
                field.how = found;
                how = Some(key);
            }
        }
    }
    if let (How::Skip(_) | How::Value(_) | How::Default, Some(how)) = (&field.how, &how) {
        for limit in &limits {
            conflict(how, limit, "a limit needs a container that is cleared in place", ctxt);
        }
    }
    field
}

/// Reports two items that exclude each other, at both.
fn conflict(first: &Ident, second: &Ident, why: &str, ctxt: &mut Ctxt) {
    for (at, other) in [(first, second), (second, first)] {
        ctxt.error(at, format_args!("`{at}` and `{other}` exclude each other: {why}; remove one"));
    }
}

/// `T` where `ty` is written `Option<T>`, with any path before it.
fn option_argument(ty: &Type) -> Option<&Type> {
    match ty {
        // What a macro passed on as `$t:ty`.
        Type::Group(group) => option_argument(&group.elem),
        Type::Paren(paren) => option_argument(&paren.elem),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            match arguments.args.first() {
                Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The fresh variant, and that there is exactly one.
fn variants<'a>(
    ident: &Ident,
    variants: &'a Punctuated<Variant, Token![,]>,
    ctxt: &mut Ctxt,
) -> Option<Enum<'a>> {
    let mut fresh: Option<(Item, Enum<'a>)> = None;
    let mut others = Vec::new();
    for variant in variants {
        let to = attr::parse(&variant.attrs, Place::Variant, ctxt).pop();
        match (to, &fresh) {
            (None, _) => {
                others.push(&variant.ident);
                reject_items(&variant.fields, ctxt);
            }
            (Some(to), None) => {
                let fields = fresh_fields(&variant.fields, ctxt);
                fresh = Some((to, Enum { fresh: &variant.ident, fields, others: Vec::new() }));
            }
            (Some(to), Some((first, _))) => {
                for to in [&first.key, &to.key] {
                    ctxt.error(to, "two variants are marked `to`: only one can be the fresh one");
                }
            }
        }
    }
    if fresh.is_none() {
        let message = format!(
            "no variant of `{ident}` is marked as the fresh one: write `#[reset(to)]` on the \
             variant that a reset value has"
        );
        ctxt.error(ident, message);
    }
    fresh.map(|(_, data)| Enum { others, ..data })
}

/// The fields of the fresh variant: it is made anew, so each needs a value and none can be kept.
fn fresh_fields<'a>(fields: &'a Fields, ctxt: &mut Ctxt) -> Vec<Field<'a>> {
    members(fields)
        .map(|(member, node)| {
            let mut items = attr::parse(&node.attrs, Place::Field, ctxt);
            items.retain(|Item { key, kind }| {
                let usable = matches!(kind, Kind::Value(_) | Kind::Default | Kind::Bytes(_));
                if !usable {
                    let message = format!(
                        "`{key}` has nothing to work on in an enum, whose fresh variant is made \
                         anew: write `value = expression`, or nothing for `Default`"
                    );
                    ctxt.error(key, message);
                }
                usable
            });
            let field = field(member, &node.ty, items, ctxt);
            match field.how {
                How::Reset => Field { how: How::Default, ..field },
                _ => field,
            }
        })
        .collect()
}

/// Fields of the other variants are dropped, whatever they hold.
fn reject_items(fields: &Fields, ctxt: &mut Ctxt) {
    for node in fields {
        for Item { key, .. } in attr::parse(&node.attrs, Place::Field, ctxt) {
            let message = format!(
                "`{key}` has no effect: reset drops this variant and assigns the one marked `to`; \
                 remove it"
            );
            ctxt.push(Error::new(key.span(), message));
        }
    }
}
