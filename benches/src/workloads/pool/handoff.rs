//! Get on one thread, drop on another: what a work queue does all day, and where pools that send
//! objects home, or give up under contention, grow without bound.

use std::marker::PhantomData;
use std::thread;

use crossbeam_queue::ArrayQueue;

use super::adapter::{AnyPool, SendVisitor};
use super::objects::{CAPACITY, Context, Counted, LOCAL_CAPACITY, Object};
use super::{baselines, peers};
use crate::harness::threads::Team;
use crate::harness::{Figure, Kind, Pace, Subject};
use crate::workloads::{Experiment, Table};

/// Guards between the two threads at most.
const QUEUE: usize = 512;

/// Every pool whose guards may be sent. The thread that drops an object reads it first, as a real consumer does:
/// otherwise a pool that resets at get lets that thread drop an object that it never touched.
pub(super) fn subjects() -> Vec<Subject> {
    with_consumer(Context::read)
}

/// The same, but the second thread drops what it never looked at.
pub(super) fn unread_subjects() -> Vec<Subject> {
    with_consumer(|_| 0)
}

fn with_consumer(consume: fn(&Context) -> u64) -> Vec<Subject> {
    let mut subjects = HandOver { subjects: Vec::new(), consume };
    baselines::visit_send::<Context>(&mut subjects);
    peers::visit_send::<Context>(&mut subjects);
    subjects.subjects
}

struct HandOver {
    subjects: Vec<Subject>,
    consume: fn(&Context) -> u64,
}

impl SendVisitor<Context> for HandOver {
    fn visit<P: AnyPool<Context>>(&mut self, name: &'static str, kind: Kind, pool: P)
    where
        P::Guard: Send,
    {
        let team = team(Box::leak(Box::new(pool)), self.consume);
        self.subjects.push(Subject::timed(name, kind, move |iterations| team.run(iterations)));
    }
}

/// Two threads and a queue: thread 0 gets and fills, thread 1 consumes and drops.
fn team<T: Object, P: AnyPool<T, Guard: Send>>(
    pool: &'static P,
    consume: impl Fn(&T) -> u64 + Send + Sync + 'static,
) -> Team {
    let queue = ArrayQueue::new(QUEUE);
    Team::new(2, move |thread, iterations| {
        if thread == 0 {
            (0..iterations).fold(0, |sum: u64, i| {
                let mut object = pool.get();
                let result = object.work(i);
                send(&queue, object);
                sum.wrapping_add(result)
            })
        } else {
            (0..iterations).fold(0, |sum: u64, _| {
                let object = receive(&queue);
                sum.wrapping_add(consume(&object))
            })
        }
    })
}

fn send<G>(queue: &ArrayQueue<G>, mut guard: G) {
    while let Err(full) = queue.push(guard) {
        guard = full;
        pause();
    }
}

fn receive<G>(queue: &ArrayQueue<G>) -> G {
    loop {
        match queue.pop() {
            Some(guard) => return guard,
            None => pause(),
        }
    }
}

/// A short wait on a machine with a core for each thread, and progress on one without.
fn pause() {
    for _ in 0..16 {
        std::hint::spin_loop();
    }
    thread::yield_now();
}

/// How many objects each pool keeps alive under the same load.
pub(super) const BOUND: Experiment = Experiment {
    key: "pool/handoff/objects",
    title: "objects alive during hand-over",
    note: "Bound: what the pool may keep, and what the queue and both threads hold. A consumer that \
           pauses lets returns pile up; a pool that sends them home cannot drop them meanwhile.",
    weight: 4,
    run: |settings| {
        let mut census = Census {
            objects: if settings.pace == Pace::SMOKE { 2_000 } else { 400_000 },
            table: Table::new(&["pool", "most alive", "idle afterwards", "bound", "over"]),
        };
        census.visit("ratoon", Kind::Ratoon, baselines::Ratoon::<Counted>(PhantomData));
        peers::visit_send::<Counted>(&mut census);
        Ok(census.table)
    },
};

struct Census {
    objects: u64,
    table: Table,
}

impl SendVisitor<Counted> for Census {
    fn visit<P: AnyPool<Counted>>(&mut self, name: &'static str, kind: Kind, pool: P)
    where
        P::Guard: Send,
    {
        let before = Counted::alive();
        Counted::take_most_alive();
        let team = team(Box::leak(Box::new(pool)), |_| 0);
        team.run(self.objects);
        let most = Counted::take_most_alive() - before;
        let idle = Counted::alive() - before;
        let held = QUEUE + 2;
        let bound =
            (held + CAPACITY + if kind == Kind::Ratoon { 2 * LOCAL_CAPACITY } else { 0 }) as u64;
        let over = most.saturating_sub(bound);
        self.table.row([
            name.into(),
            most.to_string(),
            idle.to_string(),
            bound.to_string(),
            over.to_string(),
        ]);
        if kind == Kind::Ratoon {
            self.table.figure("pool/handoff/objects_over_bound", Figure::exact(over as f64));
        }
    }
}
