//! The weakenings.

use super::Mutation;

/// Every weakening that a model must notice, by file.
pub const MUTATIONS: &[Mutation] = &[];
