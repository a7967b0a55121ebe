//! Programs in which the crates of the family meet; each is in `src/bin/`.
//!
//! The examples of the project's README are compiled and run as tests of this package.
#![forbid(unsafe_code)]

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
