//! Holds the rules that no compiler checks: see `tests/it/`.
#![forbid(unsafe_code)]
