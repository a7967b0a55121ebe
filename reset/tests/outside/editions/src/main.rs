//! The same source in every edition.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

extern crate ratoon_reset as fresh;

// In 2015, `::ratoon_reset` and `::core` name these.
#[allow(dead_code)]
mod core {}
#[allow(dead_code)]
mod ratoon_reset {}

mod context {
    use fresh::Reset;

    // From 2018 on, `ratoon_reset` and `core` name these.
    #[allow(dead_code)]
    mod core {}
    #[allow(dead_code)]
    mod ratoon_reset {}

    /// What one request works with.
    #[derive(Reset)]
    pub struct Context<'a, T> {
        /// The user.
        pub user: Option<&'a str>,
        /// Items.
        #[reset(max_capacity = 4, discard_above = 8)]
        pub items: Vec<T>,
        /// More.
        #[reset(inner = "presence says nothing")]
        pub more: Option<String>,
        /// The attempt.
        #[reset(value = 1)]
        pub attempt: u32,
        /// Flags.
        #[reset(default)]
        pub flags: [bool; 2],
        /// Where it stands.
        pub state: State,
    }

    /// Where a request stands.
    #[derive(Debug, PartialEq, Reset)]
    pub enum State {
        /// At the beginning.
        #[reset(to)]
        Idle(u8),
        /// At work.
        Busy,
    }
}

fn main() {
    use context::{Context, State};
    use fresh::Reset;

    let mut context = Context {
        user: Some("ada"),
        items: vec![1, 2, 3, 4, 5],
        more: Some(String::from("more")),
        attempt: 3,
        flags: [true; 2],
        state: State::Busy,
    };
    context.reset();
    assert_eq!((context.user, context.items.len(), context.items.capacity()), (None, 0, 4));
    assert_eq!((context.more.as_ref().map(String::as_str), context.attempt), (Some(""), 1));
    assert_eq!((context.flags, &context.state), ([false; 2], &State::Idle(0)));
    assert!(context.reusable());
    assert_eq!(context.retained_bytes(), 4 * 4 + context.more.map_or(0, |more| more.capacity()));
}
