//! A crate that has `ratoon-reset` under another name, without its `std`, in an older edition.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use fresh::Reset;

/// What one request works with.
#[derive(Reset)]
#[reset(crate = fresh)]
pub struct Context<T> {
    /// The user.
    pub user: u64,
    /// The path.
    #[reset(max_capacity = 4)]
    pub path: String,
    /// More.
    pub items: Vec<T>,
    /// Where it stands.
    pub state: State,
}

/// Where a request stands.
#[derive(Debug, PartialEq, Reset)]
#[reset(crate = ::fresh)]
pub enum State {
    /// At the beginning.
    #[reset(to)]
    Idle,
    /// At work.
    Busy,
}

fn main() {
    let mut context = Context {
        user: 7,
        path: String::from("/account"),
        items: vec![context_less as fn()],
        state: State::Busy,
    };
    context.reset();
    assert_eq!((context.user, context.path.capacity()), (0, 4));
    assert!(context.items.is_empty());
    assert_eq!(context.state, State::Idle);
}

fn context_less() {}
