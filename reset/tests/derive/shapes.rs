//! The shapes of types: tuples, recursion, objects, what stands where.

use std::fmt::Debug;

use ratoon_reset::Reset;
use static_assertions::assert_impl_all;

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

    #[derive(Reset)]
    struct Tail<S: ?Sized> {
        user: u64,
        #[reset(with = <[u8]>::reverse, bytes = 0)]
        reversed: [u8; 2],
        tail: S,
    }

    let tail: &mut Tail<[u8]> = &mut Tail { user: 7, reversed: [1, 2], tail: [3, 4, 5] };
    tail.reset();
    assert_eq!((tail.user, tail.reversed, &tail.tail), (0, [2, 1], &[0, 0, 0][..]));
}

#[test]
fn types_with_drop_attributes_and_layout() {
    #[derive(Reset)]
    #[repr(C, align(64))]
    #[non_exhaustive]
    struct Aligned {
        user: u64,
        path: String,
        never: Option<std::convert::Infallible>,
    }

    impl Drop for Aligned {
        fn drop(&mut self) {
            assert_eq!(self.user, 0, "reset before it is dropped");
        }
    }

    let mut aligned = Aligned { user: 7, path: String::from("/account"), never: None };
    aligned.reset();
    assert_eq!((aligned.user, aligned.path.as_str()), (0, ""));
}

#[test]
#[allow(clippy::type_complexity, reason = "many shapes in one type")]
fn objects_and_functions() {
    #[derive(Reset)]
    struct Context {
        part: Box<dyn Reset + Send + Sync>,
        #[reset(inner = "every request has one")]
        maybe: Option<Box<dyn Reset>>,
        parts: Vec<Box<dyn Debug>>,
        #[reset(skip = "the same for all requests")]
        function: fn(&str) -> usize,
        callback: Option<Box<dyn for<'a> Fn(&'a str) -> &'a str>>,
    }

    let mut context = Context {
        part: Box::new(7_u64),
        maybe: Some(Box::new(String::from("secret"))),
        parts: vec![Box::new(8)],
        function: str::len,
        callback: Some(Box::new(|text| text)),
    };
    context.reset();
    assert!(context.parts.is_empty() && context.callback.is_none());
    assert_eq!(context.maybe.map(|part| part.retained_bytes()), Some(size_of::<String>() + 6));
}

#[test]
#[allow(non_camel_case_types, reason = "raw identifiers")]
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
