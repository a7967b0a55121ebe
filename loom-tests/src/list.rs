//! The models that must exist.

/// Every model's name: the part of the family, then the race.
///
/// The built binary must list exactly these, so that a model which a `cfg` quietly removed fails
/// the run instead of passing it.
pub const MODELS: &[&str] = &[
    "stand_in::publication",
    "stand_in::lock",
];
