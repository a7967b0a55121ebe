//! `#[reset(…)]` as it was written: one [`Item`] for each `key` or `key = value`.
//!
//! Here an item is checked for itself: known, in its place, well formed, given once. Which items go
//! together is decided in [`valid`](crate::valid).

use std::fmt;

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::{Attribute, Error, Expr, ExprPath, Ident, LitStr, Meta, Path, Token, WherePredicate};

use crate::ctxt::Ctxt;

/// One `key` or `key = value`.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) kind: Kind,
}

/// What an item says.
pub(crate) enum Kind {
    Skip(LitStr),
    With(ExprPath),
    Value(Box<Expr>),
    Default,
    MaxCapacity(Expr),
    DiscardAbove(Expr),
    Inner(LitStr),
    Zeroize,
    Bytes(ExprPath),
    To,
    Bound(Vec<WherePredicate>),
    Crate(Path),
}

/// Where an attribute stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Container,
    Variant,
    Field,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Container => "the struct or enum itself",
            Self::Variant => "an enum variant",
            Self::Field => "a field",
        })
    }
}

/// A key, where it belongs, and how it is written.
struct Key {
    name: &'static str,
    place: Place,
    usage: &'static str,
}

const KEYS: [Key; 12] = [
    Key { name: "skip", place: Place::Field, usage: "skip = \"why the value may be kept\"" },
    Key { name: "with", place: Place::Field, usage: "with = path::to::function" },
    Key { name: "value", place: Place::Field, usage: "value = expression" },
    Key { name: "default", place: Place::Field, usage: "default" },
    Key { name: "max_capacity", place: Place::Field, usage: "max_capacity = N" },
    Key { name: "discard_above", place: Place::Field, usage: "discard_above = N" },
    Key { name: "inner", place: Place::Field, usage: "inner = \"why presence may be kept\"" },
    Key { name: "zeroize", place: Place::Field, usage: "zeroize" },
    Key { name: "bytes", place: Place::Field, usage: "bytes = path::to::function" },
    Key { name: "to", place: Place::Variant, usage: "to" },
    Key { name: "bound", place: Place::Container, usage: "bound = \"T: Trait\"" },
    Key { name: "crate", place: Place::Container, usage: "crate = path" },
];

/// The items of all `#[reset(…)]` among `attrs`. Other attributes are not ours.
pub(crate) fn parse(attrs: &[Attribute], place: Place, ctxt: &mut Ctxt) -> Vec<Item> {
    let mut items = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("reset")) {
        let Meta::List(list) = &attr.meta else {
            ctxt.error(attr, format_args!("expected `#[reset(…)]`: {}", known(place)));
            continue;
        };
        if list.tokens.is_empty() {
            ctxt.error(attr, format_args!("nothing is asked for here: {}", known(place)));
            continue;
        }
        let parsed = attr.parse_args_with(|input: ParseStream<'_>| {
            parse_list(input, place, &mut items, ctxt);
            Ok(())
        });
        if let Err(error) = parsed {
            ctxt.push(error);
        }
    }
    items
}

/// Consumes the whole input. A malformed item is reported and left out; the next one is read.
fn parse_list(input: ParseStream<'_>, place: Place, items: &mut Vec<Item>, ctxt: &mut Ctxt) {
    while !input.is_empty() {
        match parse_item(input, place, ctxt) {
            Ok(item) if items.iter().any(|earlier| earlier.key == item.key) => {
                let key = &item.key;
                ctxt.error(key, format_args!("`{key}` is given twice: remove one"));
            }
            Ok(item) => items.push(item),
            Err(error) => {
                ctxt.push(error);
                skip_to_comma(input);
            }
        }
        let _ = input.parse::<Option<Token![,]>>();
    }
}

fn parse_item(input: ParseStream<'_>, place: Place, ctxt: &mut Ctxt) -> syn::Result<Item> {
    let key = input.call(Ident::parse_any).map_err(|error| {
        Error::new(error.span(), format_args!("expected a key: {}", known(place)))
    })?;
    let Some(known_key) = KEYS.iter().find(|known| key == known.name) else {
        return Err(Error::new(key.span(), format_args!("unknown key `{key}`: {}", known(place))));
    };
    if known_key.place != place {
        let wanted = known_key.place;
        let message = format!("`{key}` belongs on {wanted}, not on {place}");
        return Err(Error::new(key.span(), message));
    }
    let usage = known_key.usage;
    let kind = match known_key.name {
        "skip" => Kind::Skip(reason(input, &key, usage)?),
        "with" => Kind::With(value(input, &key, usage, function)?),
        "value" => Kind::Value(Box::new(value(input, &key, usage, <Expr as Parse>::parse)?)),
        "max_capacity" => Kind::MaxCapacity(value(input, &key, usage, <Expr as Parse>::parse)?),
        "discard_above" => Kind::DiscardAbove(value(input, &key, usage, <Expr as Parse>::parse)?),
        "inner" => Kind::Inner(reason(input, &key, usage)?),
        "bytes" => Kind::Bytes(value(input, &key, usage, function)?),
        "bound" => Kind::Bound(value(input, &key, usage, predicates)?),
        "crate" => Kind::Crate(value(input, &key, usage, crate_path)?),
        "default" => Kind::Default,
        "zeroize" => Kind::Zeroize,
        "to" => Kind::To,
        name => unreachable!("`{name}` is in the table of keys and not read"),
    };
    if !(input.is_empty() || input.peek(Token![,])) {
        // The item is read all the same, so that a malformed `to` is not also a missing one.
        ctxt.push(unexpected(input, &key, usage));
        skip_to_comma(input);
    }
    Ok(Item { key, kind })
}

/// Reads `= value` after `key`.
fn value<T>(
    input: ParseStream<'_>,
    key: &Ident,
    usage: &str,
    parse: fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    if !input.peek(Token![=]) {
        let message = format!("`{key}` needs a value: write `{usage}`");
        return Err(Error::new(key.span(), message));
    }
    let equals = input.parse::<Token![=]>()?;
    if input.is_empty() || input.peek(Token![,]) {
        let message = format!("nothing follows the `=`: write `{usage}`");
        return Err(Error::new_spanned(equals, message));
    }
    parse(input).map_err(|error| Error::new(error.span(), format_args!("{error}: write `{usage}`")))
}

/// What stands where a comma or the end should be.
fn unexpected(input: ParseStream<'_>, key: &Ident, usage: &str) -> Error {
    let is_flag = key == usage;
    if is_flag && (input.peek(Token![=]) || input.peek(Paren)) {
        input.error(format_args!("`{key}` takes no value: write `{key}` alone"))
    } else {
        input.error(format_args!("expected a comma after `{usage}`"))
    }
}

/// Reads `= "reason"`: the docs of the impl show it, so it has to say something.
fn reason(input: ParseStream<'_>, key: &Ident, usage: &str) -> syn::Result<LitStr> {
    let reason: LitStr = value(input, key, usage, <LitStr as Parse>::parse)?;
    if reason.value().trim().is_empty() {
        let message = format!("the reason is empty: write `{usage}`");
        return Err(Error::new_spanned(reason, message));
    }
    Ok(reason)
}

/// The path of a function. A closure is read to its end, or what follows its commas were keys.
fn function(input: ParseStream<'_>) -> syn::Result<ExprPath> {
    if input.peek(Token![|]) || input.peek(Token![move]) {
        let closure: Expr = input.parse()?;
        return Err(Error::new_spanned(closure, "a function is named here, not a closure"));
    }
    input.parse()
}

fn predicates(input: ParseStream<'_>) -> syn::Result<Vec<WherePredicate>> {
    let text: LitStr = input.parse()?;
    let predicates = text.parse_with(Punctuated::<_, Token![,]>::parse_terminated)?;
    Ok(predicates.into_iter().collect())
}

/// A path, or a path in a string as serde has it.
fn crate_path(input: ParseStream<'_>) -> syn::Result<Path> {
    if input.peek(LitStr) {
        input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)
    } else {
        input.call(Path::parse_mod_style)
    }
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}

/// What may be written at `place`.
fn known(place: Place) -> String {
    let usages: Vec<_> = KEYS
        .iter()
        .filter(|key| key.place == place)
        .map(|key| format!("`{}`", key.usage))
        .collect();
    format!("{place} takes {}", usages.join(", "))
}
