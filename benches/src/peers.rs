//! The published crates that are measured beside Ratoon: one list, for the table in `README.md` and for the
//! test that notices when one of them no longer takes part.

/// A published crate.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// The crate's name.
    pub name: &'static str,
    /// How the names of its subjects begin.
    pub subject: &'static str,
    /// Its licence, as it states it.
    pub licence: &'static str,
    /// What it is better at than the others.
    pub best_at: &'static str,
    /// Workloads in which it must take part; it may in others.
    pub workloads: &'static [&'static str],
}

const POOL: &[&str] =
    &["pool/get_put_1t", "pool/get_put_2t", "pool/context_1t", "pool/context_2t", "pool/handoff"];
const ARENA: &[&str] =
    &["arena/alloc_u64", "arena/alloc_str", "arena/vec_push", "arena/request", "arena/cold"];
const MAP: &[&str] = &[
    "header_map/browser_bulk",
    "header_map/browser_each",
    "header_map/proxy_bulk",
    "header_map/proxy_each",
    "header_map/get_known",
    "header_map/get_str",
];

/// Section by section, as in the report.
pub const PEERS: &[Peer] = &[
    peer(
        "regex-automata",
        "MIT OR Apache-2.0",
        "nothing to configure; one thread's object lies inside",
        POOL,
    ),
    peer("opool", "MIT", "`no_std`; a `LocalPool` of what is not `Send`; handing over", POOL),
    peer("lockfree-object-pool", "BSL-1.0", "the first objects of a new pool", POOL),
    peer("rylv-pool", "MIT OR Apache-2.0", "objects return to the thread that made them", POOL),
    peer(
        "sharded-slab",
        "MIT",
        "objects found by key, and shared while in use",
        &["pool/get_put_1t", "pool/get_put_2t", "pool/context_1t", "pool/context_2t"],
    ),
    peer("object-pool", "MIT/Apache-2.0", "no trait to implement, small", POOL),
    peer("poolshark", "MIT", "finds its pool by type", POOL),
    peer("dynamic-pool", "MIT", "grows on demand", POOL),
    peer("bumpalo", "MIT OR Apache-2.0", "known by everyone; small", ARENA),
    peer("bump-scope", "MIT OR Apache-2.0", "scopes within scopes; choice of direction", ARENA),
    peer("blink-alloc", "MIT OR Apache-2.0", "drops values at its reset", ARENA),
    peer("multitude", "MIT", "handles that outlive their scope", ARENA),
    peer("typed-arena", "MIT", "values of one type, dropped with it", &["arena/nodes_with_drop"]),
    peer("bytes", "MIT", "frames that are shared without a copy", &["arena/frame"]),
    peer("http", "MIT OR Apache-2.0", "thousands of headers; values shared without a copy", MAP),
    peer("actix-http", "MIT OR Apache-2.0", "the map of its framework", MAP),
    Peer {
        subject: "Vec<httparse::Header>",
        ..peer("httparse", "MIT OR Apache-2.0", "headers that are read once and forgotten", MAP)
    },
];

const fn peer(
    name: &'static str,
    licence: &'static str,
    best_at: &'static str,
    workloads: &'static [&'static str],
) -> Peer {
    Peer { name, subject: name, licence, best_at, workloads }
}

impl Peer {
    /// Whether a subject of this name is one of this crate's, alone or with others: `http (reused)`,
    /// `httparse, http (reused)`.
    pub fn has(&self, subject: &str) -> bool {
        let crates = subject.split(" (").next().unwrap_or_default();
        crates.split(", ").any(|name| name == self.subject)
    }
}
