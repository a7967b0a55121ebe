//! What the project set out to reach. A report shows each figure beside its target, reached or not.

/// Which way a figure is good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Target {
    /// Whether `figure` reaches the target.
    pub(super) fn met(self, figure: f64) -> bool {
        match self {
            AtLeast(bound) => figure >= bound,
            AtMost(bound) => figure <= bound,
        }
    }
}

use Target::{AtLeast, AtMost};

/// Target of a key, if one was set.
pub(super) fn of(key: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == key).map(|(_, target)| *target)
}

/// What a figure counts, and which way it is good. Both are in its key, so that whoever reads the JSON
/// needs no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// The other side's time by Ratoon's: more is better.
    Times,
    /// Something of Ratoon's own by a bound or a first value: less is better.
    Ratio,
    /// Nanoseconds: less is better.
    Nanoseconds,
    /// Less is better.
    Percent,
    /// Allocator calls, objects, leaks: less is better.
    Count,
}

/// Unit of a key's figure.
pub(super) fn unit(key: &str) -> Unit {
    let name = key.rsplit('/').next().unwrap_or_default();
    match name {
        _ if name.contains("vs_") => Unit::Times,
        _ if name.ends_with("_ns") => Unit::Nanoseconds,
        _ if name.ends_with("_percent") => Unit::Percent,
        _ if name.ends_with("_ratio") => Unit::Ratio,
        _ => Unit::Count,
    }
}

impl Unit {
    /// A figure, or a target's bound, with its unit.
    pub(super) fn of(self, figure: &str) -> String {
        match self {
            Unit::Times | Unit::Ratio => format!("{figure}x"),
            Unit::Nanoseconds => format!("{figure} ns"),
            Unit::Percent => format!("{figure} %"),
            Unit::Count => figure.to_owned(),
        }
    }

    /// Which way is good, in a word.
    pub(super) fn good(self) -> &'static str {
        if self == Unit::Times { "more" } else { "less" }
    }
}

const TARGETS: &[(&str, Target)] = &[
    ("pool/get_put_1t/over_floor_ns", AtMost(1.3)),
    ("pool/get_put_1t/vs_best_peer", AtLeast(2.0)),
    ("pool/context_1t/vs_best_peer", AtLeast(1.4)),
    ("pool/context_2t/vs_best_peer", AtLeast(2.0)),
    ("pool/handoff/vs_best_peer", AtLeast(0.95)),
    ("pool/handoff/vs_malloc", AtLeast(20.0)),
    ("pool/handoff/objects_over_bound", AtMost(0.0)),
    ("pool/trim_storm/allocs", AtMost(0.0)),
    ("pool/allocs_per_op", AtMost(0.0)),
    ("arena/alloc_u64/vs_best_peer", AtLeast(0.95)),
    ("arena/alloc_str/vs_best_peer", AtLeast(2.5)),
    ("arena/vec_push/vs_best_peer", AtLeast(0.95)),
    ("arena/request/vs_best_peer", AtLeast(1.6)),
    ("arena/request/vs_bumpalo", AtLeast(2.2)),
    ("arena/frame/vs_vec", AtLeast(8.0)),
    ("arena/sync_alloc/vs_best_peer", AtLeast(3.0)),
    ("arena/giant/retained_ratio", AtMost(2.0)),
    ("header_map/browser_bulk/vs_http", AtLeast(5.0)),
    ("header_map/browser_each/vs_http", AtLeast(3.0)),
    ("header_map/proxy_bulk/vs_http", AtLeast(7.0)),
    ("header_map/proxy_each/vs_http", AtLeast(3.0)),
    ("header_map/get_known/vs_http", AtLeast(5.0)),
    ("header_map/get_str/vs_http", AtLeast(1.8)),
    ("header_map/cold/allocs", AtMost(1.0)),
    ("header_map/allocs_per_cycle", AtMost(0.0)),
    ("request/vs_naive", AtLeast(3.0)),
    ("request/vs_naive_mimalloc", AtLeast(2.0)),
    ("request/allocs", AtMost(0.0)),
    ("server/depth1/rps_vs_naive", AtLeast(1.3)),
    ("server/depth16/rps_vs_naive", AtLeast(2.5)),
    ("server/depth16/p99_vs_naive", AtLeast(1.25)),
    ("server/allocs_per_request", AtMost(0.0)),
    ("server/rss_growth_percent", AtMost(1.0)),
    ("leak/contexts_leaked", AtMost(0.0)),
];

/// The target of a key in words, if one was set.
pub(super) fn shown(key: &str) -> String {
    let bound = |bound: f64| unit(key).of(&bound.to_string());
    match of(key) {
        Some(AtLeast(least)) => format!("≥ {}", bound(least)),
        Some(AtMost(most)) => format!("≤ {}", bound(most)),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{AtLeast, AtMost, TARGETS, Unit, of, unit};

    #[test]
    fn bounds_are_inclusive() {
        assert!(AtLeast(2.0).met(2.0) && !AtLeast(2.0).met(1.999));
        assert!(AtMost(0.0).met(0.0) && !AtMost(0.0).met(0.001));
        assert!(!AtLeast(2.0).met(f64::NAN) && !AtMost(2.0).met(f64::NAN));
    }

    #[test]
    fn ratios_are_to_be_large_and_counts_small() {
        for (key, target) in TARGETS {
            assert_eq!(unit(key).good() == "more", matches!(target, AtLeast(_)), "{key}");
        }
        assert_eq!(of("request/vs_naive"), Some(AtLeast(3.0)));
        assert_eq!(of("request"), None);
    }

    #[test]
    fn units_from_keys() {
        for (key, shown) in [
            ("request/vs_naive", "1.5x"),
            ("server/depth16/p99_vs_naive", "1.5x"),
            ("arena/giant/retained_ratio", "1.5x"),
            ("pool/get_put_1t/over_floor_ns", "1.5 ns"),
            ("server/rss_growth_percent", "1.5 %"),
            ("request/allocs_naive", "1.5"),
            ("pool/handoff/objects_over_bound", "1.5"),
        ] {
            assert_eq!(unit(key).of("1.5"), shown, "{key}");
        }
        assert_eq!(unit("arena/giant/retained_ratio"), Unit::Ratio, "less is better");
    }
}
