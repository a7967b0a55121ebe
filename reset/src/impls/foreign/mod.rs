//! Types of other crates, each crate behind the feature of its name.

#[cfg(any(feature = "bumpalo", feature = "typed-arena"))]
mod arenas;
#[cfg(feature = "arrayvec")]
mod arrayvec;
#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "hashbrown")]
mod hashbrown;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "indexmap")]
mod indexmap;
#[cfg(feature = "parking_lot")]
mod parking_lot;
#[cfg(feature = "serde_json")]
mod serde_json;
#[cfg(feature = "smallvec")]
mod smallvec;
#[cfg(feature = "tokio")]
mod tokio;
#[cfg(feature = "uuid")]
mod uuid;
