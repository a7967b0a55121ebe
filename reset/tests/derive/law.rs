//! The law, at random. After any requests and a reset,
//!
//! 1. the value equals a fresh one, but for what its author excepted;
//! 2. capacities are what they were, or shrunk to their `max_capacity`;
//! 3. `reusable` is false exactly where a capacity is above its `discard_above`;
//! 4. `retained_bytes` is the sum over the fields;
//! 5. a second reset changes nothing.

use std::collections::{BTreeMap, HashMap, VecDeque};

use proptest::collection::vec;
use proptest::prelude::*;
use ratoon_reset::Reset;

const MAX: usize = 32;
const ABOVE: usize = 64;

#[derive(Clone, Debug, Default, PartialEq, Reset)]
struct Context {
    user: u64,
    session: Option<Session>,
    #[reset(inner = "every request after the first has one")]
    last: Option<Session>,
    headers: HashMap<u8, Vec<String>>,
    trailers: BTreeMap<u8, String>,
    parts: ([Vec<u8>; 2], Frame),
    state: State,
    #[reset(discard_above = ABOVE)]
    queue: VecDeque<u8>,
    #[reset(skip = "counts over all requests")]
    served: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Reset)]
struct Session {
    id: String,
    #[reset(default)]
    roles: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Reset)]
struct Frame(
    #[reset(max_capacity = MAX)] Vec<u16>,
    #[reset(value = 7)] u8,
    #[reset(with = String::clear, bytes = String::capacity)] String,
);

#[derive(Clone, Debug, Default, PartialEq, Reset)]
enum State {
    #[default]
    #[reset(to)]
    Idle,
    Reading(Vec<u8>),
    Done {
        code: u16,
    },
}

/// What a request does to its context.
#[derive(Clone, Debug)]
enum Op {
    User(u64),
    Session(String, Vec<String>),
    Last(String),
    Header(u8, String),
    Trailer(u8, String),
    Part(bool, Vec<u8>),
    Frame(Vec<u16>, u8, String),
    Read(Vec<u8>),
    Done(u16),
    Queue(Vec<u8>),
    Serve,
}

fn op() -> impl Strategy<Value = Op> {
    let text = || "[a-z]{0,40}";
    let bytes = || vec(any::<u8>(), 0..100);
    prop_oneof![
        any::<u64>().prop_map(Op::User),
        (text(), vec(text(), 0..4)).prop_map(|(id, roles)| Op::Session(id, roles)),
        text().prop_map(Op::Last),
        (any::<u8>(), text()).prop_map(|(key, value)| Op::Header(key, value)),
        (any::<u8>(), text()).prop_map(|(key, value)| Op::Trailer(key, value)),
        (any::<bool>(), bytes()).prop_map(|(which, bytes)| Op::Part(which, bytes)),
        (vec(any::<u16>(), 0..100), any::<u8>(), text()).prop_map(|(a, b, c)| Op::Frame(a, b, c)),
        bytes().prop_map(Op::Read),
        any::<u16>().prop_map(Op::Done),
        bytes().prop_map(Op::Queue),
        Just(Op::Serve),
    ]
}

fn apply(context: &mut Context, op: Op) {
    match op {
        Op::User(user) => context.user = user,
        Op::Session(id, roles) => context.session = Some(Session { id, roles }),
        Op::Last(id) => context.last.get_or_insert_default().id.push_str(&id),
        Op::Header(key, value) => context.headers.entry(key).or_default().push(value),
        Op::Trailer(key, value) => drop(context.trailers.insert(key, value)),
        Op::Part(which, bytes) => context.parts.0[usize::from(which)].extend(bytes),
        Op::Frame(words, byte, text) => {
            context.parts.1.0.extend(words);
            context.parts.1.1 = byte;
            context.parts.1.2.push_str(&text);
        }
        Op::Read(bytes) => context.state = State::Reading(bytes),
        Op::Done(code) => context.state = State::Done { code },
        Op::Queue(bytes) => context.queue.extend(bytes),
        Op::Serve => context.served += 1,
    }
}

/// A fresh context, with what its author excepted taken over from `used`.
fn expected(used: &Context) -> Context {
    Context {
        served: used.served,
        last: used.last.as_ref().map(|_| Session::default()),
        // `value = 7`: `Default` does not know it.
        parts: ([const { Vec::new() }; 2], Frame(Vec::new(), 7, String::new())),
        ..Context::default()
    }
}

impl Context {
    /// Bytes of every buffer that is kept: last id, headers, parts, words, text, queue.
    fn buffers(&self) -> [usize; 7] {
        let Self { last, headers, parts: (parts, frame), queue, .. } = self;
        [
            last.as_ref().map_or(0, |session| session.id.capacity()),
            headers.retained_bytes(),
            parts[0].capacity(),
            parts[1].capacity(),
            frame.0.capacity() * size_of::<u16>(),
            frame.2.capacity(),
            queue.capacity(),
        ]
    }
}

proptest! {
    #[test]
    fn law_of_nested_containers(requests in vec(vec(op(), 0..20), 1..6)) {
        let mut context = Context::default();
        for ops in requests {
            ops.into_iter().for_each(|op| apply(&mut context, op));
            let used = context.clone();
            let mut kept = context.buffers();
            kept[4] = kept[4].min(MAX * size_of::<u16>());

            context.reset();
            prop_assert_eq!(&context, &expected(&used));
            prop_assert_eq!(context.buffers(), kept);
            prop_assert_eq!(context.reusable(), context.queue.capacity() <= ABOVE);
            prop_assert_eq!(context.retained_bytes(), kept.iter().sum::<usize>());

            context.reset();
            prop_assert_eq!(&context, &expected(&used));
            prop_assert_eq!(context.buffers(), kept);
        }
    }
}
