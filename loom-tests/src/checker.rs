//! The two model checkers.

use crate::list::{PROGRAMS, SCENARIOS};

/// A model checker, and the build of the models that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checker {
    /// [loom](https://docs.rs/loom) explores every interleaving, and every value that an atomic load
    /// may see, within its bounds.
    Loom,
    /// [shuttle](https://docs.rs/shuttle) tries schedules at random, of larger models; to it every
    /// ordering is the strongest.
    Shuttle,
}

impl Checker {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Loom, Self::Shuttle];

    /// Its name, and that of the feature that turns it on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loom => "loom",
            Self::Shuttle => "shuttle",
        }
    }

    /// The models that its binary must contain, no fewer and no others: a model which a `cfg` quietly
    /// removed fails the run instead of passing it.
    #[must_use]
    pub fn models(self) -> Vec<&'static str> {
        match self {
            Self::Loom => SCENARIOS.to_vec(),
            Self::Shuttle => [SCENARIOS, PROGRAMS].concat(),
        }
    }

    pub(crate) const fn binary(self) -> &'static str {
        match self {
            Self::Loom => "loom-models",
            Self::Shuttle => "shuttle-models",
        }
    }
}
