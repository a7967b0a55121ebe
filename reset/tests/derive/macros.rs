//! Types that a macro makes: their tokens come in groups and from more than one place.

use ratoon_reset::Reset;

use crate::parts::{Opaque, Part};

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
                #[reset(with = $with, bytes = Vec::capacity, discard_above = $max)]
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
            struct Many { $($field: Part,)* }

            let mut many = Many { $($field: Part { bytes: 1, ..Part::default() },)* };
            many.reset();
            assert!([$(many.$field.resets),*].iter().all(|resets| *resets == 1));
            assert_eq!(many.retained_bytes(), [$(stringify!($field)),*].len());
            $(
                many.$field.used_up = true;
                assert!(!many.reusable(), "{}", stringify!($field));
                many.$field.used_up = false;
            )*
            assert!(many.reusable());
        };
    }

    // More than any machine word has bits.
    many! {
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
        d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
        g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 i0 i1 i2 i3 i4 i5 i6 i7 i8 i9
        j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
        m0 m1 m2 m3 m4 m5 m6 m7 m8 m9
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
