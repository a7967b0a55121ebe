//! `#[reset(…)]` as it was written: one struct for each place where the attribute may stand.
//!
//! Here each key is checked by itself: known, in its place, well formed, given once. Which keys go
//! together is decided in [`valid`](crate::valid).

use std::fmt;

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::{
    Attribute, Error, Expr, ExprPath, Ident, LitInt, LitStr, Meta, Path, Token, WherePredicate,
};

use crate::ast::Bytes;
use crate::ctxt::Ctxt;

/// A key and what it was given. The value of a flag is `()`.
pub(crate) struct Given<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
}

/// `#[reset(…)]` on a struct or enum.
#[derive(Default)]
pub(crate) struct ContainerAttrs {
    pub(crate) bound: Option<Given<Vec<WherePredicate>>>,
    pub(crate) krate: Option<Given<Path>>,
}

/// `#[reset(…)]` on a variant.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    pub(crate) to: Option<Given<()>>,
}

/// `#[reset(…)]` on a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) skip: Option<Given<LitStr>>,
    pub(crate) with: Option<Given<ExprPath>>,
    pub(crate) value: Option<Given<Box<Expr>>>,
    pub(crate) default: Option<Given<()>>,
    pub(crate) inner: Option<Given<LitStr>>,
    pub(crate) zeroize: Option<Given<()>>,
    pub(crate) max_capacity: Option<Given<Expr>>,
    pub(crate) discard_above: Option<Given<Expr>>,
    pub(crate) bytes: Option<Given<Bytes>>,
    pub(crate) reusable: Option<Given<ExprPath>>,
}

impl FieldAttrs {
    /// The keys that were given.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Ident> {
        let Self {
            skip,
            with,
            value,
            default,
            inner,
            zeroize,
            max_capacity,
            discard_above,
            bytes,
            reusable,
        } = self;
        let keys = [
            key(skip),
            key(with),
            key(value),
            key(default),
            key(inner),
            key(zeroize),
            key(max_capacity),
            key(discard_above),
            key(bytes),
            key(reusable),
        ];
        keys.into_iter().flatten()
    }
}

fn key<T>(given: &Option<Given<T>>) -> Option<&Ident> {
    given.as_ref().map(|given| &given.key)
}

/// The attributes of one place.
pub(crate) trait Attrs: Default {
    const PLACE: Place;

    /// Reads what follows the key of `item` into the slot of that key.
    fn read(&mut self, item: Item<'_>) -> syn::Result<()>;
}

impl Attrs for ContainerAttrs {
    const PLACE: Place = Place::Container;

    fn read(&mut self, item: Item<'_>) -> syn::Result<()> {
        match item.known.name {
            "bound" => item.value(&mut self.bound, predicates),
            "crate" => item.value(&mut self.krate, crate_path),
            _ => Err(item.unknown(Self::PLACE)),
        }
    }
}

impl Attrs for VariantAttrs {
    const PLACE: Place = Place::Variant;

    fn read(&mut self, item: Item<'_>) -> syn::Result<()> {
        match item.known.name {
            "to" => item.flag(&mut self.to),
            _ => Err(item.unknown(Self::PLACE)),
        }
    }
}

impl Attrs for FieldAttrs {
    const PLACE: Place = Place::Field;

    fn read(&mut self, item: Item<'_>) -> syn::Result<()> {
        match item.known.name {
            "skip" => item.reason(&mut self.skip),
            "with" => item.value(&mut self.with, function),
            "value" => item.value(&mut self.value, |input| input.parse().map(Box::new)),
            "default" => item.flag(&mut self.default),
            "inner" => item.reason(&mut self.inner),
            "zeroize" => item.flag(&mut self.zeroize),
            "max_capacity" => item.value(&mut self.max_capacity, Expr::parse),
            "discard_above" => item.value(&mut self.discard_above, Expr::parse),
            "bytes" => item.value(&mut self.bytes, bytes),
            "reusable" => item.value(&mut self.reusable, function),
            _ => Err(item.unknown(Self::PLACE)),
        }
    }
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
pub(crate) struct Key {
    name: &'static str,
    place: Place,
    usage: &'static str,
}

const KEYS: [Key; 13] = [
    Key { name: "skip", place: Place::Field, usage: "skip = \"why the value may be kept\"" },
    Key { name: "with", place: Place::Field, usage: "with = path::to::function" },
    Key { name: "value", place: Place::Field, usage: "value = expression" },
    Key { name: "default", place: Place::Field, usage: "default" },
    Key { name: "max_capacity", place: Place::Field, usage: "max_capacity = N" },
    Key { name: "discard_above", place: Place::Field, usage: "discard_above = N" },
    Key { name: "inner", place: Place::Field, usage: "inner = \"why presence may be kept\"" },
    Key { name: "zeroize", place: Place::Field, usage: "zeroize" },
    Key { name: "bytes", place: Place::Field, usage: "bytes = path::to::function" },
    Key { name: "reusable", place: Place::Field, usage: "reusable = path::to::function" },
    Key { name: "to", place: Place::Variant, usage: "to" },
    Key { name: "bound", place: Place::Container, usage: "bound = \"T: Trait\"" },
    Key { name: "crate", place: Place::Container, usage: "crate = path" },
];

/// What all `#[reset(…)]` among `attrs` say. Other attributes belong to others.
pub(crate) fn parse<A: Attrs>(attrs: &[Attribute], ctxt: &mut Ctxt) -> A {
    let mut parsed = A::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("reset")) {
        let Meta::List(list) = &attr.meta else {
            ctxt.error(attr, format_args!("expected `#[reset(…)]`: {}", known(A::PLACE)));
            continue;
        };
        if list.tokens.is_empty() {
            ctxt.error(attr, format_args!("nothing is asked for here: {}", known(A::PLACE)));
            continue;
        }
        let consumed = attr.parse_args_with(|input: ParseStream<'_>| {
            parse_list(input, &mut parsed, ctxt);
            Ok(())
        });
        if let Err(error) = consumed {
            ctxt.push(error);
        }
    }
    parsed
}

/// Consumes the whole input. A malformed item is reported and left out; the next one is read.
fn parse_list<A: Attrs>(input: ParseStream<'_>, attrs: &mut A, ctxt: &mut Ctxt) {
    while !input.is_empty() {
        if let Err(error) = parse_item(input, attrs, ctxt) {
            ctxt.push(error);
            skip_to_comma(input);
        }
        let _ = input.parse::<Option<Token![,]>>();
    }
}

fn parse_item<A: Attrs>(input: ParseStream<'_>, attrs: &mut A, ctxt: &mut Ctxt) -> syn::Result<()> {
    let key = input.call(Ident::parse_any).map_err(|error| {
        Error::new(error.span(), format_args!("expected a key: {}", known(A::PLACE)))
    })?;
    let Some(known_key) = KEYS.iter().find(|known| key == known.name) else {
        let message = format!("unknown key `{key}`: {}", known(A::PLACE));
        return Err(Error::new(key.span(), message));
    };
    if known_key.place != A::PLACE {
        let message = format!("`{key}` belongs on {}, not on {}", known_key.place, A::PLACE);
        return Err(Error::new(key.span(), message));
    }
    attrs.read(Item { key: key.clone(), known: known_key, input })?;
    if !(input.is_empty() || input.peek(Token![,])) {
        // The item is read all the same, so that a malformed `to` is not also a missing one.
        ctxt.push(unexpected(input, &key, known_key.usage));
        skip_to_comma(input);
    }
    Ok(())
}

/// A key that has been read, and the input after it.
pub(crate) struct Item<'a> {
    key: Ident,
    known: &'static Key,
    input: ParseStream<'a>,
}

impl Item<'_> {
    /// Reads `= value` into `slot`.
    fn value<T>(
        self,
        slot: &mut Option<Given<T>>,
        parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    ) -> syn::Result<()> {
        let Self { key, known: Key { usage, .. }, input } = &self;
        if !input.peek(Token![=]) {
            let message = format!("`{key}` needs a value: write `{usage}`");
            return Err(Error::new(key.span(), message));
        }
        let equals = input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            let message = format!("nothing follows the `=`: write `{usage}`");
            return Err(Error::new_spanned(equals, message));
        }
        let value = parse(input)
            .map_err(|error| Error::new(error.span(), format_args!("{error}: write `{usage}`")))?;
        self.set(slot, value)
    }

    /// Reads `= "reason"` into `slot`: the docs of the impl show it, so it must not be empty.
    fn reason(self, slot: &mut Option<Given<LitStr>>) -> syn::Result<()> {
        self.value(slot, |input| {
            let reason: LitStr = input.parse()?;
            if reason.value().trim().is_empty() {
                return Err(Error::new_spanned(reason, "the reason is empty"));
            }
            Ok(reason)
        })
    }

    /// Nothing follows a flag.
    fn flag(self, slot: &mut Option<Given<()>>) -> syn::Result<()> {
        self.set(slot, ())
    }

    fn set<T>(self, slot: &mut Option<Given<T>>, value: T) -> syn::Result<()> {
        let key = self.key;
        if slot.is_some() {
            let message = format!("`{key}` is given twice: remove one");
            return Err(Error::new(key.span(), message));
        }
        *slot = Some(Given { key, value });
        Ok(())
    }

    fn unknown(self, place: Place) -> Error {
        Error::new(self.key.span(), format_args!("unknown key `{}`: {}", self.key, known(place)))
    }
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

/// The path of a function. A closure is read to its end, or what follows its commas were keys.
fn function(input: ParseStream<'_>) -> syn::Result<ExprPath> {
    if input.peek(Token![|]) || input.peek(Token![move]) {
        let closure: Expr = input.parse()?;
        return Err(Error::new_spanned(closure, "a function is named here, not a closure"));
    }
    input.parse()
}

/// The path of a function, or `0`.
fn bytes(input: ParseStream<'_>) -> syn::Result<Bytes> {
    if !input.peek(LitInt) {
        return function(input).map(Bytes::Path);
    }
    let number: LitInt = input.parse()?;
    if number.base10_digits() != "0" {
        let message = "bytes are counted by a function, and `0` stands for none";
        return Err(Error::new_spanned(number, message));
    }
    Ok(Bytes::Zero)
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
