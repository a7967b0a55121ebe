//! What the header map promises, through its public API.

mod auto_traits;
mod bytes;
#[cfg(all(feature = "http", feature = "httparse"))]
mod check;
mod cloning;
#[cfg(feature = "derive")]
mod derive;
mod entry;
mod equality;
mod forgetting;
mod framing;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "httparse")]
mod httparse;
mod limits;
mod lists;
mod names;
mod order;
mod panics;
mod parse;
mod removal;
mod retention;
mod sensitive;
mod ui;
mod values;
mod wire;
