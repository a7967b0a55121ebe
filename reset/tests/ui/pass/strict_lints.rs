//! The expansion gives no cause for a warning, however strict the user is.
#![deny(
    warnings,
    missing_docs,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    rust_2024_compatibility,
    unused,
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![forbid(unsafe_code, unsafe_op_in_unsafe_fn)]

mod public {
    use std::borrow::Cow;

    use ratoon_reset::Reset;

    /// Old.
    #[deprecated]
    #[derive(Debug, Default)]
    pub struct Old;

    /// What one request works with.
    #[allow(deprecated)]
    #[derive(Debug, Reset)]
    pub struct Context<'a, T, const N: usize> {
        /// The user.
        #[deprecated]
        pub user: u64,
        /// The path.
        #[reset(max_capacity = 64, discard_above = 128)]
        pub path: String,
        /// Items.
        #[reset(with = Vec::clear, bytes = Vec::capacity)]
        pub items: Vec<T>,
        /// Borrowed.
        pub text: Cow<'a, str>,
        /// More.
        #[reset(inner = "presence says nothing", discard_above = N)]
        pub more: Option<Vec<T>>,
        /// Value.
        #[reset(value = [7; N])]
        pub array: [u8; N],
        /// Old.
        #[reset(default)]
        pub old: Old,
        /// Kept.
        #[reset(skip = "kept")]
        pub kept: u64,
        /// With a path that is longer than need be.
        #[allow(unused_qualifications)]
        pub qualified: std::vec::Vec<T>,
        /// Private.
        private: Vec<Private<T>>,
    }

    impl<T, const N: usize> Context<'_, T, N> {
        /// A new one.
        #[must_use]
        pub fn new() -> Self {
            #[allow(deprecated)]
            Self {
                user: 7,
                path: String::from("/account"),
                items: Vec::new(),
                text: Cow::Borrowed("text"),
                more: None,
                array: [0; N],
                old: Old,
                kept: 7,
                qualified: Vec::new(),
                private: vec![Private(None)],
            }
        }
    }

    #[derive(Debug, Reset)]
    struct Private<T>(Option<T>);

    /// Where a request stands.
    #[derive(Debug, Reset)]
    pub enum State<T> {
        /// At work.
        Busy(T, T),
        /// Not any more.
        #[deprecated]
        #[reset(to)]
        Idle {
            /// A word.
            #[deprecated]
            word: u64,
            /// More.
            #[reset(bytes = Vec::capacity)]
            more: Vec<T>,
        },
    }
}

fn main() {
    use ratoon_reset::Reset;

    let mut context = public::Context::<u8, 4>::new();
    context.reset();
    assert_eq!((context.path.as_str(), context.array, context.kept), ("", [7; 4], 7));
    let mut state = public::State::Busy(7, 8);
    state.reset();
    assert_eq!(state.retained_bytes(), 0);
    #[allow(deprecated)]
    let public::State::Idle { word: 0, .. } = state else { panic!("not fresh: {state:?}") };
}
