//! The pool against naive allocation, eight published pools and what people write by hand.

mod adapter;
mod baselines;
mod cold;
mod get_put;
mod handoff;
mod objects;
mod peers;
mod trim_storm;

pub use adapter::{AnyPool, ResetAtPut, SendVisitor, Unboxed, Visitor};
pub use objects::{Block, Boxed, CAPACITY, Context, Object, Small};

use super::Section;
use crate::harness::{Ratio, Workload};

/// Visits every pool, the baselines and naive allocation.
pub fn visit<T: Object>(visitor: &mut impl Visitor<T>) {
    baselines::visit(visitor);
    peers::visit(visitor);
}

/// The section `pool`.
pub const SECTION: Section = Section {
    name: "pool",
    title: "Object pool",
    workloads: &[
        GET_PUT_1T,
        GET_PUT_2T,
        CONTEXT_1T,
        CONTEXT_2T,
        LOCAL_1T,
        HANDOFF,
        HANDOFF_UNREAD,
        DEPTH_8,
        DEPTH_64,
        DEPTH_1000,
        SIZE_8,
        SIZE_512,
        SIZE_4K,
        SIZE_64K,
        COLD,
    ],
    experiments: &[handoff::BOUND, trim_storm::EXPERIMENT],
};

const GET_PUT_1T: Workload = Workload {
    key: "pool/get_put_1t",
    title: "get + put, 64-byte object, 1 thread",
    leaves_out: "An object that costs something to reset; cold caches between two requests.",
    ratios: &[Ratio::OverNs("over_floor_ns", get_put::FLOOR), Ratio::VsBestPeer, Ratio::VsMalloc],
    subjects: |_| get_put::on_one_thread::<Small>(),
};

const GET_PUT_2T: Workload = Workload {
    key: "pool/get_put_2t",
    title: "get + put, 64-byte object, 2 threads (or --threads)",
    leaves_out: "Threads that do other work in between: here a shared pool is contended all the time.",
    ratios: &[Ratio::VsBestPeer, Ratio::VsMalloc],
    subjects: get_put::on_threads::<Small>,
};

const CONTEXT_1T: Workload = Workload {
    key: "pool/context_1t",
    title: "request context: get, fill, reset, put, 1 thread",
    leaves_out: "Contexts of very different sizes; naive allocation profits from a warm, quiet heap.",
    ratios: &[Ratio::VsBestPeer, Ratio::VsMalloc, Ratio::Allocations("pool/allocs_per_op")],
    subjects: |_| get_put::on_one_thread::<Context>(),
};

const CONTEXT_2T: Workload = Workload {
    key: "pool/context_2t",
    title: "request context: get, fill, reset, put, 2 threads (or --threads)",
    leaves_out: "Threads that do other work in between: here a shared pool is contended all the time.",
    ratios: &[Ratio::VsBestPeer, Ratio::VsMalloc],
    subjects: get_put::on_threads::<Context>,
};

const LOCAL_1T: Workload = Workload {
    key: "pool/local_1t",
    title: "request context through a handle that stays on its thread",
    leaves_out: "Any sharing: opool's LocalPool is not reachable from a second thread at all.",
    ratios: &[Ratio::VsBestPeer],
    subjects: |_| get_put::through_a_local_handle(),
};

const HANDOFF: Workload = Workload {
    key: "pool/handoff",
    title: "request context: get on one thread, read and drop on another, through a bounded queue",
    leaves_out: "Batches; about 15 ns of each figure are the queue's.",
    ratios: &[Ratio::VsBestPeer, Ratio::VsMalloc],
    subjects: |_| handoff::subjects(),
};

const HANDOFF_UNREAD: Workload = Workload {
    key: "pool/handoff_unread",
    title: "the same, but the other thread drops what it never read",
    leaves_out: "A consumer that does something with what it gets: pools that reset at get hardly touch \
                 the object on the second thread.",
    ratios: &[Ratio::VsBestPeer],
    subjects: |_| handoff::unread_subjects(),
};

const DEPTH_8: Workload = depth::<8>("pool/depth_8", "8 contexts held at once");
const DEPTH_64: Workload = depth::<64>("pool/depth_64", "64 contexts held at once");
const DEPTH_1000: Workload = depth::<1000>("pool/depth_1000", "1000 contexts held at once");

const fn depth<const DEPTH: usize>(key: &'static str, title: &'static str) -> Workload {
    Workload {
        key,
        title,
        leaves_out: "Objects that come back in another order than they were taken in.",
        ratios: &[Ratio::VsBestPeer, Ratio::VsMalloc],
        subjects: |_| get_put::held::<Context>(DEPTH),
    }
}

const SIZE_8: Workload = size::<1>("pool/size_8", "get + put, 8-byte object");
const SIZE_512: Workload = size::<64>("pool/size_512", "get + put, 512-byte object");
const SIZE_4K: Workload = size::<512>("pool/size_4k", "get + put, 4-KiB object");
const SIZE_64K: Workload = size::<8192>("pool/size_64k", "get + put, 64-KiB object");

const fn size<const WORDS: usize>(key: &'static str, title: &'static str) -> Workload
where
    Block<WORDS>: Object,
{
    Workload {
        key,
        title,
        leaves_out: "Objects whose reset grows with their size: one word is used and reset, while \
                     naive allocation also zeroes each new object.",
        ratios: &[Ratio::VsBestPeer, Ratio::VsMalloc],
        subjects: |_| get_put::on_one_thread::<Block<WORDS>>(),
    }
}

const COLD: Workload = Workload {
    key: "pool/cold",
    title: "cold start: a new pool, 8 contexts taken and returned, the pool dropped",
    leaves_out: "Pools that live in statics and thread-locals only (rylv-pool, poolshark's local one).",
    ratios: &[Ratio::VsBestPeer],
    subjects: |_| cold::subjects(),
};
