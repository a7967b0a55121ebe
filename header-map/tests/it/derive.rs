//! `#[derive(Reset)]` through this crate.

use ratoon_header_map::{HeaderMap, Reset};

#[derive(Default, Reset)]
struct Exchange {
    headers: HeaderMap,
    body: Vec<u8>,
}

#[test]
fn context_with_a_map() {
    let mut exchange = Exchange::default();
    exchange.headers.append("authorization", "secret").unwrap();
    exchange.body.extend(b"secret");
    exchange.reset();
    assert!(exchange.headers.is_empty() && exchange.body.is_empty());
    assert_eq!(
        exchange.retained_bytes(),
        exchange.headers.retained_bytes() + exchange.body.capacity()
    );
    assert!(exchange.reusable());
}

#[test]
fn law_of_reset() {
    ratoon_reset::check::assert_reset(HeaderMap::new, |map| {
        map.append("authorization", "secret").unwrap();
    });
}
