//! Generic types: what is asked of their parameters.

use std::borrow::Cow;
use std::fmt::Debug;
use std::marker::PhantomData;

use ratoon_reset::Reset;
use static_assertions::{assert_impl_all, assert_not_impl_any};

/// Has no `Reset`.
#[derive(Debug, Default, PartialEq)]
struct Opaque;

#[test]
#[allow(clippy::type_complexity, reason = "many shapes in one type")]
fn parameters_of_which_nothing_is_asked() {
    #[derive(Reset)]
    struct Context<T> {
        items: Vec<T>,
        next: Option<T>,
        marker: PhantomData<T>,
        function: [PhantomData<fn(T) -> T>; 2],
        #[reset(skip = "kept")]
        kept: Option<Box<T>>,
        #[reset(with = Vec::clear, bytes = Vec::capacity)]
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
fn associated_types_and_higher_ranked_bounds() {
    trait Protocol {
        type Message;
        type View<'a>
        where
            Self: 'a;
    }

    struct Plain;
    impl Protocol for Plain {
        type Message = String;
        type View<'a> = Option<&'a str>;
    }
    struct Unknown;
    impl Protocol for Unknown {
        type Message = Opaque;
        type View<'a> = Option<&'a str>;
    }

    #[derive(Reset)]
    struct Context<'a, P: Protocol + 'a, F>
    where
        P::View<'a>: Debug,
        for<'b> F: Fn(&'b str) -> &'b str,
    {
        message: P::Message,
        view: <P as Protocol>::View<'a>,
        queue: Vec<<P as Protocol>::Message>,
        #[reset(skip = "the same for all requests")]
        function: F,
    }

    let text = String::from("text");
    let mut context = Context::<Plain, _> {
        message: String::from("message"),
        view: Some(&text),
        queue: vec![String::new()],
        function: str::trim,
    };
    context.reset();
    assert_eq!((context.message.as_str(), context.view, context.queue.len()), ("", None, 0));
    assert_not_impl_any!(Context<'static, Unknown, fn(&str) -> &str>: Reset);
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
        #[reset(with = clear, bytes = 0)]
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
fn const_arguments_that_are_computed() {
    #[derive(Reset)]
    struct Context<const N: usize, const M: usize = { 1 + 2 }> {
        #[reset(value = [7; M])]
        assigned: [u8; M],
        blocks: [[u8; N]; 2],
        #[reset(max_capacity = N + M)]
        items: Vec<[u8; N]>,
    }

    let items = Vec::with_capacity(100);
    let mut context = Context::<2> { assigned: [0; 3], blocks: [[1; 2]; 2], items };
    context.reset();
    assert_eq!((context.assigned, context.blocks), ([7; 3], [[0; 2]; 2]));
    assert_eq!(context.items.capacity(), 5);
}
