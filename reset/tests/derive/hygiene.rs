//! Generated code depends on nothing that is in scope, and disturbs nothing.

/// Without a prelude, and with the user's own items under every name that generated code could use.
#[no_implicit_prelude]
#[allow(non_camel_case_types, reason = "names that generated code also uses")]
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

/// With the names of the methods that generated code calls on everything, and on the fields themselves.
#[allow(clippy::should_implement_trait, reason = "names that generated code also uses")]
mod ambiguous {
    use ratoon_reset::Reset;

    trait Everything {
        fn reset(&self) {
            unreachable!("not the trait that was derived");
        }
        fn reusable(&self) -> bool {
            unreachable!("not the trait that was derived");
        }
        fn retained_bytes(&self) -> usize {
            unreachable!("not the trait that was derived");
        }
        fn capacity(&self) -> usize {
            unreachable!("not the trait that was derived");
        }
        fn shrink_to(&self, _: usize) {
            unreachable!("not the trait that was derived");
        }
        fn saturating_add(&self, _: usize) -> usize {
            unreachable!("not the trait that was derived");
        }
    }

    impl<T: ?Sized> Everything for T {}

    struct Own(u64);

    impl Own {
        fn reset(&mut self) {
            unreachable!("not the trait's");
        }
        fn reusable(&self) -> bool {
            unreachable!("not the trait's");
        }
        fn default() -> Self {
            unreachable!("not the trait's");
        }
    }

    impl Default for Own {
        fn default() -> Self {
            Self(8)
        }
    }

    impl Reset for Own {
        fn reset(&mut self) {
            self.0 = 9;
        }
    }

    #[derive(Reset)]
    struct Context {
        own: Own,
        #[reset(default)]
        default: Own,
        #[reset(max_capacity = 4, discard_above = 8)]
        path: String,
        #[reset(inner = "presence says nothing", max_capacity = 4)]
        more: Option<Vec<u8>>,
        this: u64,
        place: u64,
        private: u64,
    }

    #[test]
    fn ambiguous_methods() {
        let mut context = Context {
            own: Own(1),
            default: Own(1),
            path: String::with_capacity(100),
            more: Some(Vec::with_capacity(100)),
            this: 1,
            place: 1,
            private: 1,
        };
        Reset::reset(&mut context);
        assert_eq!((context.own.0, context.default.0), (9, 8));
        assert_eq!(context.this + context.place + context.private, 0);
        assert!(Reset::reusable(&context));
        assert_eq!(Reset::retained_bytes(&context), 8);
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

    #[derive(facade::reset::Reset)]
    #[reset(crate = crate::hygiene::renamed::facade::reset)]
    struct FromTheRoot(u64);

    #[test]
    fn path_to_the_crate() {
        use ratoon_reset::Reset;

        let (mut path, mut string, mut root) = (AsPath(7), AsString(7), FromTheRoot(7));
        path.reset();
        string.reset();
        root.reset();
        assert_eq!(path.0 + string.0 + root.0, 0);
    }
}
