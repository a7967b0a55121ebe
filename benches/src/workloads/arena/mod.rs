//! The arena against naive allocation and the published arenas.

mod adapter;
mod alloc;
mod frame;
mod giant;
mod nodes;
mod peers;
mod request;
mod shared;
mod texts;

pub(super) use adapter::{AnyArena, CAPACITY, Visitor};
pub(super) use peers::visit;
use request::Load;
pub use texts::{Random, Texts};

use super::Section;
use crate::harness::{Ratio, Workload};

/// The section `arena`.
pub const SECTION: Section = Section {
    name: "arena",
    title: "Bump arena",
    workloads: &[
        ALLOC_U64,
        ALLOC_24,
        ALLOC_64,
        ALLOC_STR,
        ALLOC_STR_IN_ORDER,
        ALLOC_STR_MIXED,
        VEC_PUSH,
        STRING_PUSH,
        REQUEST,
        REQUEST_JITTER,
        REQUEST_GIANTS,
        COLD,
        SYNC_ALLOC,
        SYNC_ALLOC_1T,
        FRAME_64,
        FRAME,
        FRAME_4K,
        FRAME_64K,
        NODES,
    ],
    experiments: &[giant::EXPERIMENT],
};

const USUAL: &[Ratio] = &[Ratio::VsBestPeer, Ratio::VsMalloc];
const WARM: &str = "Cold memory: the arena's one chunk stays in the cache between two resets.";

const ALLOC_U64: Workload = Workload {
    key: "arena/alloc_u64",
    title: "alloc 8 bytes",
    leaves_out: WARM,
    ratios: USUAL,
    subjects: |_| alloc::values::<1>(),
};

const ALLOC_24: Workload = Workload {
    key: "arena/alloc_24",
    title: "alloc 24 bytes",
    subjects: |_| alloc::values::<3>(),
    ..ALLOC_U64
};

const ALLOC_64: Workload = Workload {
    key: "arena/alloc_64",
    title: "alloc 64 bytes",
    subjects: |_| alloc::values::<8>(),
    ..ALLOC_U64
};

const ALLOC_STR: Workload = Workload {
    key: "arena/alloc_str",
    title: "alloc_str, 3 to 21 bytes, 12 on average",
    subjects: |_| alloc::strings(Texts::short, Texts::at),
    ..ALLOC_U64
};

const ALLOC_STR_IN_ORDER: Workload = Workload {
    key: "arena/alloc_str_in_order",
    title: "alloc_str, 3 to 21 bytes, in an order that the processor learns",
    leaves_out: "Lengths that are not foreseen, as those of a request are not.",
    subjects: |_| alloc::strings(Texts::short, Texts::in_order),
    ..ALLOC_U64
};

const ALLOC_STR_MIXED: Workload = Workload {
    key: "arena/alloc_str_mixed",
    title: "alloc_str, 3 to 200 bytes",
    subjects: |_| alloc::strings(Texts::mixed, Texts::at),
    ..ALLOC_U64
};

const VEC_PUSH: Workload = Workload {
    key: "arena/vec_push",
    title: "push 64 words to an empty vector",
    leaves_out: "Vectors that interleave with other allocations, and cannot grow in place then.",
    subjects: |_| alloc::growing_vec(),
    ..ALLOC_U64
};

const STRING_PUSH: Workload = Workload {
    key: "arena/string_push",
    title: "push 16 short strings to an empty string",
    subjects: |_| alloc::growing_string(),
    ..VEC_PUSH
};

const REQUEST: Workload = Workload {
    key: "arena/request",
    title: "request cycle: 16 nodes, 16 strings, a growing vector of 32, reset",
    leaves_out: "Work between the allocations.",
    ratios: &[
        Ratio::VsBestPeer,
        Ratio::VsMalloc,
        Ratio::Vs("bumpalo", "bumpalo"),
        Ratio::Allocations("arena/allocs_per_request"),
    ],
    subjects: |_| request::cycle(Load::Fixed),
};

const REQUEST_JITTER: Workload = Workload {
    key: "arena/request_jitter",
    title: "request cycle, half to twice the size at random",
    ratios: &[
        Ratio::VsBestPeer,
        Ratio::VsMalloc,
        Ratio::Allocations("arena/allocs_per_jittered_request"),
    ],
    subjects: |_| request::cycle(Load::Jitter),
    ..REQUEST
};

const REQUEST_GIANTS: Workload = Workload {
    key: "arena/request_giants",
    title: "request cycle, one in ten thousand copies 1 MiB besides",
    ratios: USUAL,
    subjects: |_| request::cycle(Load::Giants),
    ..REQUEST
};

const COLD: Workload = Workload {
    key: "arena/cold",
    title: "cold start: a new arena of 2 KiB, one request, dropped",
    leaves_out: "A cold heap: malloc gives the chunk that was just freed.",
    ratios: USUAL,
    subjects: |_| request::cold(),
};

const SYNC_ALLOC: Workload = Workload {
    key: "arena/sync_alloc",
    title: "alloc 8 bytes in an arena shared by 2 threads (or --threads)",
    leaves_out: "Threads that do other work in between: here the arena is contended all the time.",
    ratios: USUAL,
    subjects: shared::subjects,
};

const SYNC_ALLOC_1T: Workload = Workload {
    key: "arena/sync_alloc_1t",
    title: "alloc 8 bytes in a shareable arena, 1 thread",
    leaves_out: WARM,
    subjects: |_| shared::subjects(1),
    ..SYNC_ALLOC
};

const FRAME: Workload = Workload {
    key: "arena/frame",
    title: "frame: 12 bytes of header, 200 of payload, 4 of checksum",
    leaves_out: "The sending of the frame.",
    ratios: &[Ratio::Vs("vec", frame::FRESH_VEC), Ratio::Vs("reused_vec", frame::REUSED_VEC)],
    subjects: |_| frame::subjects(200),
};

const FRAME_64: Workload = Workload {
    key: "arena/frame_64",
    title: "frame of 64 bytes",
    subjects: |_| frame::subjects(48),
    ..FRAME
};

const FRAME_4K: Workload = Workload {
    key: "arena/frame_4k",
    title: "frame of 4 KiB",
    subjects: |_| frame::subjects(4080),
    ..FRAME
};

const FRAME_64K: Workload = Workload {
    key: "arena/frame_64k",
    title: "frame of 64 KiB",
    subjects: |_| frame::subjects(65_520),
    ..FRAME
};

const NODES: Workload = Workload {
    key: "arena/nodes_with_drop",
    title: "a ring of 64 nodes with strings: built, walked, dropped",
    leaves_out: "The string's own allocation is most of it, the same for all.",
    ratios: USUAL,
    subjects: |_| nodes::subjects(),
};
