//! A struct of nested containers, dirtied at random, obeys the law:
//!
//! * after `reset` it equals a fresh value,
//! * the capacities of its own containers are what they were,
//! * `retained_bytes` is the sum over them,
//! * and a second reset changes nothing.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, VecDeque};

use proptest::collection::vec;
use proptest::prelude::*;
use ratoon_reset::Reset;
use ratoon_reset::check::assert_reset_with;

#[derive(Debug, Default, Clone, PartialEq)]
struct Context {
    id: u64,
    path: String,
    user: Option<String>,
    rows: Vec<Vec<u16>>,
    queue: VecDeque<(u8, Option<i32>)>,
    headers: HashMap<String, Vec<u8>>,
    order: BTreeMap<u32, String>,
    parts: [String; 2],
    scratch: RefCell<Box<(Vec<u32>, bool)>>,
    note: Cow<'static, str>,
}

impl Reset for Context {
    fn reset(&mut self) {
        let Self { id, path, user, rows, queue, headers, order, parts, scratch, note } = self;
        id.reset();
        path.reset();
        user.reset();
        rows.reset();
        queue.reset();
        headers.reset();
        order.reset();
        parts.reset();
        scratch.reset();
        note.reset();
    }

    fn reusable(&self) -> bool {
        self.scratch.reusable()
    }

    fn retained_bytes(&self) -> usize {
        self.path.retained_bytes()
            + self.rows.retained_bytes()
            + self.queue.retained_bytes()
            + self.headers.retained_bytes()
            + self.parts.retained_bytes()
            + self.scratch.retained_bytes()
            + self.note.retained_bytes()
    }
}

impl Context {
    fn capacities(&self) -> [usize; 7] {
        [
            self.path.capacity(),
            self.rows.capacity(),
            self.queue.capacity(),
            self.headers.capacity(),
            self.parts[0].capacity(),
            self.parts[1].capacity(),
            self.scratch.borrow().0.capacity(),
        ]
    }
}

/// One thing that a request does to its context.
#[derive(Debug, Clone)]
enum Op {
    Id(u64),
    Path(String),
    User(Option<String>),
    Row(Vec<u16>),
    Queue(u8, Option<i32>),
    Dequeue,
    Header(String, Vec<u8>),
    Unheader(String),
    Order(u32, String),
    Part(bool, String),
    Scratch(Vec<u32>, bool),
    Note(String),
    Reserve(usize),
}

impl Op {
    fn apply(self, context: &mut Context) {
        match self {
            Op::Id(id) => context.id = id,
            Op::Path(path) => context.path.push_str(&path),
            Op::User(user) => context.user = user,
            Op::Row(row) => context.rows.push(row),
            Op::Queue(kind, value) => context.queue.push_back((kind, value)),
            Op::Dequeue => drop(context.queue.pop_front()),
            Op::Header(name, value) => drop(context.headers.insert(name, value)),
            Op::Unheader(name) => drop(context.headers.remove(&name)),
            Op::Order(key, value) => drop(context.order.insert(key, value)),
            Op::Part(second, text) => context.parts[usize::from(second)].push_str(&text),
            Op::Scratch(list, flag) => {
                let mut scratch = context.scratch.borrow_mut();
                scratch.0.extend(list);
                scratch.1 = flag;
            }
            Op::Note(text) => context.note.to_mut().push_str(&text),
            Op::Reserve(more) => {
                context.rows.reserve(more);
                context.headers.reserve(more);
            }
        }
    }
}

fn op() -> impl Strategy<Value = Op> {
    let text = "[a-z]{0,12}";
    prop_oneof![
        any::<u64>().prop_map(Op::Id),
        text.prop_map(Op::Path),
        proptest::option::of(text).prop_map(Op::User),
        vec(any::<u16>(), 0..20).prop_map(Op::Row),
        any::<(u8, Option<i32>)>().prop_map(|(kind, value)| Op::Queue(kind, value)),
        Just(Op::Dequeue),
        ("[a-d]", vec(any::<u8>(), 0..9)).prop_map(|(name, value)| Op::Header(name, value)),
        "[a-d]".prop_map(Op::Unheader),
        (any::<u32>(), text).prop_map(|(key, value)| Op::Order(key, value)),
        (any::<bool>(), text).prop_map(|(second, text)| Op::Part(second, text)),
        (vec(any::<u32>(), 0..20), any::<bool>()).prop_map(|(list, flag)| Op::Scratch(list, flag)),
        text.prop_map(Op::Note),
        (0_usize..200).prop_map(Op::Reserve),
    ]
}

proptest! {
    #[test]
    fn nested_containers_obey_the_law(requests in vec(vec(op(), 0..40), 1..4)) {
        let mut context = Context::default();
        for request in requests {
            for op in request {
                op.apply(&mut context);
            }
            let before = context.capacities();
            for _ in 0..2 {
                context.reset();
                prop_assert_eq!(&context, &Context::default());
                prop_assert!(context.reusable());
                let after = context.capacities();
                // Removing leaves tombstones that lower a table's capacity; clearing wipes them.
                prop_assert!(after.iter().zip(before).all(|(after, before)| *after >= before));
                let [path, rows, queue, _, first, second, scratch] = after;
                prop_assert_eq!(
                    context.retained_bytes(),
                    path + rows * size_of::<Vec<u16>>()
                        + queue * size_of::<(u8, Option<i32>)>()
                        + context.headers.retained_bytes()
                        + first + second
                        + size_of::<(Vec<u32>, bool)>() + scratch * 4
                        + context.note.retained_bytes()
                );
            }
        }
    }

    #[test]
    fn the_law_checker_agrees(ops in vec(op(), 1..40)) {
        assert_reset_with(
            Context::default,
            |context| {
                ops.into_iter().for_each(|op| op.apply(context));
                context.id = 7;
            },
            Context::clone,
        );
    }
}
