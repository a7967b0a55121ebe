//! What a crate forbids, the expansion does not try to allow: that would not compile.
#![forbid(
    unsafe_code,
    deprecated,
    missing_docs,
    unused_qualifications,
    unused_must_use,
    unused_results,
    unused_parens,
    unused_braces,
    unreachable_code,
    unreachable_patterns,
    non_snake_case,
    non_camel_case_types,
    dead_code
)]

use ratoon_reset::Reset;

/// What one request works with.
#[derive(Reset)]
pub struct Context<T> {
    /// The user.
    pub user: u64,
    /// The path.
    #[reset(max_capacity = { 64 }, discard_above = 128)]
    pub path: String,
    /// Items.
    #[reset(with = Vec::clear, bytes = Vec::capacity)]
    pub items: Vec<T>,
    /// More.
    #[reset(inner = "presence says nothing")]
    pub more: Option<Vec<T>>,
    /// Value.
    #[reset(value = { 7 })]
    pub attempt: u64,
    /// Kept.
    #[reset(skip = "kept")]
    pub kept: u64,
}

/// Where a request stands.
#[derive(Debug, PartialEq, Reset)]
pub enum State {
    /// At the beginning.
    #[reset(to)]
    Idle {
        /// A word.
        #[reset(value = { 7 })]
        word: u64,
    },
    /// At work.
    Busy,
}

fn main() {
    let path = String::from("/account");
    let mut context = Context { user: 7, path, items: vec![1], more: None, attempt: 0, kept: 1 };
    context.reset();
    assert_eq!((context.user, context.attempt, context.kept), (0, 7, 1));
    let mut state = State::Busy;
    state.reset();
    assert_eq!(state, State::Idle { word: 7 });
}
