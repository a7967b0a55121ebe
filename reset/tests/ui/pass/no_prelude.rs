#![no_implicit_prelude]

use ::ratoon_reset::Reset;

#[derive(Reset)]
struct Context<T> {
    user: u64,
    #[reset(max_capacity = 8)]
    items: ::std::vec::Vec<T>,
    #[reset(inner = "presence says nothing", discard_above = 8)]
    more: ::std::option::Option<::std::vec::Vec<T>>,
    #[reset(default)]
    none: ::std::option::Option<T>,
    #[reset(value = ::std::string::String::new())]
    path: ::std::string::String,
}

#[derive(Reset)]
enum State {
    #[reset(to)]
    Idle(u64),
    Busy,
}

fn main() {
    let mut context = Context::<u8> {
        user: 7,
        items: ::std::vec![7],
        more: ::std::option::Option::None,
        none: ::std::option::Option::Some(7),
        path: ::std::string::String::new(),
    };
    context.reset();
    let mut state = State::Busy;
    state.reset();
    ::std::assert!(context.reusable() && state.reusable());
    ::std::assert_eq!(context.user, 0);
    ::std::assert!(context.items.is_empty() && context.more.is_none() && context.none.is_none());
    ::std::assert_eq!(context.path, "");
    ::std::assert!(::std::matches!(state, State::Idle(0)));
}
