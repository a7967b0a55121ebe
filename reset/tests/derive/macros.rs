//! Types that a macro makes: their tokens come in groups and from more than one place.

use ratoon_reset::Reset;

use crate::parts::Opaque;

#[test]
fn made_by_a_macro() {
    macro_rules! context {
        (
            $name:ident<$parameter:ident> { $($(#[$meta:meta])* $field:ident: $type:ty,)* }
            inner: $option:ty, $reason:literal;
            value: $value_type:ty = $value:expr;
            with: $with:path;
            max: $max:expr;
        ) => {
            #[derive(Reset)]
            struct $name<$parameter> {
                $($(#[$meta])* $field: $type,)*
                #[reset(inner = $reason)]
                inner: $option,
                #[reset(value = $value)]
                value: $value_type,
                #[reset(with = $with, discard_above = $max)]
                with: Vec<$parameter>,
                __field0: $crate::macros::Zero,
            }
        };
    }

    context! {
        Context<T> { #[reset(value = 1)] user: u64, #[reset(max_capacity = 0)] items: Vec<T>, }
        inner: Option<Vec<T>>, "presence says nothing";
        value: (u8, u8) = (1, 1 + 1);
        with: Vec::clear;
        max: 4 | 8;
    }

    let mut context = Context::<Opaque> {
        user: 7,
        items: vec![Opaque(1)],
        inner: Some(vec![Opaque(1)]),
        value: (3, 4),
        with: vec![Opaque(1)],
        __field0: Zero(7),
    };
    context.reset();
    assert_eq!((context.user, context.items.len(), context.with.len()), (1, 0, 0));
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

#[test]
fn attributes_made_by_a_macro() {
    macro_rules! context {
        ($name:ident: $skip:expr, $inner:literal, $bound:literal, $with:path, $bytes:path, $max:expr) => {
            #[derive(Reset)]
            #[reset(bound = $bound, crate = $crate::macros::facade)]
            struct $name<T> {
                #[reset(skip = $skip)]
                kept: T,
                #[reset(inner = $inner, max_capacity = $max)]
                inner: Option<Vec<u8>>,
                #[reset(with = $with, bytes = $bytes)]
                with: Vec<T>,
            }
        };
    }

    context! { Context: "kept", "every request has one", "", Vec::clear, Vec::capacity, 2 + 2 }

    let inner = Some(Vec::with_capacity(100));
    let mut context = Context { kept: Opaque(7), inner, with: vec![Opaque(8)] };
    context.reset();
    assert_eq!((context.kept, context.with.len()), (Opaque(7), 0));
    assert_eq!(context.inner.map(|inner| inner.capacity()), Some(4));
}

/// Stands for a crate that re-exports the family.
pub(crate) mod facade {
    pub(crate) mod __private {
        pub(crate) use ratoon_reset::__private::*;
    }
}

#[test]
fn tokens_that_pass_through_two_macros() {
    macro_rules! outer {
        ($($body:tt)*) => { inner! { $($body)* } };
    }
    macro_rules! inner {
        ($name:ident { $($field:tt)* } $($variant:tt)*) => {
            #[derive(Reset)]
            struct $name { $($field)* }

            #[derive(Debug, PartialEq, Reset)]
            enum State { $($variant)* }
        };
    }

    outer! {
        Context { #[reset(value = 3 + 4)] user: u64, #[reset(skip = "kept")] kept: u64, r#in: u8 }
        #[reset(to)] Ok(#[reset(value = 7)] u8), Err
    }

    let mut context = Context { user: 1, kept: 2, r#in: 3 };
    context.reset();
    assert_eq!((context.user, context.kept, context.r#in), (7, 2, 0));
    let mut state = State::Err;
    state.reset();
    assert_eq!(state, State::Ok(7));
}

#[test]
fn types_that_are_macro_calls() {
    macro_rules! list {
        ($ty:ty) => { Vec<$ty> };
    }

    #[derive(Reset)]
    struct Context<T> {
        items: list!(T),
        #[reset(max_capacity = 4)]
        path: list!(u8),
        plain: (T, list!(u8)),
    }

    let mut context = Context { items: vec![7], path: vec![0; 100], plain: (7, vec![7]) };
    context.reset();
    assert_eq!((context.items.len(), context.path.capacity(), context.plain.0), (0, 4, 0));
}
