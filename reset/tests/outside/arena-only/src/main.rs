//! A crate that depends on `ratoon-arena`, and on nothing else.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use ratoon_arena::{Arena, Reset};

/// What one request works with.
#[derive(Reset)]
pub struct Context {
    user: u64,
    scratch: Arena,
    #[reset(max_capacity = 4096)]
    path: String,
    state: State,
}

/// Where a request stands.
#[derive(Debug, PartialEq, Reset)]
pub enum State {
    /// At the beginning.
    #[reset(to)]
    Idle,
    /// At work.
    Busy,
}

fn main() {
    let path = String::from("/account");
    let mut context = Context { user: 7, scratch: Arena::new(), path, state: State::Busy };
    context.scratch.scope().alloc_str("secret");
    assert!(context.scratch.used() > 0);
    context.reset();
    assert_eq!((context.user, context.path.as_str(), context.state), (0, "", State::Idle));
    assert_eq!(context.scratch.used(), 0);
}
