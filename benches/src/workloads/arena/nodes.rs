//! A cycle of nodes that own something with a destructor: typed-arena's home ground.

use std::cell::Cell;
use std::hint::black_box;

use ratoon_arena::Arena;

use crate::harness::{Kind, Subject};

/// What runs a destructor: a string on the heap.
struct Payload(String);

impl Payload {
    fn new(i: u64) -> Payload {
        Payload(String::from(if i.is_multiple_of(2) { "even" } else { "odd, and longer" }))
    }
}

/// Nodes per operation.
const NODES: u64 = 64;

/// A ring of nodes, walked once, then dropped with its strings.
pub(super) fn subjects() -> Vec<Subject> {
    let mut arena = Arena::with_capacity(64 * 1024);
    vec![
        Subject::new("ratoon", Kind::Ratoon, move |i| {
            let sum = in_ratoon(&arena, i);
            arena.reset();
            sum
        }),
        Subject::new("typed-arena", Kind::Peer, in_typed_arena),
        Subject::new("malloc", Kind::Malloc, in_vec),
    ]
}

/// `alloc_deferred` takes what is `'static`, so links and payload are two allocations.
struct Linked<'a> {
    payload: &'a Payload,
    next: Cell<Option<&'a Linked<'a>>>,
}

fn in_ratoon(arena: &Arena, i: u64) -> u64 {
    let node = |at| {
        let payload: &Payload = arena.alloc_deferred(Payload::new(i + at));
        let node: &Linked<'_> = arena.alloc(Linked { payload, next: Cell::new(None) });
        node
    };
    let first = node(0);
    let mut last = first;
    for at in 1..NODES {
        let next = node(at);
        last.next.set(Some(next));
        last = next;
    }
    last.next.set(Some(first));
    let (mut sum, mut here) = (0, first);
    for _ in 0..NODES {
        sum += black_box(here.payload).0.len() as u64;
        here = here.next.get().expect("a ring has no end");
    }
    sum
}

struct Node<'a> {
    payload: Payload,
    next: Cell<Option<&'a Node<'a>>>,
}

fn in_typed_arena(i: u64) -> u64 {
    let arena = typed_arena::Arena::with_capacity(NODES as usize);
    let node = |at| &*arena.alloc(Node { payload: Payload::new(i + at), next: Cell::new(None) });
    let first: &Node<'_> = node(0);
    let mut last = first;
    for at in 1..NODES {
        let next = node(at);
        last.next.set(Some(next));
        last = next;
    }
    last.next.set(Some(first));
    let (mut sum, mut here) = (0, first);
    for _ in 0..NODES {
        sum += black_box(&here.payload).0.len() as u64;
        here = here.next.get().expect("a ring has no end");
    }
    sum
}

/// Boxes cannot point at one another: indices stand in for links.
fn in_vec(i: u64) -> u64 {
    let nodes: Vec<Box<(Payload, usize)>> = (0..NODES)
        .map(|at| Box::new((Payload::new(i + at), ((at + 1) % NODES) as usize)))
        .collect();
    let (mut sum, mut here) = (0, 0);
    for _ in 0..NODES {
        sum += black_box(&nodes[here]).0.0.len() as u64;
        here = nodes[here].1;
    }
    sum
}
