//! Typed headers of the crate `headers` with a map of this family: a server answers a conditional request.
//!
//! The types read and write values of the crate `http`. Only the values of one name are converted, not the
//! map: an `http::HeaderName` is accepted wherever a name is, and an `http::HeaderValue` wherever a value is.

use std::error::Error;
use std::time::Duration;

use headers::authorization::Bearer;
use headers::{Authorization, CacheControl, ETag, Header, HeaderMapExt, IfNoneMatch};
use http::HeaderValue;
use ratoon_header_map::{HeaderMap, Reset, header};

/// Decodes a typed header from all lines of its name; `None` if there are none.
fn typed_get<H: Header>(headers: &HeaderMap) -> Result<Option<H>, headers::Error> {
    let values: Vec<HeaderValue> = headers.get_all(H::name()).map(HeaderValue::from).collect();
    if values.is_empty() { Ok(None) } else { H::decode(&mut values.iter()).map(Some) }
}

/// Appends all lines that a typed header encodes to, or none.
fn typed_append<H: Header>(
    headers: &mut HeaderMap,
    typed: &H,
) -> Result<(), ratoon_header_map::Error> {
    let mut values: Vec<HeaderValue> = Vec::new();
    typed.encode(&mut values);
    headers.try_extend(values.into_iter().map(|value| (H::name(), value)))
}

/// The status of a response, whose headers are written to `response`.
fn respond(request: &HeaderMap, response: &mut HeaderMap) -> Result<u16, Box<dyn Error>> {
    let Ok(Some(Authorization(bearer))) = typed_get::<Authorization<Bearer>>(request) else {
        response.append(header::WWW_AUTHENTICATE, "Bearer")?;
        return Ok(401);
    };
    assert_eq!(bearer.token(), "c2VjcmV0");
    let current: ETag = "\"v7\"".parse()?;
    typed_append(response, &current)?;
    typed_append(response, &CacheControl::new().with_max_age(Duration::from_secs(60)))?;
    // A field that cannot be decoded is ignored: the response is then complete.
    let condition = typed_get::<IfNoneMatch>(request).unwrap_or_default();
    Ok(if condition.is_none_or(|tags| tags.precondition_passes(&current)) { 200 } else { 304 })
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut request, mut response) = (HeaderMap::new(), HeaderMap::new());
    for (tags, status) in
        [(&[][..], 200), (&["\"v6\""], 200), (&["\"v5\", \"v6\"", "W/\"v7\""], 304)]
    {
        typed_append(&mut request, &Authorization::bearer("c2VjcmV0")?)?;
        assert_eq!(format!("{request:?}"), r#"{"authorization": Sensitive}"#);
        request.try_extend(tags.iter().map(|tag| (header::IF_NONE_MATCH, tag)))?;

        assert_eq!(respond(&request, &mut response)?, status, "{tags:?}");
        let lines = b"etag: \"v7\"\r\ncache-control: max-age=60\r\n";
        assert_eq!(response.as_wire(), Some(&lines[..]));
        // With many typed headers to read, convert the map once: its values share one allocation.
        let frozen = response.freeze()?;
        assert_eq!(frozen.typed_get::<ETag>(), Some("\"v7\"".parse()?));
        request.reset();
        response.reset();
    }
    request.append(header::AUTHORIZATION, "Basic \u{e4}")?;
    assert_eq!(respond(&request, &mut response)?, 401);
    println!("200, 200, 304 and 401");
    Ok(())
}
