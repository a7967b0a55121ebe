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
//! # Parse a head strictly
//!
//! [`parse_request`](HeaderMap::parse_request) and [`parse_response`](HeaderMap::parse_response) go from
//! the read buffer into the map in one pass, and
//! [`body_length`](RequestHead::body_length) says where the body ends:
//!
//! ```
//! use ratoon_header_map::{BodyLength, HeaderMap, Parsed, Progress, Reset, header};
//!
//! let mut headers = HeaderMap::with_capacity(32, 4096);
//! let mut progress = Progress::new();
//! let mut input: &[u8] = b"POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello\
//!     GET /b HTTP/1.1\r\nHost: b.example\r\n\r\n";
//! let mut seen = Vec::new();
//! while let Parsed::Complete { head, len } = headers.parse_request(input, &mut progress)? {
//!     let body = match head.body_length(&headers)? {
//!         BodyLength::Length(bytes) => usize::try_from(bytes)?,
//!         _ => 0,
//!     };
//!     seen.push((head.target, headers.get(header::HOST).unwrap().to_str()?.to_owned()));
//!     input = &input[len + body..];
//!     headers.reset(); // a head is only parsed into an empty map
//! }
//! assert_eq!(seen, [("/a", "a.example".to_owned()), ("/b", "b.example".to_owned())]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The parser follows RFC 9112, and repairs nothing: what two parties could read in two ways is refused,
//! with a [`ParseError`] that says what and where. A head beyond a limit is refused before it is complete.
//! Compared with the defaults of `httparse` 1.10, for every input either both accept it, with equal
//! headers, or the difference is one of these; a fuzz target and property tests hold the list.
//!
//! | what `httparse` accepts | here | why |
//! |---|---|---|
//! | a bare LF as a line end | [`BareLf`](ParseErrorKind::BareLf) | a party that only takes CRLF sees another message |
//! | any number of empty lines before the start line | [`EmptyLine`](ParseErrorKind::EmptyLine) from the second on; before a response [`InvalidVersion`](ParseErrorKind::InvalidVersion) | RFC 9112, section 2.2, asks for one before a request |
//! | any target | [`InvalidTarget`](ParseErrorKind::InvalidTarget) unless it has a form that fits the method, in visible ASCII without `#`; without a user | an absolute form without an authority names no host; some cut a fragment off |
//! | a request of HTTP/1.1 without `Host`, any request with two, any value | [`MissingHost`](ParseErrorKind::MissingHost), [`SeveralHosts`](ParseErrorKind::SeveralHosts), [`InvalidHost`](ParseErrorKind::InvalidHost) | RFC 9112, section 3.2; two parties route to two hosts |
//! | a status below 100 | [`InvalidStatus`](ParseErrorKind::InvalidStatus) | RFC 9110, section 15 |
//! | as many bytes as there are | [`Limits`] | a peer chooses how much is held |
//! | – | a start line is refused for its form when it is complete | `httparse` may say so earlier |
//!
//! Two things that RFC 9112 does not have are let through, because they occur and split no message: a
//! status line without the space before an empty reason, and targets with characters that RFC 3986 wants
//! escaped (`|`, `{`, `"`, `\`).
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
//! template.append("Content-Length", 0)?;
//!
//! let mut response = HeaderMap::with_capacity(16, 1024);
//! for body in ["hello", "hello, world"] {
//!     response.clone_from(&template);
//!     response.insert(header::CONTENT_LENGTH, body.len())?;
//!     assert_eq!(response.get(header::CONTENT_LENGTH).unwrap().parse(), Some(body.len()));
//! }
//! # Ok::<(), ratoon_header_map::Error>(())
//! ```
//!
//! # Keep secrets out of logs and of freed memory
//!
//! ```
//! use ratoon_header_map::{HeaderMap, Reset, Sensitive, header};
//!
//! let mut headers = HeaderMap::new().with_erasure();
//! headers.append("Cookie", "session=12345")?;
//! headers.append(header::AUTHORIZATION, Sensitive("Bearer 12345"))?;
//! headers.set_sensitive(header::COOKIE, true);
//! let shown = format!("{headers:?}");
//! assert_eq!(shown, r#"{"Cookie": Sensitive, "authorization": Sensitive}"#);
//! headers.reset(); // and the bytes of both are overwritten
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
//! * `http` finds a name in constant time among thousands. Here a lookup compares a byte per header,
//!   sixteen at once: quicker at the sizes that requests have (see the [figures](#comparison)), slower
//!   beyond a hundred.
//! * `http` puts the lines of a name side by side and writes names in lower case. Here lines stay in the
//!   order and case of the wire.
//! * `http::HeaderMap<T>` holds values of any type. This one holds bytes.
//!
//! If you only read a request and forget it, the slice of headers that `httparse` gives borrows the read
//! buffer, and nothing is quicker to fill. It owns nothing, compares strings at each lookup, and is as
//! lenient as what came in.
//!
//! # What is valid
//!
//! * A name is a token of RFC 9110: letters, digits and ``!#$%&'*+-.^_`|~``. `"` is refused, and so are
//!   the `:path` and the like of HTTP/2: they are not headers.
//! * A value holds visible ASCII, spaces, HTAB and bytes from 0x80 (obs-text). CR, LF, NUL, DEL and the
//!   other control characters are refused, also in a folded line. An empty value is a value.
//! * Names and values are always validated; nothing trusts its caller. Validating the values of a block
//!   takes about a tenth of the time that it takes to fill the map with it.
//!
//! ## White space
//!
//! By RFC 9110, section 5.5, blanks around a value are no part of it. Every parser removes them, and with
//! it bulk ingest. A value that is given with blanks at its ends to [`append`](HeaderMap::append) or
//! [`insert`](HeaderMap::insert), or in a `Header` made by hand, keeps them, as in `http`: here and on
//! the wire. Whoever reads that removes them.
//!
//! # All or nothing
//!
//! A call that returns an error has changed nothing: not a line, not what [`as_wire`](HeaderMap::as_wire)
//! says, also where the fifth of ten headers is refused, a limit is reached half way or the allocator
//! fails ([`try_extend`](HeaderMap::try_extend), `extend_from_httparse`, `extend_from_http`). The same
//! holds where an iterator panics. Only [capacity](HeaderMap::capacity) may have grown, and gaps may have
//! been closed.
//!
//! # Limits
//!
//! | | default | at most |
//! |---|---|---|
//! | headers, by [`Limits`] | 128 | 65,536 |
//! | bytes on the wire, by [`Limits`] | 16 KiB | 1 GiB |
//! | bytes of a name | 65,535 | 65,535 |
//! | bytes of a start line that is parsed, by [`Limits`] | 8 KiB | |
//! | memory: 17 bytes per header, and the lines; both double when they are full | | 4 GiB |
//! | bytes in gaps, where lines were removed or shrank | as many as in lines | |
//! | headers kept after an outlier request | 2.5 × the most of the last 32 [`reset`](Reset::reset)s; of 1.25 × that most, the next multiple of 16, doubled; at least 32 | |
//! | bytes kept after an outlier request | 2.5 × the most of the last 32 resets, at least 2 KiB | |
//!
//! There is no hash table to flood. Appending compares nothing. An attacker who chooses names with equal
//! tags makes each lookup by a custom name compare as many names as there are headers. Filling a map with
//! [`insert`](HeaderMap::insert), or walking its [`keys`](HeaderMap::keys), then compares at most
//! `headers²/2` names, 8,192 at the default limit, and `==` somewhat more than five times as many.
//!
//! # Methods of `http::HeaderMap` and their counterparts
//!
//! | `http::HeaderMap` | here | what differs |
//! |---|---|---|
//! | `new`, `default` | [`new`](HeaderMap::new), `default` | `const`; one allocation at the first write |
//! | `with_capacity(n)` | [`with_capacity(headers, bytes)`](HeaderMap::with_capacity) | one allocation |
//! | `try_with_capacity` | [`try_with_capacity`](HeaderMap::try_with_capacity) | |
//! | – | [`with_limits`](HeaderMap::with_limits), [`limits`](HeaderMap::limits), [`with_erasure`](HeaderMap::with_erasure) | |
//! | `append`, `try_append` | [`append`](HeaderMap::append) | an error instead of a panic; does not say whether the name was there |
//! | `insert`, `try_insert` | [`insert`](HeaderMap::insert) | returns how many values it replaced, not one of them |
//! | `get` | [`get`](HeaderMap::get) | a [`Value`] that borrows from the map |
//! | `get_mut`, `iter_mut`, `values_mut` | [`insert`](HeaderMap::insert) | no access to bytes that could put line ends into a value |
//! | `get_all` | [`get_all`](HeaderMap::get_all) | is an iterator itself, from both ends |
//! | – | [`get_one`](HeaderMap::get_one), [`remove_one`](HeaderMap::remove_one) | an error where there are several |
//! | – | [`append_fmt`](HeaderMap::append_fmt), [`insert_fmt`](HeaderMap::insert_fmt) | formatted into the map |
//! | – | [`get_list`](HeaderMap::get_list), [`contains_token`](HeaderMap::contains_token), [`append_to_list`](HeaderMap::append_to_list), [`join_lines`](HeaderMap::join_lines) | elements between commas |
//! | – | [`remove_hop_by_hop`](HeaderMap::remove_hop_by_hop) | what a proxy must not forward |
//! | `contains_key` | [`contains_key`](HeaderMap::contains_key) | |
//! | `entry`, `try_entry` | [`entry`](HeaderMap::entry) | an error for an invalid name |
//! | `remove` | [`remove`](HeaderMap::remove) | returns how many values it removed |
//! | – | [`retain`](HeaderMap::retain) | |
//! | `iter`, `keys`, `values` | [`iter`](HeaderMap::iter), [`keys`](HeaderMap::keys), [`values`](HeaderMap::values) | in the order of the wire, from both ends |
//! | `drain` | [`drain`](HeaderMap::drain) | yields a name with each value; the map is empty at once |
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
//! | – | [`as_wire`](HeaderMap::as_wire), [`compact`](HeaderMap::compact), [`write_to_vec`](HeaderMap::write_to_vec), [`write_to_io`](HeaderMap::write_to_io), [`io_slices`](HeaderMap::io_slices), `write_to` | |
//! | – | [`make_names_lowercase`](HeaderMap::make_names_lowercase) | for HTTP/2 and HTTP/3; `http` has no other case |
//! | – | [`parse_request`](HeaderMap::parse_request), [`parse_response`](HeaderMap::parse_response), [`parse_block`](HeaderMap::parse_block), `extend_from_httparse` | |
//!
//! | of its other types | here | what differs |
//! |---|---|---|
//! | `HeaderValue::set_sensitive` | [`Sensitive`], [`HeaderMap::set_sensitive`] | |
//! | `HeaderValue::to_str` | [`Value::to_str`] | takes UTF-8, not only visible ASCII |
//! | `HeaderValue::from(7)` | integers, `bool` and IP addresses are [values](AsHeaderValue) | |
//! | `HeaderName::from_static` | [`HeaderName::from_static`] | any case; in a constant, what is no token does not compile |
//! | `HeaderName::from_bytes`, `from_lowercase`, `from_str` | a string | resolved where it is used |
//! | `HeaderValue::from_static`, `from_str`, `from_bytes`, `from_maybe_shared` | strings and bytes are [values](AsHeaderValue) | validated where they are written |
//! | `Entry::or_insert`, `or_insert_with`, `or_try_…`, `key` | [`Entry`] | return errors |
//! | `VacantEntry::insert`, `try_insert`, `key` | [`VacantEntry`] | |
//! | `VacantEntry::insert_entry`, `into_key` | [`VacantEntry::insert`], the key you gave | |
//! | `OccupiedEntry::get`, `iter`, `key`, `append`, `remove` | [`OccupiedEntry`] | |
//! | `OccupiedEntry::insert`, `insert_mult` | [`OccupiedEntry::insert`] | returns how many values it replaced |
//! | `OccupiedEntry::remove_entry`, `remove_entry_mult` | [`OccupiedEntry::iter`], then [`remove`](OccupiedEntry::remove) | |
//! | `OccupiedEntry::get_mut`, `iter_mut`, `into_mut` | [`OccupiedEntry::into_value`] | read only |
//!
//! # Comparison
//!
//! Times as quick as `http` 1.5 at its best, which is a map that is reused and whose values share the
//! read buffer. `cargo compare --section header_map` in the repository measures them, and other maps too.
//!
//! <!-- figures: header map -->
//! |  | browser, 16 headers | proxy, 28 | gRPC, 10 | CDN response, 24 |
//! |---|---:|---:|---:|---:|
//! | fill in bulk, 12 look-ups, iterate, serialise, clear | 6.95x | 9.24x | 6.79x | 7.30x |
//! | the same, filled one by one | 4.61x | 5.47x | 4.99x | 4.26x |
//! | fill in bulk, clear | 6.94x | 9.52x |  |  |
//! | fill one by one, clear | 3.75x | 4.79x |  |  |
//! | 12 look-ups by constant | 6.22x | 5.35x |  |  |
//! | 12 look-ups by string | 2.10x | 2.23x |  |  |
//!
//! Intel(R) Xeon(R) Processor, 2 cores, Linux x86_64; rustc 1.95.0 (59807616e 2026-04-14), release profile, opt-level 3, x86_64-unknown-linux-gnu; commit 69fd2ae92788, 2026-11-30 08:23 UTC.
//! <!-- end of figures -->
//!
//! The cycle of 16 headers allocates nothing; that of `http` allocates 6 times, or 22 times where values
//! are copied. Against slices that borrow the read buffer (`Vec<httparse::Header>`, searched from the
//! front) the bulk cycle is as quick, 1.0 to 1.5, and one by one slower, 0.6 to 0.9.
//!
//! A look-up scans a byte per header, a hash table does not. Three look-ups, one of them in vain, among
//! so many headers:
//!
//! | headers | 4 | 8 | 16 | 32 | 64 | 128 |
//! |---|---|---|---|---|---|---|
//! | by a name that every map knows | 5.3 | 4.6 | 4.6 | 4.7 | 2.0 | 1.3 |
//! | by a constant of the application | 2.0 | 2.0 | 1.8 | 1.6 | 1.2 | 0.9 |
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
// What needs it says so and why: the scans, erasure, and a name that is known to be ASCII.
#![deny(unsafe_code)]

// First, so that the page of the map begins with its constructors.
mod map;

mod eq;
mod error;
mod framing;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "httparse")]
mod httparse;
mod limits;
mod name;
mod parse;
mod reset;
mod retention;
mod scan;
mod storage;
mod validate;
mod value;
mod wire;

// The trait alone, and beside it the derive that names this crate: a user needs no other.
#[doc(inline)]
pub use ratoon_reset::__private::Reset;
#[cfg(feature = "derive")]
#[doc(no_inline)]
pub use ratoon_reset::Capacity;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use ratoon_reset_derive::ResetForHeaderMap as Reset;

pub use crate::error::{Error, NameExcerpt};
pub use crate::framing::{BodyLength, FramingError};
pub use crate::limits::Limits;
pub use crate::map::{
    Drain, Entry, GetAll, HeaderMap, Iter, Keys, ListElements, OccupiedEntry, Separator,
    VacantEntry, Values,
};
pub use crate::name::known::header;
pub use crate::name::{AsHeaderName, HeaderName, Name};
pub use crate::parse::{
    ParseError, ParseErrorKind, Parsed, Progress, RequestHead, ResponseHead, Version,
};
pub use crate::value::{AsHeaderValue, Number, Sensitive, Value};

/// What the derive names. Not public API.
#[doc(hidden)]
pub mod __private {
    pub use ratoon_reset::__private::*;
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
