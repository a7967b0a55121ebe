//! The model of a derive's input: what is to be done, with everything that can be wrong ruled out.

use syn::{Expr, ExprPath, Generics, Ident, LitStr, Member, Path, Type, WherePredicate};

/// A struct or enum that `Reset` is derived for.
pub(crate) struct Input<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// Where `__private` is found.
    pub(crate) krate: Path,
    /// Lints that the author relaxed on the type or on a part of it.
    pub(crate) relaxed: Vec<Path>,
    /// Bounds that replace the inferred ones.
    pub(crate) bound: Option<Vec<WherePredicate>>,
    pub(crate) data: Data<'a>,
}

pub(crate) enum Data<'a> {
    Struct(Vec<Field<'a>>),
    Enum(Enum<'a>),
    /// An enum without variants: there is never a value to reset.
    Never,
}

pub(crate) struct Enum<'a> {
    /// The variant marked `to`.
    pub(crate) fresh: &'a Ident,
    /// Its fields; only [`How::Value`] and [`How::Default`] occur.
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) others: Vec<&'a Ident>,
}

pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) how: How<'a>,
    pub(crate) max_capacity: Option<Expr>,
    pub(crate) discard_above: Option<Expr>,
    pub(crate) bytes: Option<Bytes>,
    pub(crate) reusable: Option<ExprPath>,
}

/// What counts the heap bytes of a field in place of its `Reset`.
pub(crate) enum Bytes {
    Path(ExprPath),
    Zero,
}

/// How a field becomes fresh.
pub(crate) enum How<'a> {
    Reset,
    Skip(LitStr),
    With(ExprPath),
    Value(Box<Expr>),
    Default,
    Inner { reason: LitStr, ty: &'a Type },
    Zeroize,
}
