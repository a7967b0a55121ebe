//! The whole request of the GoFarm experiment, in process, on recorded requests.
//!
//! # What naive means here
//!
//! What a good engineer writes who keeps nothing from one request to the next. Where a size is known,
//! room is made for it; response headers that never change are static, which to Ratoon's map is a
//! template that it copies; nothing is copied or validated twice that need not be. Two such programs stand side by side: GoFarm's own, with a hash map of
//! strings that grows from empty, and one with an `http::HeaderMap` that is made with room for what
//! was parsed. Parsing (httparse) and JSON (serde_json) are the same in all variants, and so are the
//! bytes that go out, which is checked.

mod content;
mod context;
mod handler;
mod headers;
mod json;
mod space;
mod variants;

use std::hint::black_box;

pub use content::content;
pub use context::{Boxed, Context, Contexts, FromPool, Kept};
pub use handler::{MAX_BODY, MAX_HEAD, Parts, Served, Unserved};
pub use headers::{ALWAYS, Headers, Http, Lookup, Naive, Name};
pub use space::{Heap, Scratch, Space};
pub use variants::{
    All, AllNaive, Handler, PerConnection, Serve, WithArena, WithHeaderMap, WithHttp, WithPool,
};

use super::Section;
use crate::harness::{Kind, Ratio, Subject, Workload};

/// The section `request`.
pub const SECTION: Section = Section {
    name: "request",
    title: "The whole request, in process",
    workloads: &[REQUEST],
    experiments: &[],
};

const REQUEST: Workload = Workload {
    key: "request",
    title: "parse, headers, context, trace, scratch, JSON, response head, frame",
    leaves_out: "Sockets, and the work of a real service: what is computed here is next to nothing. Six \
                 recorded requests take turns: a browser's navigation and fetch, curl (twice), \
                 python-requests, and one forwarded by a mesh. Naive is GoFarm's program in Rust, a hash \
                 map of strings that grows from empty; beside it stands a careful one with http's map.",
    ratios: &[
        Ratio::Vs("naive", "naive"),
        Ratio::Vs("naive_http", "http's map"),
        Ratio::Allocations("request/allocs"),
        Ratio::AllocationsOf("request/allocs_naive", "naive"),
    ],
    subjects: |_| {
        assert_same_bytes();
        vec![
            subject::<All>("ratoon: pool, arena, header map", Kind::Ratoon),
            subject::<WithPool>("+ pool", Kind::Ratoon),
            subject::<WithArena>("+ arena", Kind::Ratoon),
            subject::<WithHeaderMap>("+ header map", Kind::Ratoon),
            subject::<PerConnection>("ratoon: kept instead of pooled", Kind::Ratoon),
            subject::<AllNaive>("naive", Kind::Malloc),
            subject::<WithHttp>("http's map, the rest naive", Kind::Malloc),
        ]
    },
};

/// The recorded requests; `data/README.md` says where they come from.
pub const RECORDED: [&[u8]; 6] = [
    include_bytes!("../../../data/browser_fetch.http"),
    include_bytes!("../../../data/mesh_forwarded.http"),
    include_bytes!("../../../data/curl_post.http"),
    include_bytes!("../../../data/python_requests_post.http"),
    include_bytes!("../../../data/browser_navigation.http"),
    include_bytes!("../../../data/curl_get.http"),
];

fn subject<S: Serve>(name: &'static str, kind: Kind) -> Subject {
    let mut handler = S::default();
    let mut out = Vec::with_capacity(8 * 1024);
    Subject::new(name, kind, move |i| {
        let request = black_box(RECORDED[i as usize % RECORDED.len()]);
        out.clear();
        let served = handler.serve(request, &mut out).expect("recorded requests are understood");
        assert_eq!(served.len, request.len(), "a recorded request is one request");
        sample(black_box(&out))
    })
}

/// All variants answer all recorded requests with the same bytes.
fn assert_same_bytes() {
    let naive = responses::<AllNaive>();
    assert_eq!(naive, responses::<WithHttp>(), "http's map changes the responses");
    assert_eq!(naive, responses::<WithPool>(), "a pool changes the responses");
    assert_eq!(naive, responses::<WithArena>(), "an arena changes the responses");
    assert_eq!(naive, responses::<WithHeaderMap>(), "a header map changes the responses");
    assert_eq!(naive, responses::<PerConnection>(), "what is kept changes the responses");
    assert_eq!(naive, responses::<All>(), "Ratoon changes the responses");
}

/// What a handler answers to all recorded requests, twice: the second time everything is reused.
fn responses<S: Serve>() -> Vec<String> {
    let mut handler = S::default();
    let mut respond = |request: &&[u8]| {
        let mut out = Vec::new();
        handler.serve(request, &mut out).expect("recorded requests are understood");
        String::from_utf8(out).expect("responses are text")
    };
    RECORDED.iter().chain(&RECORDED).map(&mut respond).collect()
}

/// Stands for all bytes of a response, which `assert_same_bytes` has compared: its length, and samples
/// of it.
fn sample(response: &[u8]) -> u64 {
    let at = |part: usize| u64::from(response[response.len() * part / 8]);
    response.len() as u64 + at(2) + at(4) * 31 + at(6) * 961 + at(7) * 29_791
}
