//! `#[derive(Reset)]` for [`ratoon-reset`](https://docs.rs/ratoon-reset): a field added later is reset
//! or does not compile.
//!
//! Use it through the crate whose trait you use: `ratoon_reset::Reset`, `ratoon_pool::Reset`,
//! `ratoon_arena::Reset` and `ratoon_header_map::Reset` are trait and derive in one name. Each crate
//! has a derive of its own here, which names that crate in what it generates; so a user of
//! `ratoon-pool` needs no second dependency, and no derive has to look into a `Cargo.toml`.
//!
//! # Cost
//!
//! `cargo check` of a crate with 200 derived structs of 8 fields takes 0.6 to 0.75 s, and 0.4 to 0.5 s
//! with the same impls written by hand: about 1.2 ms for each struct. `cargo build` and a release build
//! differ by as much (2 cores, medians of 5; `cargo bench -p ratoon-reset --bench derive_cost` measures
//! it on your machine). A struct of 2,000 fields takes 0.8 s. The methods are `#[inline]`, so that those
//! that nobody calls are not compiled.
//!
//! Four packages come with the derive: `syn`, `quote`, `proc-macro2`, `unicode-ident`. They take 4 to 5 s
//! once, where nothing else needs them; `ratoon-reset` without its feature `derive` needs none.
#![forbid(unsafe_code)]

mod ast;
mod attr;
mod bound;
mod ctxt;
mod expand;
mod fallback;
mod field;
#[cfg(test)]
mod golden;
mod lints;
mod valid;

use proc_macro::TokenStream;
use proc_macro2::{Ident, Span};
use syn::{DeriveInput, Path, parse_macro_input, parse_quote_spanned};

/// Derives `ratoon_reset::Reset`.
///
/// The generated impl takes the type apart without `..`: a field that is added later is reset too,
/// or, where its type does not implement `Reset`, the derive no longer compiles and asks what is to
/// be done with it.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Instant;
///
/// use ratoon_reset::Reset;
///
/// #[derive(Reset)]
/// struct Context {
///     user: u64,            // becomes 0
///     admin: Option<bool>,  // becomes `None`
///     path: String,         // becomes empty, keeps its capacity
///     #[reset(max_capacity = 4096)]
///     body: Vec<u8>,        // the same, and gives back what is above 4096
///     #[reset(value = Instant::now())]
///     started: Instant,     // has no neutral value
///     #[reset(skip = "the configuration is the same for all requests")]
///     config: Arc<String>,  // is kept
///     state: State,
/// }
///
/// #[derive(Debug, PartialEq, Reset)]
/// enum State {
///     #[reset(to)]
///     Idle,
///     Reading(Vec<u8>),
/// }
///
/// let config = Arc::new(String::from("config"));
/// let mut context = Context {
///     user: 7,
///     admin: Some(true),
///     path: String::from("/account"),
///     body: vec![0; 1 << 20],
///     started: Instant::now(),
///     config: Arc::clone(&config),
///     state: State::Reading(vec![1, 2, 3]),
/// };
/// context.reset();
/// assert_eq!((context.user, context.admin, context.path.as_str()), (0, None, ""));
/// assert_eq!(context.body.capacity(), 4096);
/// assert!(Arc::ptr_eq(&context.config, &config));
/// assert_eq!(context.state, State::Idle);
/// assert_eq!(context.retained_bytes(), context.path.capacity() + 4096);
/// assert!(context.reusable());
/// ```
///
/// A forgotten decision does not compile:
///
/// ```compile_fail,E0277
/// use std::time::Instant;
///
/// use ratoon_reset::Reset;
///
/// #[derive(Reset)]
/// struct Context {
///     started: Instant,
/// }
/// ```
///
/// Generic and recursive types:
///
/// ```
/// use ratoon_reset::Reset;
///
/// #[derive(Default, Reset)]
/// #[reset(bound = "")]
/// struct Node<T> {
///     values: Vec<T>, // asks nothing of `T`
///     #[reset(inner = "the shape of the chain is the same for all requests")]
///     next: Option<Box<Node<T>>>,
/// }
///
/// struct NotReset;
///
/// let next = Some(Box::new(Node { values: vec![NotReset], next: None }));
/// let mut node = Node { values: vec![NotReset], next };
/// node.reset();
/// assert!(node.values.is_empty());
/// assert!(node.next.is_some_and(|next| next.values.is_empty()));
/// ```
#[doc = include_str!("attributes.md")]
#[proc_macro_derive(Reset, attributes(reset))]
pub fn derive_reset(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), named("ratoon_reset")).into()
}

/// Derives `Reset` for types that have the trait from `ratoon_pool`, where this is `Reset`.
#[doc = include_str!("attributes.md")]
#[proc_macro_derive(ResetForPool, attributes(reset))]
pub fn derive_reset_for_pool(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), named("ratoon_pool")).into()
}

/// Derives `Reset` for types that have the trait from `ratoon_arena`, where this is `Reset`.
#[doc = include_str!("attributes.md")]
#[proc_macro_derive(ResetForArena, attributes(reset))]
pub fn derive_reset_for_arena(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), named("ratoon_arena")).into()
}

/// Derives `Reset` for types that have the trait from `ratoon_header_map`, where this is `Reset`.
#[doc = include_str!("attributes.md")]
#[proc_macro_derive(ResetForHeaderMap, attributes(reset))]
pub fn derive_reset_for_header_map(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), named("ratoon_header_map")).into()
}

/// `::name`. Resolved as in this crate's edition: in that of 2015 it would be a module of the user's.
fn named(name: &str) -> Path {
    let span = Span::mixed_site();
    let name = Ident::new(name, span);
    parse_quote_spanned!(span=> ::#name)
}

fn derive(node: &DeriveInput, krate: Path) -> proc_macro2::TokenStream {
    match valid::model(node, krate) {
        Ok(input) => expand::expand(&input),
        Err((krate, error)) => fallback::expand(node, &krate, &error),
    }
}

/// The examples of README.md, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
