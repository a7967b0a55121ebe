//! The figures that are shown, promised and judged: one list for the terminal, Markdown, HTML, JSON
//! and the tests.
//!
//! A key says what its figure counts ([`unit()`]), and the unit says whether more or less is better. Whoever
//! reads the JSON therefore needs no list.

/// A figure that every full run measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Full key, as in the JSON.
    pub key: &'static str,
    /// What it says, in a line of plain text.
    pub title: &'static str,
    /// The goal that was set before measuring: a lower or an upper bound, by the unit.
    pub target: Option<f64>,
    /// Whether it belongs to the short table of a README.
    pub headline: bool,
    /// Key of what Ratoon itself took or did, where an experiment found the ratio. A workload has it in its
    /// times.
    pub absolute: Option<&'static str>,
}

/// In the order of the report. A smoke run fails if one of them is not measured.
pub const FIGURES: &[Figure] = &[
    headline(
        "pool/get_put_1t/over_floor_ns",
        "pool: get and put a small object, above resetting one in place",
    )
    .target(1.3),
    headline(
        "pool/get_put_1t/vs_best_peer",
        "pool: get and put a small object, against the fastest published pool",
    )
    .target(1.75),
    headline(
        "pool/context_1t/vs_best_peer",
        "pool: request context, one thread, against the fastest pool",
    )
    .target(1.2),
    figure("pool/context_1t/vs_malloc", "pool: request context, one thread, against malloc"),
    headline(
        "pool/context_2t/vs_best_peer",
        "pool: request context, two threads, against the fastest pool",
    )
    .target(2.0),
    figure(
        "pool/handoff/vs_best_peer",
        "pool: get on one thread, read and drop on another, against the fastest pool",
    )
    .target(1.1),
    figure(
        "pool/handoff_unread/vs_best_peer",
        "pool: get on one thread, drop unread on another, against the fastest pool",
    )
    .target(0.95),
    headline(
        "pool/handoff/vs_malloc",
        "pool: get on one thread, read and drop on another, against malloc",
    )
    .target(20.0),
    figure(
        "pool/handoff/objects_over_bound",
        "pool: objects made beyond the stated bound when threads hand over",
    )
    .target(0.0),
    figure("pool/trim_storm/allocs", "pool: allocator calls while a monitor trims").target(0.0),
    figure("pool/allocs_per_op", "pool: allocator calls per get and put").target(0.0),
    figure("arena/alloc_u64/vs_best_peer", "arena: allocate a u64, against the fastest arena")
        .target(0.95),
    headline("arena/alloc_str/vs_best_peer", "arena: copy a string, against the fastest arena")
        .target(2.0),
    figure("arena/vec_push/vs_best_peer", "arena: push to a vector, against the fastest arena")
        .target(0.95),
    headline(
        "arena/request/vs_best_peer",
        "arena: a request's allocations, against the fastest arena",
    )
    .target(1.45),
    figure("arena/request/vs_bumpalo", "arena: a request's allocations, against bumpalo")
        .target(2.0),
    headline("arena/request/vs_malloc", "arena: a request's allocations, against malloc"),
    headline("arena/frame/vs_vec", "arena: build a frame, against a fresh Vec").target(8.0),
    figure(
        "arena/sync_alloc/vs_best_peer",
        "arena: allocate from two threads, against the fastest shared arena",
    )
    .target(3.0),
    headline(
        "arena/giant/retained_ratio",
        "arena: memory kept after a 64 MiB request, over the working set",
    )
    .target(2.0),
    headline(
        "header_map/browser_bulk/vs_best_peer",
        "header map: a browser's request, against the fastest peer",
    ),
    headline(
        "header_map/browser_bulk/vs_http",
        "header map: a browser's request, against http::HeaderMap",
    )
    .target(5.0),
    figure(
        "header_map/browser_each/vs_http",
        "header map: a browser's request, line by line, against http::HeaderMap",
    )
    .target(3.0),
    headline(
        "header_map/proxy_bulk/vs_best_peer",
        "header map: a proxy's request, against the fastest peer",
    ),
    headline(
        "header_map/proxy_bulk/vs_http",
        "header map: a proxy's request, against http::HeaderMap",
    )
    .target(7.0),
    figure(
        "header_map/proxy_each/vs_http",
        "header map: a proxy's request, line by line, against http::HeaderMap",
    )
    .target(3.0),
    figure(
        "header_map/get_known/vs_http",
        "header map: look up a standard name, against http::HeaderMap",
    )
    .target(5.0),
    figure("header_map/get_str/vs_http", "header map: look up a string, against http::HeaderMap")
        .target(1.8),
    figure(
        "header_map/head_browser/vs_httparse_ingest",
        "header map: parse a browser block, against httparse and bulk ingest",
    )
    .target(2.0),
    figure(
        "header_map/head_browser/vs_http",
        "header map: parse a browser block, against httparse and http::HeaderMap",
    )
    .target(4.0),
    figure(
        "header_map/head_proxy/vs_httparse_ingest",
        "header map: parse a proxy block, against httparse and bulk ingest",
    )
    .target(2.0),
    figure(
        "header_map/head_proxy/vs_http",
        "header map: parse a proxy block, against httparse and http::HeaderMap",
    )
    .target(4.0),
    figure(
        "header_map/head_grpc/vs_httparse_ingest",
        "header map: parse a grpc block, against httparse and bulk ingest",
    )
    .target(2.0),
    figure(
        "header_map/head_grpc/vs_http",
        "header map: parse a grpc block, against httparse and http::HeaderMap",
    )
    .target(4.0),
    figure(
        "header_map/head_cdn/vs_httparse_ingest",
        "header map: parse a cdn block, against httparse and bulk ingest",
    )
    .target(2.0),
    figure(
        "header_map/head_cdn/vs_http",
        "header map: parse a cdn block, against httparse and http::HeaderMap",
    )
    .target(4.0),
    figure("header_map/cold/vs_http", "header map: a new map, against http::HeaderMap"),
    figure("header_map/cold/allocs", "header map: allocator calls of a new map").target(1.0),
    figure("header_map/allocs_per_cycle", "header map: allocator calls per request").target(0.0),
    headline("request/vs_naive", "whole request, against naive (GoFarm's program)").target(3.0),
    headline("request/vs_naive_http", "whole request, against naive with http's map"),
    headline("request/vs_naive_mimalloc", "whole request, against naive under mimalloc")
        .target(2.0),
    headline("request/allocs_naive", "allocator calls per request, naive"),
    headline("request/allocs", "allocator calls per request, Ratoon").target(0.0),
    headline(
        "server/depth1/rps_vs_naive",
        "server: requests per second, one at a time, against naive",
    )
    .target(1.3)
    .absolute("server/depth1/rps"),
    figure("server/depth1/rps", "server: requests per second, one at a time"),
    headline(
        "server/depth16/rps_vs_naive",
        "server: requests per second, 16 pipelined, against naive",
    )
    .target(2.5)
    .absolute("server/depth16/rps"),
    figure("server/depth16/rps", "server: requests per second, 16 pipelined"),
    headline("server/depth16/p99_vs_naive", "server: p99 at one rate for both, against naive")
        .target(1.25)
        .absolute("server/depth16/p99_us"),
    figure("server/depth16/p99_us", "server: p99 at 70 % of what naive can do"),
    figure(
        "server/depth16/cpu_vs_naive",
        "server: processor time per request, 16 pipelined, against naive",
    )
    .absolute("server/depth16/cpu_us"),
    figure("server/depth16/cpu_us", "server: processor time per request, 16 pipelined"),
    figure(
        "server/depth16/axum_rps_vs_naive",
        "axum: requests per second, pool and arena against naive",
    )
    .absolute("server/depth16/axum_rps"),
    figure("server/depth16/axum_rps", "axum: requests per second, pool and arena"),
    figure(
        "server/depth16/axum_cpu_vs_naive",
        "axum: processor time per request, pool and arena against naive",
    )
    .absolute("server/depth16/axum_cpu_us"),
    figure("server/depth16/axum_cpu_us", "axum: processor time per request, pool and arena"),
    figure(
        "server/idle/resident_vs_naive",
        "server: resident memory with idle connections, against naive",
    )
    .absolute("server/idle/resident_mib"),
    figure("server/idle/resident_mib", "server: resident memory with idle connections"),
    headline("server/allocs_per_request", "server: allocator calls per request").target(0.0),
    headline("server/rss_growth_percent", "server: growth of resident memory in a long run")
        .target(1.0),
    figure("leak/contexts_leaked", "leak: contexts in which a request read bytes of another one")
        .target(0.0),
];

const fn figure(key: &'static str, title: &'static str) -> Figure {
    Figure { key, title, target: None, headline: false, absolute: None }
}

const fn headline(key: &'static str, title: &'static str) -> Figure {
    Figure { headline: true, ..figure(key, title) }
}

impl Figure {
    const fn target(self, bound: f64) -> Figure {
        Figure { target: Some(bound), ..self }
    }

    const fn absolute(self, key: &'static str) -> Figure {
        Figure { absolute: Some(key), ..self }
    }
}

/// The list's entry of a key. Figures of a single workload that nobody promises have none.
pub fn of(key: &str) -> Option<&'static Figure> {
    FIGURES.iter().find(|figure| figure.key == key)
}

/// What a figure counts, and which way it is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The other side's time by Ratoon's: more is better.
    Times,
    /// Something of Ratoon's own by a bound or a first value: less is better.
    Ratio,
    /// Nanoseconds: less is better.
    Nanoseconds,
    /// Microseconds: less is better.
    Microseconds,
    /// Requests per second: more is better.
    PerSecond,
    /// MiB: less is better.
    Mebibytes,
    /// Less is better.
    Percent,
    /// Allocator calls, objects, leaks: less is better.
    Count,
}

/// Unit of a key's figure.
pub fn unit(key: &str) -> Unit {
    let name = key.rsplit('/').next().unwrap_or_default();
    match name {
        _ if name.contains("vs_") => Unit::Times,
        _ if name.ends_with("_ns") => Unit::Nanoseconds,
        _ if name.ends_with("_us") => Unit::Microseconds,
        _ if name.ends_with("rps") => Unit::PerSecond,
        _ if name.ends_with("_mib") => Unit::Mebibytes,
        _ if name.ends_with("_percent") => Unit::Percent,
        _ if name.ends_with("_ratio") => Unit::Ratio,
        _ => Unit::Count,
    }
}

impl Unit {
    /// A figure, or a target's bound, with its unit.
    pub fn of(self, figure: &str) -> String {
        match self {
            Unit::Times | Unit::Ratio => format!("{figure}x"),
            Unit::Nanoseconds => format!("{figure} ns"),
            Unit::Microseconds => format!("{figure} µs"),
            Unit::PerSecond => format!("{figure}/s"),
            Unit::Mebibytes => format!("{figure} MiB"),
            Unit::Percent => format!("{figure} %"),
            Unit::Count => figure.to_owned(),
        }
    }

    /// Which way is good, in a word.
    pub fn better(self) -> &'static str {
        if self.is_better_large() { "more" } else { "less" }
    }

    /// Whether a busy machine changes it. Counts and memory it does not.
    pub fn depends_on_time(self) -> bool {
        matches!(self, Unit::Times | Unit::Nanoseconds | Unit::Microseconds | Unit::PerSecond)
    }

    /// Whether more is better.
    pub fn is_better_large(self) -> bool {
        matches!(self, Unit::Times | Unit::PerSecond)
    }
}

/// What a measured range says about a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole range reaches it.
    Reached,
    /// The whole range misses it.
    Missed,
    /// The range has the target inside.
    NotDecided,
}

/// Whether the range `low..=high` reaches the target of `key`, if one was set.
pub fn verdict(key: &str, low: f64, high: f64) -> Option<Verdict> {
    let bound = of(key)?.target?;
    let met =
        |value: f64| if unit(key).is_better_large() { value >= bound } else { value <= bound };
    Some(match (met(low), met(high)) {
        (true, true) => Verdict::Reached,
        (false, false) => Verdict::Missed,
        _ => Verdict::NotDecided,
    })
}

/// The target of a key in words; empty where none was set.
pub fn target(key: &str) -> String {
    let Some(bound) = of(key).and_then(|figure| figure.target) else { return String::new() };
    let sign = if unit(key).is_better_large() { '≥' } else { '≤' };
    format!("{sign} {}", unit(key).of(&bound.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{FIGURES, Unit, Verdict, of, target, unit, verdict};

    #[test]
    fn keys_once_and_titles_plain() {
        for (at, figure) in FIGURES.iter().enumerate() {
            assert!(FIGURES[..at].iter().all(|other| other.key != figure.key), "{}", figure.key);
            assert!(
                FIGURES[..at].iter().all(|other| other.title != figure.title),
                "{}",
                figure.title
            );
            assert!(!figure.title.contains(['|', '<', '`']), "{}", figure.title);
            assert!(figure.absolute.is_none_or(|key| of(key).is_some()), "{}", figure.key);
        }
    }

    #[test]
    fn verdicts_of_ranges() {
        let least = |low, high| verdict("request/vs_naive", low, high);
        assert_eq!(least(3.0, 3.5), Some(Verdict::Reached), "bounds are inclusive");
        assert_eq!(least(2.9, 3.5), Some(Verdict::NotDecided));
        assert_eq!(least(2.5, 2.9), Some(Verdict::Missed));
        assert_eq!(least(f64::NAN, f64::NAN), Some(Verdict::Missed));
        let most = |low, high| verdict("server/rss_growth_percent", low, high);
        assert_eq!(most(0.0, 1.0), Some(Verdict::Reached), "bounds are inclusive");
        assert_eq!(most(0.5, 1.5), Some(Verdict::NotDecided));
        assert_eq!(most(1.5, 2.0), Some(Verdict::Missed));
        assert_eq!(verdict("request/allocs_naive", 0.0, 0.0), None, "no target");
        assert_eq!(verdict("request", 0.0, 0.0), None, "no figure");
    }

    #[test]
    fn targets_in_words() {
        assert_eq!(target("request/vs_naive"), "≥ 3x");
        assert_eq!(target("arena/giant/retained_ratio"), "≤ 2x");
        assert_eq!(target("server/rss_growth_percent"), "≤ 1 %");
        assert_eq!(target("request/allocs_naive"), "");
    }

    #[test]
    fn units_from_keys() {
        for (key, shown) in [
            ("request/vs_naive", "1.5x"),
            ("server/depth16/p99_vs_naive", "1.5x"),
            ("arena/giant/retained_ratio", "1.5x"),
            ("pool/get_put_1t/over_floor_ns", "1.5 ns"),
            ("retention/threads/resident_mib", "1.5 MiB"),
            ("server/depth16/p99_us", "1.5 µs"),
            ("server/depth16/axum_rps", "1.5/s"),
            ("server/depth16/axum_rps_vs_naive", "1.5x"),
            ("server/rss_growth_percent", "1.5 %"),
            ("request/allocs_naive", "1.5"),
            ("pool/handoff/objects_over_bound", "1.5"),
        ] {
            assert_eq!(unit(key).of("1.5"), shown, "{key}");
        }
        assert_eq!(unit("arena/giant/retained_ratio"), Unit::Ratio, "less is better");
        assert_eq!(
            (unit("request/vs_naive").better(), unit("request/allocs").better()),
            ("more", "less")
        );
    }
}
