//! What the header map promises, through its public API.

#[cfg(all(feature = "http", feature = "httparse"))]
mod check;
