//! Each way in which a field becomes fresh, and what it means for the answers of the whole.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ratoon_reset::Reset;

use crate::parts::{Opaque, Part};

#[test]
fn field_without_attribute() {
    #[derive(Reset)]
    struct Context {
        user: u64,
        path: String,
        items: Vec<Opaque>,
    }

    let mut context =
        Context { user: 7, path: String::from("/account"), items: vec![Opaque(1), Opaque(2)] };
    let (path, items) = (context.path.capacity(), context.items.capacity());
    context.reset();
    assert_eq!(context.user, 0);
    assert_eq!(context.path, "");
    assert!(context.items.is_empty());
    assert_eq!((context.path.capacity(), context.items.capacity()), (path, items));
    assert_eq!(context.retained_bytes(), path + items * size_of::<Opaque>());
}

#[test]
fn answers_of_all_fields() {
    #[derive(Default, Reset)]
    struct Parts(Part, Part, Part);

    let bytes = |bytes| Part { bytes, ..Part::default() };
    let mut parts = Parts(bytes(1), bytes(20), bytes(300));
    assert_eq!(parts.retained_bytes(), 321);
    assert!(parts.reusable());
    parts.reset();
    assert_eq!([parts.0.resets, parts.1.resets, parts.2.resets], [1, 1, 1]);

    for used_up in 0..3 {
        let mut parts = Parts::default();
        [&mut parts.0, &mut parts.1, &mut parts.2][used_up].used_up = true;
        assert!(!parts.reusable());
    }
}

#[test]
fn skip() {
    #[derive(Reset)]
    struct Context {
        #[reset(skip = "the configuration is the same for all requests")]
        config: Arc<Opaque>,
        #[reset(skip = "its answers are not asked for either")]
        part: Part,
        user: u64,
    }

    let config = Arc::new(Opaque(1));
    let part = Part { used_up: true, bytes: 9, ..Part::default() };
    let mut context = Context { config: Arc::clone(&config), part, user: 7 };
    context.reset();
    assert!(Arc::ptr_eq(&context.config, &config));
    assert_eq!(context.part.resets, 0);
    assert_eq!(context.user, 0);
    assert!(context.reusable());
    assert_eq!(context.retained_bytes(), 0);
}

#[test]
fn with() {
    fn seven(opaque: &mut Opaque) {
        opaque.0 = 7;
    }

    mod nested {
        pub(super) fn truncate<T>(items: &mut [T])
        where
            T: Default,
        {
            items.fill_with(T::default);
        }
    }

    #[derive(Reset)]
    struct Context {
        #[reset(with = seven, bytes = 0)]
        opaque: Opaque,
        #[reset(with = nested::truncate::<u8>, bytes = 0)]
        coerced: Vec<u8>,
        #[reset(with = <Vec<u8> as Reset>::reset, bytes = 0)]
        qualified: Vec<u8>,
        #[reset(with = Option::take, bytes = 0)]
        taken: Option<Opaque>,
    }

    let mut context = Context {
        opaque: Opaque(1),
        coerced: vec![1, 2],
        qualified: vec![3],
        taken: Some(Opaque(4)),
    };
    context.reset();
    assert_eq!(context.opaque, Opaque(7));
    assert_eq!(context.coerced, [0, 0]);
    assert!(context.qualified.is_empty());
    assert_eq!(context.taken, None);
    assert_eq!(context.retained_bytes(), 0);
}

#[test]
fn value() {
    static RESETS: AtomicU64 = AtomicU64::new(0);
    const LIMITS: [u8; 3] = [1, 2, 3];

    #[derive(Reset)]
    struct Context {
        #[reset(value = RESETS.fetch_add(1, Ordering::Relaxed))]
        id: u64,
        #[reset(value = LIMITS)]
        limits: [u8; 3],
        #[reset(value = HashMap::<u8, Vec<u8>>::from([(1, vec![2, 3])]))]
        commas: HashMap<u8, Vec<u8>>,
        #[reset(value = if cfg!(test) { |a, b| a + b } else { |_, _| 0 })]
        function: fn(u8, u8) -> u8,
        #[reset(value = [Opaque(1), Opaque(2)])]
        array: [Opaque; 2],
    }

    let mut context = Context {
        id: 99,
        limits: [0; 3],
        commas: HashMap::new(),
        function: |_, _| 0,
        array: [Opaque(0), Opaque(0)],
    };
    context.reset();
    assert_eq!(context.id, 0);
    assert_eq!(context.limits, LIMITS);
    assert_eq!(context.commas[&1], [2, 3]);
    assert_eq!((context.function)(3, 4), 7);
    assert_eq!(context.array, [Opaque(1), Opaque(2)]);
    context.reset();
    assert_eq!(context.id, 1, "the expression is evaluated at each reset");
    assert_eq!(context.retained_bytes(), 0);
}

#[test]
fn value_that_returns_leaves_the_expression_only() {
    #[derive(Reset)]
    struct Context {
        #[reset(value = { if true { return 7; } 8 })]
        early: u64,
        #[reset(value = Some("7x".parse::<u64>().ok()? + 1))]
        failed: Option<u64>,
        after: u64,
    }

    let mut context = Context { early: 1, failed: Some(1), after: 1 };
    context.reset();
    assert_eq!((context.early, context.failed, context.after), (7, None, 0));
}

#[test]
fn default() {
    #[derive(Reset)]
    struct Context {
        #[reset(default)]
        opaque: Opaque,
        #[reset(default)]
        path: String,
    }

    let mut context = Context { opaque: Opaque(7), path: String::from("/account") };
    context.reset();
    assert_eq!(context.opaque, Opaque(0));
    assert_eq!(context.path.capacity(), 0, "a fresh value is assigned, nothing is kept");
}

#[test]
fn inner() {
    #[derive(Reset)]
    struct Context {
        #[reset(inner = "every request has one")]
        part: Option<Part>,
        #[reset(inner = "every request has one")]
        #[expect(unused_qualifications, reason = "a path is given as a path")]
        qualified: core::option::Option<String>,
    }

    let part = Part { used_up: true, bytes: 9, ..Part::default() };
    let mut context = Context { part: Some(part), qualified: Some(String::from("session")) };
    context.reset();
    assert_eq!(context.part.as_ref().map(|part| part.resets), Some(1));
    assert_eq!(context.qualified.as_deref(), Some(""));
    assert!(!context.reusable());
    assert_eq!(context.retained_bytes(), 9 + "session".len());

    let mut context = Context { part: None, qualified: None };
    context.reset();
    assert!(context.part.is_none() && context.qualified.is_none());
    assert!(context.reusable());
    assert_eq!(context.retained_bytes(), 0);
}

#[test]
fn option_without_inner() {
    #[derive(Reset)]
    struct Context {
        session: Option<String>,
    }

    let mut context = Context { session: Some(String::from("session")) };
    context.reset();
    assert_eq!(context.session, None);
}

#[cfg(feature = "zeroize")]
mod zeroize {
    use std::rc::Rc;

    use ::zeroize::Zeroize;

    use super::*;

    /// Records what was done to it, in order.
    #[derive(Default)]
    struct Key(Rc<RefCell<Vec<&'static str>>>);

    impl Zeroize for Key {
        fn zeroize(&mut self) {
            self.0.borrow_mut().push("zeroize");
        }
    }

    impl Reset for Key {
        fn reset(&mut self) {
            self.0.borrow_mut().push("reset");
        }

        fn retained_bytes(&self) -> usize {
            9
        }
    }

    #[test]
    fn overwritten_then_reset() {
        #[derive(Default, Reset)]
        struct Context<T> {
            #[reset(zeroize)]
            generic: T,
            #[reset(zeroize, max_capacity = 16)]
            password: String,
        }

        let mut context = Context { generic: Key::default(), password: "secret".repeat(9) };
        context.reset();
        assert_eq!(*context.generic.0.borrow(), ["zeroize", "reset"]);
        assert_eq!(context.password, "");
        assert_eq!(context.password.capacity(), 16);
        assert_eq!(context.retained_bytes(), 9 + 16);
        assert!(context.reusable());
    }
}

#[test]
fn order_of_declaration() {
    thread_local! {
        static ORDER: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }

    fn first(_: &mut Opaque) {
        ORDER.with_borrow_mut(|order| order.push("first"));
    }

    fn second() -> Opaque {
        ORDER.with_borrow_mut(|order| order.push("second"));
        Opaque(0)
    }

    #[derive(Default, Reset)]
    struct Context {
        #[reset(with = first, bytes = 0)]
        z: Opaque,
        #[reset(value = second())]
        a: Opaque,
    }

    Context::default().reset();
    ORDER.with_borrow(|order| assert_eq!(*order, ["first", "second"]));
}

#[test]
fn panic_of_one_field() {
    fn fail(_: &mut Opaque) {
        panic!("the second field");
    }

    #[derive(Reset)]
    struct Context {
        before: u64,
        #[reset(with = fail, bytes = 0)]
        fails: Opaque,
        after: u64,
    }

    let mut context = Context { before: 7, fails: Opaque(7), after: 7 };
    catch_unwind(AssertUnwindSafe(|| context.reset())).unwrap_err();
    assert_eq!((context.before, context.after), (0, 7), "what comes after it is still dirty");
}
