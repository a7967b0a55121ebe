//! The shapes of types: tuples, generics, recursion, what macros make.

use std::borrow::Cow;
use std::fmt::Debug;
use std::marker::PhantomData;

use ratoon_reset::Reset;
use static_assertions::{assert_impl_all, assert_not_impl_any};

/// Has no `Reset`.
#[derive(Debug, Default, PartialEq)]
struct Opaque;

#[test]
fn unit_and_empty_structs() {
    #[derive(Reset)]
    struct Unit;
    #[derive(Reset)]
    struct Braces {}
    #[derive(Reset)]
    struct Parentheses();

    Unit.reset();
    Braces {}.reset();
    Parentheses().reset();
    assert!(Unit.reusable());
    assert_eq!(Unit.retained_bytes(), 0);
}

#[test]
fn tuple_struct() {
    #[derive(Debug, PartialEq, Reset)]
    struct Triple(u8, #[reset(skip = "kept")] u8, String);

    let mut triple = Triple(1, 2, String::from("3"));
    triple.reset();
    assert_eq!(triple, Triple(0, 2, String::new()));
}

#[test]
fn parameters_of_which_nothing_is_asked() {
    #[derive(Reset)]
    struct Context<T> {
        items: Vec<T>,
        next: Option<T>,
        marker: PhantomData<T>,
        function: [PhantomData<fn(T) -> T>; 2],
        #[reset(skip = "kept")]
        kept: Option<Box<T>>,
        #[reset(with = Vec::clear)]
        cleared: Vec<T>,
        #[reset(value = None)]
        assigned: Option<Box<T>>,
    }

    assert_impl_all!(Context<Opaque>: Reset);
}

#[test]
fn parameters_of_which_something_is_asked() {
    #[derive(Reset)]
    struct Plain<T>(T);
    #[derive(Reset)]
    struct Boxed<T>(Box<[T; 4]>);
    #[derive(Reset)]
    struct Inner<T>(#[reset(inner = "presence says nothing")] Option<T>);
    #[derive(Reset)]
    struct Associated<I: Iterator>(I::Item, #[reset(skip = "kept")] I);
    #[derive(Reset)]
    struct Default<T>(#[reset(default)] T);

    assert_impl_all!(Plain<u8>: Reset);
    assert_not_impl_any!(Plain<Opaque>: Reset);
    assert_impl_all!(Boxed<u8>: Reset);
    assert_not_impl_any!(Boxed<Opaque>: Reset);
    assert_impl_all!(Inner<u8>: Reset);
    assert_not_impl_any!(Inner<Opaque>: Reset);
    assert_impl_all!(Associated<std::ops::Range<u8>>: Reset);
    assert_not_impl_any!(Associated<std::vec::IntoIter<Opaque>>: Reset);
    assert_impl_all!(Default<Opaque>: Reset);
    assert_not_impl_any!(Default<&'static u8>: Reset);
}

#[test]
fn lifetimes() {
    #[derive(Reset)]
    struct Context<'a, 'b: 'a, T: ?Sized + ToOwned + 'a>
    where
        T::Owned: Default,
        &'a T: Default,
        for<'c> &'c T: Debug,
    {
        one: Cow<'a, str>,
        two: Cow<'b, str>,
        #[reset(with = clear)]
        three: Cow<'a, T>,
        four: Option<&'b &'a T>,
        five: Vec<&'a T>,
        six: Vec<&'b u8>,
    }

    fn clear<T: ?Sized + ToOwned<Owned: Default>>(cow: &mut Cow<'_, T>) {
        *cow = Cow::Owned(Default::default());
    }

    let text = String::from("text");
    let mut context = Context::<str> {
        one: Cow::Borrowed(&text),
        two: Cow::Borrowed("text"),
        three: Cow::Borrowed(&text),
        four: Some(&"text"),
        five: vec![&text],
        six: vec![&7],
    };
    context.reset();
    assert_eq!(context.one.len() + context.two.len() + context.three.len(), 0);
    assert!(context.four.is_none() && context.five.is_empty() && context.six.is_empty());
}

#[test]
fn one_generic_type_under_two_lifetimes() {
    /// `Reset` for every lifetime.
    struct Borrowed<'a, T>(Option<&'a T>);

    impl<T> Reset for Borrowed<'_, T> {
        fn reset(&mut self) {
            self.0 = None;
        }
    }

    // Without `bound`, one bound for each lifetime: the compiler cannot choose between them.
    #[derive(Reset)]
    #[reset(bound = "")]
    struct Context<'a, 'b, T>(Borrowed<'a, T>, Borrowed<'b, T>);

    let number = 7;
    let mut context = Context(Borrowed(Some(&number)), Borrowed(Some(&8)));
    context.reset();
    assert!(context.0.0.is_none() && context.1.0.is_none());
}

#[test]
fn const_generics_and_defaults() {
    #[derive(Debug, PartialEq, Reset)]
    struct Context<T: Copy = u8, const N: usize = 2, const FLAG: bool = false>
    where
        [T; N]: Debug,
    {
        items: [T; N],
        #[reset(max_capacity = N, discard_above = N + 1)]
        more: Vec<T>,
        #[reset(value = FLAG)]
        flag: bool,
    }

    let mut context = Context::<u8> { items: [1, 2], more: vec![1, 2, 3, 4], flag: true };
    context.reset();
    assert_eq!(context, Context { items: [0, 0], more: Vec::new(), flag: false });
    assert_eq!(context.more.capacity(), 2);
    assert!(context.reusable());
}

#[test]
fn recursion_without_parameters() {
    #[derive(Default, Reset)]
    struct Node {
        value: u64,
        children: Vec<Self>,
        #[reset(inner = "the chain is kept")]
        next: Option<Box<Node>>,
    }

    let last = Node { value: 7, ..Node::default() };
    let mut node = Node { value: 8, children: vec![Node::default()], next: Some(Box::new(last)) };
    node.reset();
    assert_eq!(node.value, 0);
    assert!(node.children.is_empty());
    assert_eq!(node.next.map(|next| next.value), Some(0));
}

#[test]
fn recursion_with_an_empty_bound() {
    #[derive(Default, Reset)]
    #[reset(bound = "")]
    struct Node<T> {
        values: Vec<T>,
        #[reset(inner = "the chain is kept")]
        next: Option<Box<Node<T>>>,
    }

    let last = Node { values: vec![Opaque], next: None };
    let mut node = Node { values: vec![Opaque], next: Some(Box::new(last)) };
    node.reset();
    assert!(node.values.is_empty());
    assert!(node.next.is_some_and(|next| next.values.is_empty()));
}

#[test]
fn bounds_in_words() {
    #[derive(Reset)]
    #[reset(bound = "T: Reset, U::Item: Reset,")]
    struct Context<T, U: Iterator>
    where
        U: Clone,
    {
        part: Box<T>,
        item: U::Item,
        #[reset(skip = "kept")]
        iterator: U,
    }

    assert_impl_all!(Context<u8, std::ops::Range<u8>>: Reset);
    assert_not_impl_any!(Context<Opaque, std::ops::Range<u8>>: Reset);
}

#[test]
fn unsized_tail() {
    #[derive(Reset)]
    struct Context<T: ?Sized = dyn Reset + Send> {
        user: u64,
        tail: T,
    }
    #[derive(Reset)]
    struct Dynamic {
        user: u64,
        tail: dyn Reset,
    }

    let context: &mut Context = &mut Context { user: 7, tail: String::from("tail") };
    context.reset();
    assert_eq!((context.user, context.retained_bytes()), (0, 4));
    assert_impl_all!(Dynamic: Reset);
}

#[test]
fn objects_and_functions() {
    #[derive(Reset)]
    struct Context {
        part: Box<dyn Reset + Send + Sync>,
        parts: Vec<Box<dyn Debug>>,
        #[reset(skip = "the same for all requests")]
        function: fn(&str) -> usize,
        callback: Option<Box<dyn for<'a> Fn(&'a str) -> &'a str>>,
    }

    let mut context = Context {
        part: Box::new(7_u64),
        parts: vec![Box::new(8)],
        function: str::len,
        callback: Some(Box::new(|text| text)),
    };
    context.reset();
    assert!(context.parts.is_empty() && context.callback.is_none());
}

#[test]
#[allow(non_camel_case_types)]
fn raw_identifiers() {
    #[derive(Debug, PartialEq, Reset)]
    struct r#struct<r#type> {
        r#fn: u8,
        #[reset(skip = "kept")]
        r#match: u8,
        r#impl: Vec<r#type>,
    }
    #[derive(Debug, PartialEq, Reset)]
    enum r#enum {
        #[reset(to)]
        r#loop {
            r#in: u8,
        },
        r#break,
    }

    let mut value = r#struct { r#fn: 1, r#match: 2, r#impl: vec![Opaque] };
    value.reset();
    assert_eq!(value, r#struct { r#fn: 0, r#match: 2, r#impl: vec![] });
    let mut value = r#enum::r#break;
    value.reset();
    assert_eq!(value, r#enum::r#loop { r#in: 0 });
}

#[test]
fn conditional_fields_and_attributes() {
    #[derive(Debug, PartialEq, Reset)]
    struct Context {
        #[cfg(not(any()))]
        there: u8,
        #[cfg(any())]
        not_there: Opaque,
        #[cfg_attr(not(any()), reset(skip = "kept"))]
        kept: u8,
        #[cfg_attr(any(), reset(skip = "kept"))]
        reset: u8,
    }
    #[derive(Debug, PartialEq, Reset)]
    enum State {
        #[cfg_attr(any(), reset(to))]
        One,
        #[cfg_attr(not(any()), reset(to))]
        Two,
        #[cfg(any())]
        #[reset(to)]
        Three,
    }

    let mut context = Context { there: 1, kept: 2, reset: 3 };
    context.reset();
    assert_eq!(context, Context { there: 0, kept: 2, reset: 0 });
    let mut state = State::One;
    state.reset();
    assert_eq!(state, State::Two);
}

#[test]
fn made_by_a_macro() {
    macro_rules! context {
        (
            $name:ident<$parameter:ident> { $($field:ident: $type:ty,)* }
            inner: $option:ty, $reason:literal;
            value: $value_type:ty = $value:expr;
            with: $with:path;
            max: $max:expr;
        ) => {
            #[derive(Reset)]
            struct $name<$parameter> {
                $($field: $type,)*
                #[reset(inner = $reason)]
                inner: $option,
                #[reset(value = $value)]
                value: $value_type,
                #[reset(with = $with, discard_above = $max)]
                with: Vec<$parameter>,
                __field0: $crate::shapes::Zero,
            }
        };
    }

    context! {
        Context<T> { user: u64, items: Vec<T>, }
        inner: Option<Vec<T>>, "presence says nothing";
        value: (u8, u8) = (1, 1 + 1);
        with: Vec::clear;
        max: 4 | 8;
    }

    let mut context = Context::<Opaque> {
        user: 7,
        items: vec![Opaque],
        inner: Some(vec![Opaque]),
        value: (3, 4),
        with: vec![Opaque],
        __field0: Zero(7),
    };
    context.reset();
    assert_eq!((context.user, context.items.len(), context.with.len()), (0, 0, 0));
    assert_eq!(context.inner, Some(vec![]));
    assert_eq!(context.value, (1, 2));
    assert_eq!(context.__field0.0, 0);
}

#[derive(Reset)]
struct Zero(u64);

#[test]
fn many_fields() {
    macro_rules! many {
        ($($field:ident)*) => {
            #[derive(Default, Reset)]
            struct Many { $($field: u64,)* }

            let mut many = Many { $($field: 7,)* };
            many.reset();
            assert_eq!(0 $(+ many.$field)*, 0);
        };
    }

    many! {
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
        d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
    }
}
