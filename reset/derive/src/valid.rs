//! From what was written to the model: which items go together, and what cannot be derived at all.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, DeriveInput, Error, Fields, GenericArgument, Ident, LitStr, Member, Path,
    PathArguments, Token, Type, Variant,
};

use crate::ast::{Data, Enum, Field, How, Input};
use crate::attr::{self, ContainerAttrs, FieldAttrs, Given, VariantAttrs};
use crate::ctxt::Ctxt;
use crate::lints;

/// The model of `node`, or all that is wrong with it. With the errors comes the path of the crate,
/// which the stub impl needs.
pub(crate) fn model(node: &DeriveInput, mut krate: Path) -> Result<Input<'_>, (Path, Error)> {
    let mut ctxt = Ctxt::default();
    let attrs: ContainerAttrs = attr::parse(&node.attrs, &mut ctxt);
    if let Some(given) = attrs.krate {
        krate = given.value;
    }
    reject_packed(&node.attrs, &mut ctxt);
    let data = data(node, &mut ctxt);
    match ctxt.finish(data) {
        Ok(data) => Ok(Input {
            ident: &node.ident,
            generics: &node.generics,
            krate,
            relaxed: lints::relaxed(node),
            bound: attrs.bound.map(|given| given.value),
            data,
        }),
        Err(error) => Err((krate, error)),
    }
}

fn data<'a>(node: &'a DeriveInput, ctxt: &mut Ctxt) -> Data<'a> {
    match &node.data {
        syn::Data::Struct(data) => Data::Struct(struct_fields(&data.fields, ctxt)),
        syn::Data::Enum(data) => variants(&node.ident, &data.variants, ctxt),
        syn::Data::Union(data) => {
            let message = "`Reset` cannot be derived for a union: which field is live is not \
                           known; write `impl Reset` by hand";
            ctxt.error(data.union_token, message);
            Data::Never
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
            let attrs = attr::parse(&node.attrs, ctxt);
            field(member, &node.ty, attrs, ctxt)
        })
        .collect()
}

fn members(fields: &Fields) -> impl Iterator<Item = (Member, &syn::Field)> {
    fields.members().zip(fields)
}

/// A field of a struct. At most one key says how it becomes fresh.
fn field<'a>(member: Member, ty: &'a Type, attrs: FieldAttrs, ctxt: &mut Ctxt) -> Field<'a> {
    let FieldAttrs { skip, with, value, default, inner, zeroize, .. } = attrs;
    let ways = [
        skip.map(|Given { key, value }| (key, How::Skip(value))),
        with.map(|Given { key, value }| (key, How::With(value))),
        value.map(|Given { key, value }| (key, How::Value(value))),
        default.map(|Given { key, .. }| (key, How::Default)),
        inner.and_then(|Given { key, value }| Some((key, inner_way(ty, value, ctxt)?))),
        zeroize.map(|Given { key, .. }| (key, How::Zeroize)),
    ];
    let mut ways = ways.into_iter().flatten();
    let way = ways.next();
    if let Some((first, _)) = &way {
        for (other, _) in ways {
            conflict(first, &other, "a field becomes fresh in one way", ctxt);
        }
    }
    match &way {
        Some((key, How::Skip(_) | How::Value(_) | How::Default)) => {
            for limit in [&attrs.max_capacity, &attrs.discard_above].into_iter().flatten() {
                let why = "a limit needs a container that is cleared in place";
                conflict(key, &limit.key, why, ctxt);
            }
        }
        Some((key, How::With(_))) if attrs.bytes.is_none() => {
            let message = "`with` needs `bytes` beside it, because only you know how much memory \
                           the field keeps: write `bytes = path::to::function`, or `bytes = 0` if \
                           it keeps none. A field that a request can leave unusable, such as a \
                           lock, also needs `reusable = path::to::function`";
            ctxt.error(key, message);
        }
        _ => {}
    }
    Field {
        member,
        ty,
        how: way.map_or(How::Reset, |(_, how)| how),
        max_capacity: attrs.max_capacity.map(|given| given.value),
        discard_above: attrs.discard_above.map(|given| given.value),
        bytes: attrs.bytes.map(|given| given.value),
        reusable: attrs.reusable.map(|given| given.value),
    }
}

fn inner_way<'a>(ty: &'a Type, reason: LitStr, ctxt: &mut Ctxt) -> Option<How<'a>> {
    let Some(ty) = option_argument(ty) else {
        let message = "`inner` is for a field whose type is written `Option<…>`: remove `inner`, or \
                       spell the type out";
        ctxt.error(ty, message);
        return None;
    };
    Some(How::Inner { reason, ty })
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
) -> Data<'a> {
    let mut fresh: Option<(Ident, Enum<'a>)> = None;
    let mut others = Vec::new();
    for variant in variants {
        let VariantAttrs { to } = attr::parse(&variant.attrs, ctxt);
        match (to, &fresh) {
            (None, _) => {
                others.push(&variant.ident);
                reject_keys(&variant.fields, ctxt);
            }
            (Some(to), None) => {
                let fields = fresh_fields(&variant.fields, ctxt);
                fresh = Some((to.key, Enum { fresh: &variant.ident, fields, others: Vec::new() }));
            }
            (Some(to), Some((first, _))) => {
                for to in [first, &to.key] {
                    ctxt.error(to, "two variants are marked `to`: only one can be the fresh one");
                }
            }
        }
    }
    if fresh.is_none() && !variants.is_empty() {
        let message = format!(
            "no variant of `{ident}` is marked as the fresh one: write `#[reset(to)]` on the \
             variant that a reset value has"
        );
        ctxt.error(ident, message);
    }
    fresh.map_or(Data::Never, |(_, data)| Data::Enum(Enum { others, ..data }))
}

/// The fields of the fresh variant: it is made anew, so each needs a value and none can be kept.
fn fresh_fields<'a>(fields: &'a Fields, ctxt: &mut Ctxt) -> Vec<Field<'a>> {
    members(fields)
        .map(|(member, node)| {
            let mut unusable: FieldAttrs = attr::parse(&node.attrs, ctxt);
            let attrs = FieldAttrs {
                value: unusable.value.take(),
                default: unusable.default.take(),
                bytes: unusable.bytes.take(),
                ..FieldAttrs::default()
            };
            for key in unusable.keys() {
                let message = format!(
                    "`{key}` has nothing to work on in an enum, whose fresh variant is made anew: \
                     write `value = expression`, or nothing for `Default`"
                );
                ctxt.error(key, message);
            }
            let field = field(member, &node.ty, attrs, ctxt);
            match field.how {
                How::Reset => Field { how: How::Default, ..field },
                _ => field,
            }
        })
        .collect()
}

/// Fields of the other variants are dropped, whatever they hold.
fn reject_keys(fields: &Fields, ctxt: &mut Ctxt) {
    for node in fields {
        let attrs: FieldAttrs = attr::parse(&node.attrs, ctxt);
        for key in attrs.keys() {
            let message = format!(
                "`{key}` has no effect: reset drops this variant and assigns the one marked `to`; \
                 remove it"
            );
            ctxt.push(Error::new(key.span(), message));
        }
    }
}
