//! The header map against `http`, `actix-http`, a scanned vector and GoFarm's hash map.

mod actix;
mod adapter;
mod head;
mod peers;
mod phases;
mod ratoon;
mod sets;
mod sizes;
mod typed;

use phases::Fill;
pub use sets::Set;

use super::Section;
use crate::harness::{Ratio, Workload};

/// Three look-ups among so many headers.
macro_rules! at {
    ($names:ident $headers:literal) => {
        Workload {
            key: concat!("header_map/", stringify!($names), "_at_", $headers),
            title: concat!(
                "3 look-ups by ",
                stringify!($names),
                " constants among ",
                $headers,
                " headers, 1 absent"
            ),
            leaves_out: "Names in another case, and names with the tag of another.",
            ratios: &[VS_HTTP],
            subjects: sizes::$names::<$headers>,
        }
    };
}

/// A block from the read buffer to a map that is ready.
macro_rules! head {
    ($set:ident) => {
        Workload {
            key: concat!("header_map/head_", stringify!($set)),
            title: concat!(
                "header block (",
                stringify!($set),
                ") from bytes to a map, 12 look-ups, forgotten"
            ),
            leaves_out: "The start line, a cold source, and blocks that arrive in parts.",
            ratios: &[Ratio::Vs("httparse_ingest", head::INGEST), Ratio::Vs("http", head::HTTP)],
            subjects: |_| head::subjects(Set::$set),
        }
    };
}

/// The section `header_map`.
pub const SECTION: Section = Section {
    name: "header_map",
    title: "Header map",
    workloads: &[
        BROWSER_BULK,
        BROWSER_EACH,
        PROXY_BULK,
        PROXY_EACH,
        GRPC_BULK,
        GRPC_EACH,
        CDN_BULK,
        CDN_EACH,
        head!(browser),
        head!(proxy),
        head!(grpc),
        head!(cdn),
        FILL_BULK,
        FILL_EACH,
        GET_KNOWN,
        GET_STR,
        ITERATE,
        SERIALISE,
        PROXY_FILL_BULK,
        PROXY_FILL_EACH,
        PROXY_GET_KNOWN,
        PROXY_GET_STR,
        COLD,
        ROUND_ROBIN,
        THREADS,
        TYPED,
        at!(known 4),
        at!(custom 4),
        at!(known 8),
        at!(custom 8),
        at!(known 16),
        at!(custom 16),
        at!(known 32),
        at!(custom 32),
        at!(known 64),
        at!(custom 64),
        at!(known 128),
        at!(custom 128),
    ],
    experiments: &[],
};

const VS_HTTP: Ratio = Ratio::Vs("http", "http");
const USUAL: &[Ratio] = &[VS_HTTP, Ratio::VsBestPeer, Ratio::VsMalloc];
const PHASE: &[Ratio] = &[VS_HTTP, Ratio::VsBestPeer];
const PARSED: &str = "The parsing before it: all are filled from what httparse found. The scanned vector \
                      of httparse borrows the read buffer, owns nothing and validates nothing again.";

const BROWSER_BULK: Workload = Workload {
    key: "header_map/browser_bulk",
    title: "16 browser headers: fill in bulk, 12 look-ups, iterate, serialise, clear",
    leaves_out: PARSED,
    ratios: &[
        VS_HTTP,
        Ratio::VsBestPeer,
        Ratio::VsMalloc,
        Ratio::Allocations("header_map/allocs_per_cycle"),
        Ratio::AllocationsOf("header_map/allocs_per_cycle_http", "http (reused)"),
    ],
    subjects: |_| phases::cycle(Set::browser, Fill::Bulk),
};

const BROWSER_EACH: Workload = Workload {
    key: "header_map/browser_each",
    title: "16 browser headers: the same, filled one by one",
    ratios: USUAL,
    subjects: |_| phases::cycle(Set::browser, Fill::Each),
    ..BROWSER_BULK
};

const PROXY_BULK: Workload = Workload {
    key: "header_map/proxy_bulk",
    title: "28 forwarded headers: fill in bulk, 12 look-ups, iterate, serialise, clear",
    subjects: |_| phases::cycle(Set::proxy, Fill::Bulk),
    ..BROWSER_EACH
};

const PROXY_EACH: Workload = Workload {
    key: "header_map/proxy_each",
    title: "28 forwarded headers: the same, filled one by one",
    subjects: |_| phases::cycle(Set::proxy, Fill::Each),
    ..BROWSER_EACH
};

const GRPC_BULK: Workload = Workload {
    key: "header_map/grpc_bulk",
    title: "10 entries of gRPC metadata: the cycle, filled in bulk",
    ratios: PHASE,
    subjects: |_| phases::cycle(Set::grpc, Fill::Bulk),
    ..BROWSER_EACH
};

const GRPC_EACH: Workload = Workload {
    key: "header_map/grpc_each",
    title: "10 entries of gRPC metadata: the cycle, filled one by one",
    ratios: PHASE,
    subjects: |_| phases::cycle(Set::grpc, Fill::Each),
    ..BROWSER_EACH
};

const CDN_BULK: Workload = Workload {
    key: "header_map/cdn_bulk",
    title: "24 response headers: the cycle, filled in bulk",
    ratios: PHASE,
    subjects: |_| phases::cycle(Set::cdn, Fill::Bulk),
    ..BROWSER_EACH
};

const CDN_EACH: Workload = Workload {
    key: "header_map/cdn_each",
    title: "24 response headers: the cycle, filled one by one",
    ratios: PHASE,
    subjects: |_| phases::cycle(Set::cdn, Fill::Each),
    ..BROWSER_EACH
};

const FILL_BULK: Workload = Workload {
    key: "header_map/fill_bulk",
    title: "fill with 16 browser headers in bulk, clear",
    ratios: PHASE,
    subjects: |_| phases::fill(Set::browser, Fill::Bulk),
    ..BROWSER_EACH
};

const FILL_EACH: Workload = Workload {
    key: "header_map/fill_each",
    title: "fill with 16 browser headers one by one, clear",
    ratios: PHASE,
    subjects: |_| phases::fill(Set::browser, Fill::Each),
    ..BROWSER_EACH
};

const GET_KNOWN: Workload = Workload {
    key: "header_map/get_known",
    title: "12 look-ups by constant among 16 browser headers",
    leaves_out: "Names that only the application knows. The scanned vector and the hash map know strings only.",
    ratios: PHASE,
    subjects: |_| phases::get_known(Set::browser),
};

const GET_STR: Workload = Workload {
    key: "header_map/get_str",
    title: "12 look-ups by string among 16 browser headers",
    leaves_out: "Strings in mixed case: the hash map could not find those.",
    ratios: PHASE,
    subjects: |_| phases::get_str(Set::browser),
};

const ITERATE: Workload = Workload {
    key: "header_map/iterate",
    title: "iterate over 16 browser headers",
    leaves_out: "Looking at the bytes of names and values.",
    ratios: PHASE,
    subjects: |_| phases::iterate(Set::browser),
};

const SERIALISE: Workload = Workload {
    key: "header_map/serialise",
    title: "serialise 16 browser headers into a reused buffer",
    leaves_out: "Vectored writes, which need no buffer.",
    ratios: PHASE,
    subjects: |_| phases::serialise(Set::browser),
};

const PROXY_FILL_BULK: Workload = Workload {
    key: "header_map/proxy_fill_bulk",
    title: "fill with 28 forwarded headers in bulk, clear",
    ratios: PHASE,
    subjects: |_| phases::fill(Set::proxy, Fill::Bulk),
    ..BROWSER_EACH
};

const PROXY_FILL_EACH: Workload = Workload {
    key: "header_map/proxy_fill_each",
    title: "fill with 28 forwarded headers one by one, clear",
    ratios: PHASE,
    subjects: |_| phases::fill(Set::proxy, Fill::Each),
    ..BROWSER_EACH
};

const PROXY_GET_KNOWN: Workload = Workload {
    key: "header_map/proxy_get_known",
    title: "12 look-ups by constant among 28 forwarded headers",
    subjects: |_| phases::get_known(Set::proxy),
    ..GET_KNOWN
};

const PROXY_GET_STR: Workload = Workload {
    key: "header_map/proxy_get_str",
    title: "12 look-ups by string among 28 forwarded headers",
    subjects: |_| phases::get_str(Set::proxy),
    ..GET_STR
};

const COLD: Workload = Workload {
    key: "header_map/cold",
    title: "a map without capacity: fill with 16 browser headers, 12 look-ups, drop",
    ratios: &[
        VS_HTTP,
        Ratio::VsBestPeer,
        Ratio::VsMalloc,
        Ratio::Allocations("header_map/cold/allocs"),
    ],
    subjects: |_| phases::cold(Set::browser),
    ..BROWSER_EACH
};

const ROUND_ROBIN: Workload = Workload {
    key: "header_map/round_robin",
    title: "the bulk cycle on 2048 maps in turn, browser headers",
    leaves_out: "A cold source: the header block itself stays in the cache.",
    ratios: PHASE,
    subjects: |_| phases::round_robin(Set::browser),
};

const THREADS: Workload = Workload {
    key: "header_map/browser_bulk_2t",
    title: "the bulk cycle on 2 threads (or --threads), a map each",
    leaves_out: "Messages that travel between threads. Shared values count their references in one place.",
    subjects: |threads| phases::on_threads(Set::browser, threads),
    ..BROWSER_EACH
};

const TYPED: Workload = Workload {
    key: "header_map/typed_context",
    title: "three typed values: set, read, forgotten",
    leaves_out: "Middleware that cannot name the context type; only a map from types serves that.",
    ratios: &[Ratio::VsBestPeer],
    subjects: |_| typed::subjects(),
};
