//! A crate that depends on `ratoon-header-map`, and on nothing else.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use ratoon_header_map::{HeaderMap, Reset, header};

/// What one request works with.
#[derive(Reset)]
pub struct Context {
    user: u64,
    headers: HeaderMap,
    #[reset(inner = "every response has trailers")]
    trailers: Option<HeaderMap>,
    #[reset(discard_above = 4096)]
    path: String,
}

fn main() {
    let path = String::from("/account");
    let headers = HeaderMap::default;
    let mut context = Context { user: 7, headers: headers(), trailers: Some(headers()), path };
    context.headers.append(header::AUTHORIZATION, "root").unwrap();
    context.trailers.as_mut().unwrap().append(header::ETAG, "7").unwrap();
    context.reset();
    assert_eq!((context.user, context.path.as_str()), (0, ""));
    assert!(context.headers.is_empty() && context.trailers.unwrap().is_empty());
}
