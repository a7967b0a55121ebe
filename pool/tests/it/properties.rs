//! Any order of operations on several threads, against a list of what exists.
//!
//! After every step:
//!
//! 1. What a get returns is fresh, and nobody has it: it was idle before, or is new.
//! 2. No object is lost or dropped twice: those alive are those in use and those idle.
//! 3. The figures add up.
//! 4. Idle objects are within the bound: those of the depot, and those of each thread and `Local`.
//!
//! And in the end every object that was made has been dropped once.

use std::collections::BTreeSet;
use std::mem::{self, ManuallyDrop};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use ratoon_pool::{Local, LocalPooled, Pool, Pooled};

use crate::support::{Ledger, Probe};

type Factory<'e> = &'e (dyn Fn() -> Probe + Sync);
type Guard<'e> = Pooled<'e, Probe>;

const THREADS: usize = 3;
const MAX_BYTES: usize = 64;

#[derive(Clone, Copy, Debug)]
enum Op {
    Get,
    /// Drops one of the guards, whoever got it.
    Put {
        which: usize,
        how: Put,
    },
    Detach {
        which: usize,
    },
    Discard {
        which: usize,
    },
    Forget {
        which: usize,
    },
    OpenLocal,
    GetLocal,
    PutLocal {
        which: usize,
    },
    /// With all its guards.
    CloseLocal,
    Prefill {
        objects: usize,
    },
    Trim,
    Clear,
    Flush,
    /// The thread ends, and another one comes in its place.
    Replace,
}

/// In which state an object is put.
#[derive(Clone, Copy, Debug)]
enum Put {
    Dirty,
    TooLarge,
    NotReusable,
    Unwinding,
}

fn op() -> impl Strategy<Value = Op> {
    let which = any::<usize>();
    let how = prop_oneof![
        6 => Just(Put::Dirty),
        1 => Just(Put::TooLarge),
        1 => Just(Put::NotReusable),
        1 => Just(Put::Unwinding),
    ];
    prop_oneof![
        12 => Just(Op::Get),
        12 => (which, how).prop_map(|(which, how)| Op::Put { which, how }),
        1 => which.prop_map(|which| Op::Detach { which }),
        1 => which.prop_map(|which| Op::Discard { which }),
        1 => which.prop_map(|which| Op::Forget { which }),
        2 => Just(Op::OpenLocal),
        4 => Just(Op::GetLocal),
        3 => which.prop_map(|which| Op::PutLocal { which }),
        1 => Just(Op::CloseLocal),
        1 => (0..6_usize).prop_map(|objects| Op::Prefill { objects }),
        2 => Just(Op::Trim),
        1 => Just(Op::Clear),
        2 => Just(Op::Flush),
        1 => Just(Op::Replace),
    ]
}

/// What a thread is told; it answers with [`Answer`].
enum Order<'e> {
    Get,
    Put(Guard<'e>),
    Detach(Guard<'e>),
    Discard(Guard<'e>),
    PutUnwinding(Guard<'e>),
    OpenLocal,
    GetLocal,
    PutLocal(usize),
    CloseLocal,
    Prefill(usize),
    Trim,
    Clear,
    Flush,
}

enum Answer<'e> {
    Done,
    Got(Guard<'e>),
    GotLocal(usize),
    PutLocal(usize),
}

struct Thread<'s, 'e> {
    orders: Sender<Order<'e>>,
    answers: Receiver<Answer<'e>>,
    handle: ScopedJoinHandle<'s, ()>,
    /// Ids of what its `Local` has given out.
    local: Option<Vec<usize>>,
}

impl<'s, 'e: 's> Thread<'s, 'e> {
    fn start(scope: &'s Scope<'s, 'e>, pool: &'e Pool<Probe, Factory<'e>>) -> Self {
        let (orders, inbox) = channel();
        let (outbox, answers) = channel();
        let handle = scope.spawn(move || {
            while let Ok(order) = inbox.recv() {
                match order {
                    Order::OpenLocal => {
                        outbox.send(Answer::Done).expect("the model listens");
                        obey_with_local(pool, &pool.local(), &inbox, &outbox);
                        // Its own end is answered when it is over.
                        let _ = outbox.send(Answer::Done);
                    }
                    order => outbox.send(obey(pool, order)).expect("the model listens"),
                }
            }
        });
        Self { orders, answers, handle, local: None }
    }

    fn tell(&self, order: Order<'e>) -> Answer<'e> {
        self.orders.send(order).expect("the thread lives");
        self.answers.recv().expect("the thread did not panic")
    }

    /// After this, the thread's locals are destroyed.
    fn end(self) {
        drop(self.orders);
        self.handle.join().expect("the thread did not panic");
    }
}

fn obey<'e>(pool: &'e Pool<Probe, Factory<'e>>, order: Order<'e>) -> Answer<'e> {
    match order {
        Order::Get => return Answer::Got(pool.get()),
        Order::Put(guard) => drop(guard),
        Order::Detach(guard) => drop(guard.detach()),
        Order::Discard(guard) => guard.discard(),
        Order::PutUnwinding(guard) => {
            let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let _guard = guard;
                std::panic::resume_unwind(Box::new("half way through a request"));
            }));
            assert!(unwound.is_err());
        }
        Order::Prefill(objects) => pool.prefill(objects),
        Order::Trim => pool.trim(),
        Order::Clear => pool.clear(),
        Order::Flush => pool.flush_local(),
        Order::OpenLocal | Order::GetLocal | Order::PutLocal(_) | Order::CloseLocal => {
            unreachable!("the model tells it only in the right state")
        }
    }
    Answer::Done
}

fn obey_with_local<'e>(
    pool: &'e Pool<Probe, Factory<'e>>,
    local: &Local<'e, Probe, Factory<'e>>,
    inbox: &Receiver<Order<'e>>,
    outbox: &Sender<Answer<'e>>,
) {
    let mut held: Vec<LocalPooled<'_, Probe, Factory<'e>>> = Vec::new();
    while let Ok(order) = inbox.recv() {
        let answer = match order {
            Order::GetLocal => {
                let mut probe = local.get();
                assert_fresh(&probe);
                probe.value = 1;
                held.push(probe);
                Answer::GotLocal(held[held.len() - 1].id)
            }
            Order::PutLocal(which) => {
                let probe = held.swap_remove(which % held.len());
                Answer::PutLocal(probe.id)
            }
            Order::CloseLocal => return,
            order => obey(pool, order),
        };
        outbox.send(answer).expect("the model listens");
    }
}

#[track_caller]
fn assert_fresh(probe: &Probe) {
    assert_eq!((probe.value, probe.text.as_str()), (0, ""), "dirty");
}

/// What the model knows.
#[derive(Default)]
struct Known {
    in_use: BTreeSet<usize>,
    forgotten: BTreeSet<usize>,
    gone: BTreeSet<usize>,
}

impl Known {
    fn got(&mut self, id: usize) {
        assert!(
            !self.gone.contains(&id) && !self.forgotten.contains(&id),
            "came back from the dead"
        );
        assert!(self.in_use.insert(id), "two holders");
    }

    fn put(&mut self, id: usize) {
        assert!(self.in_use.remove(&id));
    }

    fn gone(&mut self, id: usize) {
        self.put(id);
        self.gone.insert(id);
    }
}

struct Model<'s, 'e> {
    scope: &'s Scope<'s, 'e>,
    pool: &'e Pool<Probe, Factory<'e>>,
    threads: Vec<Thread<'s, 'e>>,
    guards: Vec<Guard<'e>>,
    /// What `mem::forget` does, but kept for the leak checkers.
    forgotten: Vec<ManuallyDrop<Guard<'e>>>,
    known: Known,
    ledger: &'e Ledger,
    local_capacity: usize,
    shared_capacity: usize,
}

impl<'s, 'e: 's> Model<'s, 'e> {
    fn step(&mut self, on: usize, op: Op) {
        match op {
            Op::Get => {
                let Answer::Got(mut guard) = self.threads[on].tell(Order::Get) else { panic!() };
                assert_fresh(&guard);
                self.known.got(guard.id);
                guard.value = 7;
                guard.text.push_str("somebody's");
                self.guards.push(guard);
            }
            Op::Put { which, how } => self.put(on, which, how),
            Op::Detach { which } => self.remove(on, which, Order::Detach),
            Op::Discard { which } => self.remove(on, which, Order::Discard),
            Op::Forget { which } => {
                if let Some(guard) = self.take_guard(which) {
                    self.known.put(guard.id);
                    self.known.forgotten.insert(guard.id);
                    self.forgotten.push(ManuallyDrop::new(guard));
                }
            }
            Op::OpenLocal => {
                let thread = &mut self.threads[on];
                if thread.local.is_none() {
                    thread.tell(Order::OpenLocal);
                    thread.local = Some(Vec::new());
                }
            }
            Op::GetLocal => {
                let thread = &mut self.threads[on];
                if let Some(held) = thread.local.take() {
                    let Answer::GotLocal(id) = thread.tell(Order::GetLocal) else { panic!() };
                    self.known.got(id);
                    thread.local = Some([held, vec![id]].concat());
                }
            }
            Op::PutLocal { which } => {
                let thread = &mut self.threads[on];
                let some = thread.local.as_ref().is_some_and(|held| !held.is_empty());
                if some {
                    let Answer::PutLocal(id) = thread.tell(Order::PutLocal(which)) else {
                        panic!()
                    };
                    self.known.put(id);
                    thread.local.as_mut().expect("as seen").retain(|&other| other != id);
                }
            }
            Op::CloseLocal => self.close_local(on),
            Op::Prefill { objects } => drop(self.threads[on].tell(Order::Prefill(objects))),
            Op::Trim => drop(self.threads[on].tell(Order::Trim)),
            Op::Clear => {
                self.threads[on].tell(Order::Clear);
                assert_eq!(self.pool.stats().idle_in_depot, 0);
            }
            Op::Flush => drop(self.threads[on].tell(Order::Flush)),
            Op::Replace => {
                self.close_local(on);
                // The newcomer first: it must not simply get the other's index.
                let newcomer = Thread::start(self.scope, self.pool);
                mem::replace(&mut self.threads[on], newcomer).end();
            }
        }
    }

    fn take_guard(&mut self, which: usize) -> Option<Guard<'e>> {
        let count = self.guards.len();
        (count > 0).then(|| self.guards.swap_remove(which % count))
    }

    fn put(&mut self, on: usize, which: usize, how: Put) {
        let Some(mut guard) = self.take_guard(which) else { return };
        let id = guard.id;
        let order = match how {
            Put::Dirty => {
                self.known.put(id);
                self.threads[on].tell(Order::Put(guard));
                return;
            }
            Put::TooLarge => {
                guard.text.reserve(MAX_BYTES + 1);
                Order::Put(guard)
            }
            Put::NotReusable => {
                guard.reusable = false;
                Order::Put(guard)
            }
            Put::Unwinding => Order::PutUnwinding(guard),
        };
        self.known.gone(id);
        self.threads[on].tell(order);
    }

    fn remove(&mut self, on: usize, which: usize, order: fn(Guard<'e>) -> Order<'e>) {
        if let Some(guard) = self.take_guard(which) {
            self.known.gone(guard.id);
            self.threads[on].tell(order(guard));
        }
    }

    fn close_local(&mut self, on: usize) {
        if let Some(held) = self.threads[on].local.take() {
            self.threads[on].tell(Order::CloseLocal);
            held.into_iter().for_each(|id| self.known.put(id));
        }
    }

    fn check(&self) {
        let stats = self.pool.stats();
        let (in_use, forgotten) = (self.known.in_use.len(), self.known.forgotten.len());
        assert_eq!(self.ledger.alive(), in_use + forgotten + stats.idle(), "lost or doubled");
        assert_eq!(stats.created, self.ledger.made() as u64);
        let accounted = in_use + forgotten + stats.idle();
        assert_eq!(stats.created, accounted as u64 + stats.detached + stats.discarded.total());
        assert!(stats.idle_in_depot <= self.shared_capacity, "{stats:?}");
        let locals = self.threads.iter().filter(|thread| thread.local.is_some()).count();
        // While one thread replaces another there are more.
        let caches = THREADS + 1 + locals;
        assert!(stats.idle_in_threads <= caches * self.local_capacity, "{stats:?}");
    }
}

proptest! {
    #[test]
    fn objects_are_never_lost_doubled_or_dirty(
        local_capacity in prop_oneof![0..5_usize, Just(8_usize)],
        shared_capacity in 0..7_usize,
        ops in vec((0..THREADS, op()), 1..120),
    ) {
        let ledger = Ledger::default();
        {
            let factory = || {
                let mut probe = ledger.probe();
                probe.text.push_str("not what a reset leaves");
                probe
            };
            let pool = Pool::builder_with(&factory as Factory<'_>)
                .local_capacity(local_capacity)
                .shared_capacity(shared_capacity)
                .max_retained_bytes(MAX_BYTES)
                .trim_window(Duration::ZERO)
                .build();
            let pool = &pool;
            thread::scope(|scope| {
                let threads = (0..THREADS).map(|_| Thread::start(scope, pool)).collect();
                let mut model = Model {
                    scope,
                    pool,
                    threads,
                    guards: Vec::new(),
                    forgotten: Vec::new(),
                    known: Known::default(),
                    ledger: &ledger,
                    local_capacity,
                    shared_capacity,
                };
                for &(on, op) in &ops {
                    model.step(on, op);
                    model.check();
                }
                model.forgotten.into_iter().map(ManuallyDrop::into_inner).for_each(Guard::discard);
            });
        }
        prop_assert_eq!(ledger.alive(), 0);
    }
}
