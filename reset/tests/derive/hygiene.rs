//! Generated code depends on nothing that is in scope, and disturbs nothing.

/// Without a prelude, and with the user's own items under every name that generated code could use.
#[no_implicit_prelude]
#[allow(non_camel_case_types)]
mod shadowed {
    extern crate ratoon_reset as core;

    use self::core::Reset as derive_reset;

    struct Reset;
    struct Capacity;
    struct Default;
    struct Option;
    struct Some;
    struct None;
    struct Vec;
    struct bool;
    struct usize;
    mod std {}
    mod ratoon_reset {}

    #[derive(derive_reset)]
    struct Context {
        __field0: u64,
        #[reset(inner = "presence says nothing", max_capacity = 4, discard_above = 8)]
        __inner: ::core::option::Option<::std::vec::Vec<u8>>,
        #[reset(default)]
        __max: u64,
        #[reset(max_capacity = 8)]
        core: ::std::string::String,
    }

    #[derive(derive_reset)]
    enum State {
        #[reset(to)]
        Some(u8),
        None,
    }

    #[test]
    fn shadowed_names() {
        use self::core::Reset as _;

        let mut context = Context {
            __field0: 7,
            __inner: ::core::option::Option::Some(::std::vec::Vec::with_capacity(100)),
            __max: 7,
            core: ::std::string::String::new(),
        };
        context.reset();
        ::core::assert!(context.reusable());
        ::core::assert_eq!(context.__field0 + context.__max, 0);
        ::core::assert_eq!(context.retained_bytes(), 4);

        let mut state = State::None;
        state.reset();
        ::core::assert!(::core::matches!(state, State::Some(0)));
    }
}

/// A path of the user's own to `__private`, as a crate that re-exports the family would have.
mod renamed {
    mod facade {
        pub(super) mod reset {
            pub(in super::super) use ratoon_reset::*;
            pub(in super::super) mod __private {
                pub(in super::super::super) use ratoon_reset::__private::*;
            }
        }
    }

    #[derive(facade::reset::Reset)]
    #[reset(crate = facade::reset)]
    struct AsPath(u64);

    #[derive(facade::reset::Reset)]
    #[reset(crate = "self::facade::reset")]
    struct AsString(u64);

    #[test]
    fn path_to_the_crate() {
        use ratoon_reset::Reset;

        let (mut path, mut string) = (AsPath(7), AsString(7));
        path.reset();
        string.reset();
        assert_eq!(path.0 + string.0, 0);
    }
}
