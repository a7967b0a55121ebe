//! The whole request of the GoFarm experiment, in process, on recorded requests.

mod context;
mod handler;
mod headers;
mod json;
mod space;

use std::hint::black_box;

use ratoon_arena::Arena;
use ratoon_header_map::HeaderMap;

pub use context::{Boxed, Context, Contexts, FromPool};
pub use handler::{Handler, Unserved};
pub use headers::{Headers, Http, Naive, Name};
pub use space::{Heap, Scratch, Space};

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
                 recorded requests take turns: a browser's navigation and fetch, curl, python-requests, \
                 and one forwarded by a mesh. Naive is GoFarm's program in Rust: a hash map of strings.",
    ratios: &[
        Ratio::Vs("naive", "naive"),
        Ratio::Vs("naive_http", "http's map"),
        Ratio::Allocations("request/allocs"),
        Ratio::AllocationsOf("request/allocs_naive", "naive"),
    ],
    peers: &[],
    subjects: |_| {
        assert_same_bytes();
        vec![
            subject::<All>("ratoon: pool, arena, header map", Kind::Ratoon),
            subject::<WithPool>("+ pool", Kind::Ratoon),
            subject::<WithArena>("+ arena", Kind::Ratoon),
            subject::<WithHeaderMap>("+ header map", Kind::Ratoon),
            subject::<AllNaive>("naive", Kind::Malloc),
            subject::<WithHttp>("http's map, the rest naive", Kind::Malloc),
        ]
    },
};

/// Everything allocated anew.
pub type AllNaive = Handler<Naive, Heap, Boxed>;
/// Headers in an `http::HeaderMap`, everything allocated anew.
pub type WithHttp = Handler<Http, Heap, Boxed>;
/// Contexts from a pool, the rest naive.
pub type WithPool = Handler<Naive, Heap, FromPool>;
/// Scratch, JSON and frames in an arena, the rest naive.
pub type WithArena = Handler<Naive, Arena, Boxed>;
/// Headers in a reused map, the rest naive.
pub type WithHeaderMap = Handler<HeaderMap, Heap, Boxed>;
/// Everything from Ratoon.
pub type All = Handler<HeaderMap, Arena, FromPool>;

/// The recorded requests; `data/README.md` says where they come from.
pub const RECORDED: [&[u8]; 6] = [
    include_bytes!("../../../data/browser_fetch.http"),
    include_bytes!("../../../data/mesh_forwarded.http"),
    include_bytes!("../../../data/curl_post.http"),
    include_bytes!("../../../data/python_requests_post.http"),
    include_bytes!("../../../data/browser_navigation.http"),
    include_bytes!("../../../data/curl_get.http"),
];

/// A handler of any variant.
pub trait Serve: Default + Send + 'static {
    /// Serves one request; see [`Handler::serve`].
    ///
    /// # Errors
    ///
    /// As [`Handler::serve`].
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<usize, Unserved>;
}

impl<H: Headers, S: Scratch, C: Contexts> Serve for Handler<H, S, C> {
    #[inline]
    fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<usize, Unserved> {
        self.serve(input, out)
    }
}

fn subject<S: Serve>(name: &'static str, kind: Kind) -> Subject {
    let mut handler = S::default();
    let mut out = Vec::with_capacity(8 * 1024);
    Subject::new(name, kind, move |i| {
        let request = black_box(RECORDED[i as usize % RECORDED.len()]);
        out.clear();
        let taken = handler.serve(request, &mut out).expect("recorded requests are understood");
        assert_eq!(taken, request.len(), "a recorded request is one request");
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
