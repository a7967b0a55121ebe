//! The servers that are compared.

use serde::{Deserialize, Serialize};

use crate::harness::Kind;

/// A server under the same load as all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
pub enum Variant {
    /// Everything allocated anew for each request, as GoFarm did it.
    Naive,
    /// Naive, but contexts come from a pool.
    Pool,
    /// Naive, but scratch, JSON and frames lie in an arena.
    Arena,
    /// Naive, but headers lie in reused maps.
    HeaderMap,
    /// Pool, arena and header map: one pooled object holds them all.
    All,
    /// The same without a pool: each connection keeps its own.
    PerConnection,
    /// An axum service, allocating.
    AxumNaive,
    /// The same axum service with a pool and an arena.
    AxumReused,
}

impl Variant {
    /// Every variant, the reference first.
    pub const EVERY: [Variant; 8] = [
        Variant::Naive,
        Variant::Pool,
        Variant::Arena,
        Variant::HeaderMap,
        Variant::All,
        Variant::PerConnection,
        Variant::AxumNaive,
        Variant::AxumReused,
    ];

    /// How tables call it.
    pub const fn label(self) -> &'static str {
        match self {
            Variant::Naive => "naive",
            Variant::Pool => "+ pool",
            Variant::Arena => "+ arena",
            Variant::HeaderMap => "+ header map",
            Variant::All => "all: pool, arena, header map",
            Variant::PerConnection => "all, kept per connection",
            Variant::AxumNaive => "axum, naive",
            Variant::AxumReused => "axum, + pool + arena",
        }
    }

    /// Which side it is on.
    pub const fn kind(self) -> Kind {
        match self {
            Variant::Naive | Variant::AxumNaive => Kind::Malloc,
            _ => Kind::Ratoon,
        }
    }
}
