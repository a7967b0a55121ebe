//! A presized, reusable map of HTTP headers: one buffer, wire order and case, no allocation per
//! request.
//!
//! A server that owns its parsing fills a header map, looks a dozen names up, writes it out and
//! forgets it, for every request. [`HeaderMap`] keeps all lines as they go over the wire in one
//! allocation that the next request uses again. It bounds what a peer can make it hold, returns an
//! error where others panic, and shows nothing of the request before.
//!
//! # Keep one map for every request
//!
//! ```
//! use ratoon_header_map::{HeaderMap, Reset, header};
//!
//! let mut headers = HeaderMap::with_capacity(32, 4096);
//! for request in ["/a", "/b"] {
//!     headers.append("Host", "example.com")?;
//!     headers.append("X-Path", request)?;
//!     assert_eq!(headers.get(header::HOST).unwrap(), "example.com");
//!     assert_eq!(headers.get("x-path").unwrap(), request);
//!     headers.reset();
//! }
//! assert!(headers.is_empty());
//! # Ok::<(), ratoon_header_map::Error>(())
//! ```
//!
//! # Take over what a parser found
//!
//! With the feature `httparse`, lines that need no change are copied with one `memcpy`, and written out
//! with one:
//!
//! ```
//! # #[cfg(feature = "httparse")] {
//! use ratoon_header_map::{HeaderMap, header};
//!
//! let block = b"Host: example.com\r\nConnection: close\r\nAccept: */*\r\n\r\n";
//! let mut parsed = [httparse::EMPTY_HEADER; 64];
//! let (_, parsed) = httparse::parse_headers(block, &mut parsed).unwrap().unwrap();
//!
//! let mut headers = HeaderMap::with_capacity(32, 4096);
//! headers.extend_from_httparse(block, parsed).unwrap();
//! headers.remove(header::CONNECTION);
//! headers.append(header::VIA, "1.1 proxy.example").unwrap();
//! headers.compact();
//! let wire = headers.as_wire().unwrap();
//! assert_eq!(wire, b"Host: example.com\r\nAccept: */*\r\nvia: 1.1 proxy.example\r\n");
//! # }
//! ```
//!
//! # Refuse what does not belong in a header
//!
//! ```
//! use ratoon_header_map::{Error, HeaderMap, Limits, header};
//!
//! let mut headers = HeaderMap::new().with_limits(Limits::new(64, 8 * 1024));
//! let evil = "nobody\r\nX-Admin: 1";
//! assert!(matches!(headers.append("X-User", evil), Err(Error::InvalidValue { at: 6, .. })));
//!
//! headers.append("Content-Length", "5")?;
//! headers.append("Content-Length", "+7")?;
//! assert!(headers.get_one(header::CONTENT_LENGTH).is_err(), "two lengths");
//! headers.insert(header::CONTENT_LENGTH, "+7")?;
//! let length = headers.get_one(header::CONTENT_LENGTH)?.unwrap();
//! assert_eq!(length.parse::<u64>(), None, "no number of RFC 9110");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Start a response from a template
//!
//! ```
//! use ratoon_header_map::{HeaderMap, header};
//!
//! let mut template = HeaderMap::new();
//! template.append("Server", "example")?;
//! template.append("Content-Length", "0")?;
//!
//! let mut response = HeaderMap::with_capacity(16, 1024);
//! for body in ["hello", "hello, world"] {
//!     response.clone_from(&template);
//!     response.insert(header::CONTENT_LENGTH, body.len().to_string())?;
//!     assert_eq!(response.get(header::CONTENT_LENGTH).unwrap().parse(), Some(body.len()));
//! }
//! # Ok::<(), ratoon_header_map::Error>(())
//! ```
//!
//! # When to stay with `http`
//!
//! Inside hyper, axum, tonic, tower or reqwest the map of a request is an `http::HeaderMap` that
//! they own. Converting it costs more than this map saves: stay with it. The gain is for servers,
//! proxies and decoders that own their parsing, for response templates, and for metadata that is
//! read or written as bytes.
//!
//! * `http` shares values as [`Bytes`]: a value that must outlive the request is cloned without a
//!   copy. Here it is copied, or frozen (`freeze`, feature `http`) with all others.
//! * `http` finds a name in constant time among thousands. Here a lookup looks at every sixteenth of
//!   the headers: quicker at the sizes that requests have (see the table), slower beyond.
//! * `http::HeaderMap<T>` holds values of any type. This one holds bytes.
//!
//! # Limits
//!
//! | | default | at most |
//! |---|---|---|
//! | headers, by [`Limits`] | 128 | 65,536 |
//! | bytes on the wire, by [`Limits`] | 16 KiB | 1 GiB |
//! | bytes of a name | 65,535 | 65,535 |
//! | memory | 17 bytes per header, and the lines; both double when they are full | 4 GiB |
//!
//! An attacker who chooses names with equal tags makes each lookup by a string compare up to as many
//! names as there are headers; appending compares nothing, and filling a map with `insert` at most
//! `headers²/2`. There is no hash table to flood.
//!
//! # Methods of `http::HeaderMap` and their counterparts
//!
//! | `http::HeaderMap` | here | what differs |
//! |---|---|---|
//! | `new`, `default` | [`new`](HeaderMap::new) | `const`; one allocation at the first write |
//! | `with_capacity(n)` | [`with_capacity(headers, bytes)`](HeaderMap::with_capacity) | one allocation |
//! | `try_with_capacity` | [`try_with_capacity`](HeaderMap::try_with_capacity) | |
//! | `append`, `try_append` | [`append`](HeaderMap::append) | an error instead of a panic; does not say whether the name was there |
//! | `insert`, `try_insert` | [`insert`](HeaderMap::insert) | returns how many values it replaced, not one of them |
//! | `get` | [`get`](HeaderMap::get) | a [`Value`] that borrows from the map |
//! | `get_mut`, `iter_mut`, `values_mut` | [`insert`](HeaderMap::insert) | no access to bytes that could put line ends into a value |
//! | `get_all` | [`get_all`](HeaderMap::get_all) | also an iterator itself |
//! | – | [`get_one`](HeaderMap::get_one) | an error where there are several |
//! | `contains_key` | [`contains_key`](HeaderMap::contains_key) | |
//! | `entry`, `try_entry` | [`entry`](HeaderMap::entry) | an error for an invalid name |
//! | `remove` | [`remove`](HeaderMap::remove) | returns how many values it removed |
//! | – | [`retain`](HeaderMap::retain) | |
//! | `iter`, `keys`, `values` | [`iter`](HeaderMap::iter), [`keys`](HeaderMap::keys), [`values`](HeaderMap::values) | in the order of the wire, from both ends |
//! | `drain` | [`drain`](HeaderMap::drain) | yields a name with each value |
//! | `into_iter` | [`drain`](HeaderMap::drain) | keeps the memory |
//! | `extend` | [`try_extend`](HeaderMap::try_extend) | all or nothing |
//! | `from_iter`, `try_from(&HashMap)` | [`try_extend`](HeaderMap::try_extend) | can fail |
//! | `map[name]` | [`get`](HeaderMap::get) | `Index` could only panic |
//! | `len`, `keys_len`, `is_empty` | [`len`](HeaderMap::len), [`keys_len`](HeaderMap::keys_len), [`is_empty`](HeaderMap::is_empty) | |
//! | – | [`byte_len`](HeaderMap::byte_len), [`byte_capacity`](HeaderMap::byte_capacity) | |
//! | `capacity` | [`capacity`](HeaderMap::capacity) | |
//! | `reserve`, `try_reserve` | [`reserve`](HeaderMap::reserve) | an error instead of a panic |
//! | – | [`shrink_to`](HeaderMap::shrink_to) | |
//! | `clear` | [`clear`](HeaderMap::clear), [`reset`](Reset::reset) | the latter also bounds the memory that is kept |
//! | `==`, `clone`, `{:?}` | the same | [`clone_from`](Clone::clone_from) allocates nothing where there is room |
//! | `HeaderValue::set_sensitive` | [`Sensitive`] | |
//! | – | [`as_wire`](HeaderMap::as_wire), [`compact`](HeaderMap::compact), `write_to` | |
//!
//! # Comparison
//!
//! FIGURES
//!
//! # Crate features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `derive` | yes | `#[derive(Reset)]` as [`Reset`] of this crate, for contexts that hold a map |
//! | `bytes` | no | `HeaderMap::write_to` any `BufMut`; `Bytes` as values |
//! | `http` | no | conversions from and to `http::HeaderMap`; `http::HeaderValue` as values; implies `bytes` |
//! | `httparse` | no | `HeaderMap::extend_from_httparse` |
//!
//! [`Bytes`]: https://docs.rs/bytes
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "httparse")]
mod httparse;
mod limits;
mod map;
mod name;
mod reset;
mod scan;
mod storage;
mod validate;
mod value;
mod wire;

// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForHeaderMap as Reset;

pub use crate::error::{Error, NameExcerpt};
pub use crate::limits::Limits;
pub use crate::map::{
    Drain, Entry, GetAll, HeaderMap, Iter, Keys, OccupiedEntry, VacantEntry, Values,
};
pub use crate::name::known::header;
pub use crate::name::{AsHeaderName, HeaderName, Name};
pub use crate::value::{AsHeaderValue, Number, Sensitive, Value};

/// What the derive names. Not public API.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
