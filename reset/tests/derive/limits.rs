//! What a field may keep, and how it is counted: `max_capacity`, `discard_above`, `bytes`.

use std::collections::{HashMap, HashSet, VecDeque};

use ratoon_reset::Reset;

use crate::parts::{Opaque, Part};

#[test]
fn max_capacity() {
    const MAX: usize = 16;

    #[derive(Default, Reset)]
    struct Context {
        #[reset(max_capacity = MAX * 2)]
        path: String,
        #[reset(max_capacity = MAX)]
        items: Vec<u32>,
        #[reset(max_capacity = MAX)]
        queue: VecDeque<u8>,
        #[reset(max_capacity = MAX)]
        map: HashMap<u32, u32>,
        #[reset(max_capacity = 0)]
        set: HashSet<u32>,
    }

    let mut context = Context::default();
    context.path.reserve_exact(33);
    context.items.reserve_exact(MAX);
    context.queue.reserve_exact(1000);
    context.map.extend((0..1000).map(|key| (key, key)));
    context.set.extend(0..10);
    context.items.push(7);
    let items = context.items.as_ptr();
    context.reset();
    assert_eq!(context.path.capacity(), 32);
    assert_eq!(context.items.capacity(), MAX);
    assert_eq!(context.items.as_ptr(), items, "at the limit nothing is reallocated");
    assert!((1..=MAX).contains(&context.queue.capacity()));
    assert!((MAX..2 * MAX).contains(&context.map.capacity()), "hash tables round up");
    assert_eq!(context.set.capacity(), 0);
    assert!(context.items.is_empty() && context.map.is_empty());
    assert!(context.reusable());
}

#[test]
fn discard_above() {
    #[derive(Default, Reset)]
    struct Context {
        #[reset(discard_above = 64)]
        body: Vec<u8>,
    }

    let mut context = Context::default();
    context.body.reserve_exact(64);
    context.reset();
    assert!(context.reusable());
    assert_eq!(context.body.capacity(), 64);

    context.body.reserve_exact(65);
    context.body.push(7);
    context.reset();
    assert!(context.body.is_empty());
    assert_eq!(context.body.capacity(), 65, "nothing is shrunk");
    assert!(!context.reusable());
    assert_eq!(context.retained_bytes(), 65);
}

#[test]
fn discard_above_asks_the_field_too() {
    /// A buffer that is used up as a whole.
    #[derive(Default)]
    struct Buffer(Part, Vec<u8>);

    impl Reset for Buffer {
        fn reset(&mut self) {
            self.0.reset();
        }

        fn reusable(&self) -> bool {
            self.0.reusable()
        }
    }

    impl ratoon_reset::Capacity for Buffer {
        fn capacity(&self) -> usize {
            self.1.capacity()
        }

        fn shrink_to(&mut self, max: usize) {
            self.1.shrink_to(max);
        }
    }

    #[derive(Default, Reset)]
    struct Context(#[reset(discard_above = 64)] Buffer);

    let mut context = Context::default();
    assert!(context.reusable());
    context.0.0.used_up = true;
    assert!(!context.reusable());
}

#[test]
fn shrinking_comes_before_discarding() {
    #[derive(Default, Reset)]
    struct Context {
        #[reset(max_capacity = 16, discard_above = 32)]
        shrunk: Vec<u8>,
        // Does not clear, so that there is nothing to shrink.
        #[reset(with = drop, bytes = Vec::capacity, max_capacity = 16, discard_above = 32)]
        kept: Vec<u8>,
    }

    fn drop(_: &mut Vec<u8>) {}

    let mut context = Context { shrunk: vec![0; 1000], kept: vec![0; 10] };
    context.reset();
    assert_eq!(context.shrunk.capacity(), 16);
    assert!(context.reusable());

    context.kept = vec![0; 33];
    context.reset();
    assert_eq!(context.kept.capacity(), 33);
    assert!(!context.reusable());
}

#[test]
fn limits_of_inner() {
    #[derive(Default, Reset)]
    struct Context {
        #[reset(inner = "every request has one", max_capacity = 16)]
        shrunk: Option<Vec<u8>>,
        #[reset(inner = "every request has one", discard_above = 16)]
        discarded: Option<Vec<u8>>,
    }

    let mut context = Context::default();
    context.reset();
    assert!(context.reusable());

    context.shrunk = Some(Vec::with_capacity(1000));
    context.discarded = Some(Vec::with_capacity(16));
    context.reset();
    assert_eq!(context.shrunk.as_ref().map(Vec::capacity), Some(16));
    assert!(context.reusable());

    context.discarded = Some(Vec::with_capacity(17));
    context.reset();
    assert!(!context.reusable());
}

#[test]
fn limits_that_are_computed() {
    fn configured() -> Option<usize> {
        Some(16)
    }

    #[derive(Default, Reset)]
    struct Context {
        #[reset(max_capacity = match configured() { Some(max) => max, None => return usize::MAX })]
        shrunk: Vec<u8>,
        #[reset(discard_above = { configured().unwrap_or(0) * 2 })]
        discarded: Vec<u8>,
    }

    let mut context = Context::default();
    context.shrunk.reserve_exact(100);
    context.discarded.reserve_exact(32);
    context.reset();
    assert_eq!(context.shrunk.capacity(), 16);
    assert!(context.reusable());
    context.discarded.reserve_exact(33);
    assert!(!context.reusable());
}

#[test]
fn sum_of_bytes_that_overflows() {
    #[derive(Reset)]
    struct Parts(Part, Part);

    let part = || Part { bytes: usize::MAX - 1, ..Part::default() };
    assert_eq!(Parts(part(), part()).retained_bytes(), usize::MAX);
}

#[test]
fn bytes() {
    fn bytes_of(opaque: &Opaque) -> usize {
        usize::try_from(opaque.0).unwrap()
    }

    fn deep(items: &[String]) -> usize {
        items.iter().map(String::capacity).sum()
    }

    #[derive(Reset)]
    struct Context {
        #[reset(skip = "kept", bytes = bytes_of)]
        skipped: Opaque,
        #[reset(with = Vec::clear, bytes = Vec::capacity)]
        with: Vec<u8>,
        #[reset(bytes = deep)]
        instead_of_its_own: Vec<String>,
        #[reset(inner = "presence says nothing", bytes = Option::is_some_and_9)]
        inner: Option<String>,
    }

    trait Is9 {
        fn is_some_and_9(&self) -> usize;
    }

    impl Is9 for Option<String> {
        fn is_some_and_9(&self) -> usize {
            if self.is_some() { 9 } else { 0 }
        }
    }

    let context = Context {
        skipped: Opaque(1),
        with: Vec::with_capacity(20),
        instead_of_its_own: vec![String::with_capacity(300)],
        inner: Some(String::with_capacity(1)),
    };
    assert_eq!(context.retained_bytes(), 1 + 20 + 300 + 9);
}

/// A container of another crate: it has the methods, and neither `Reset` nor `Capacity`.
#[derive(Default)]
struct Foreign<T>(Vec<T>);

impl<T> Foreign<T> {
    fn clear(&mut self) {
        self.0.clear();
    }

    fn capacity(&self) -> usize {
        self.0.capacity()
    }

    fn shrink_to(&mut self, max: usize) {
        self.0.shrink_to(max);
    }

    fn bytes(&self) -> usize {
        self.0.retained_bytes()
    }
}

#[test]
fn limits_of_a_foreign_container() {
    #[derive(Default, Reset)]
    struct Context<T> {
        #[reset(with = Foreign::clear, bytes = Foreign::bytes, max_capacity = 16)]
        shrunk: Foreign<T>,
        #[reset(with = Foreign::clear, bytes = Foreign::bytes, discard_above = 16)]
        discarded: Foreign<T>,
        // `Capacity` goes first: a `Vec` of zero-sized elements claims an endless capacity.
        #[reset(with = Vec::clear, bytes = 0, discard_above = 16)]
        empty: Vec<()>,
    }

    let mut context = Context::<u32>::default();
    context.shrunk.0 = vec![7; 1000];
    context.discarded.0 = vec![7; 16];
    context.reset();
    assert_eq!((context.shrunk.0.len(), context.shrunk.capacity()), (0, 16));
    assert_eq!(context.retained_bytes(), (16 + 16) * size_of::<u32>());
    assert!(context.reusable());

    context.discarded.0 = vec![7; 17];
    context.reset();
    assert_eq!(context.retained_bytes(), (16 + 17) * size_of::<u32>());
    assert!(!context.reusable());
}

#[test]
fn reusable() {
    /// A lock of another crate.
    #[derive(Default)]
    struct Lock {
        is_held: bool,
    }

    impl Lock {
        fn clear(&mut self) {}

        fn is_free(&self) -> bool {
            !self.is_held
        }
    }

    #[derive(Default, Reset)]
    struct Context {
        #[reset(with = Lock::clear, bytes = 0, reusable = Lock::is_free)]
        lock: Lock,
        #[reset(skip = "kept", reusable = Lock::is_free)]
        skipped: Lock,
        #[reset(reusable = Vec::is_empty, discard_above = 16)]
        items: Vec<u8>,
        // One condition more, not another one.
        #[reset(reusable = yes)]
        part: Part,
        #[reset(inner = "presence says nothing", reusable = Option::is_none)]
        inner: Option<u8>,
    }

    fn yes(_: &Part) -> bool {
        true
    }

    let reusable = |dirty: fn(&mut Context)| {
        let mut context = Context::default();
        dirty(&mut context);
        context.reset();
        context.reusable()
    };
    assert!(reusable(|_| {}));
    assert!(!reusable(|context| context.lock.is_held = true));
    assert!(!reusable(|context| context.skipped.is_held = true));
    assert!(!reusable(|context| context.items.reserve(17)));
    assert!(!reusable(|context| context.part.used_up = true));
    assert!(!reusable(|context| context.inner = Some(7)));
}
