//! Rules of the repository that no compiler checks.

mod commands;
mod dependencies;
mod facade;
mod lints;
mod packages;
mod text;
mod tokens;
mod workspace;
