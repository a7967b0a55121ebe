//! Integration tests of `ratoon-arena`.
