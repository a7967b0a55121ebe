//! Where a message's headers live: in GoFarm's hash map of strings or an `http::HeaderMap`, both made
//! anew for each message, or in a reused map of Ratoon.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use bytes::BufMut;
use http::header::{HeaderName, HeaderValue};
use ratoon_header_map as ratoon;

/// What a handler reads of a request's headers.
pub trait Lookup {
    /// The first value of `name`; empty if there is none, or if it is no text.
    fn text(&self, name: Name) -> &str;
}

/// A request's or response's headers.
pub trait Headers: Lookup + Default + Send + 'static {
    /// Takes over what httparse found in `block`; false if a header is refused.
    fn fill(&mut self, block: &[u8], parsed: &[httparse::Header<'_>]) -> bool;

    /// Whether there is a line with `name`.
    fn has(&self, name: Name) -> bool;

    /// The only value of `name`, as [`Lookup::text`] does; `None` if there are several.
    fn only(&self, name: Name) -> Option<&str>;

    /// Begins a response with [`ALWAYS`], the cheapest way that these headers have.
    fn begin(&mut self);

    /// Adds a line to a response.
    fn put(&mut self, name: Name, value: &str);

    /// Adds a line with a number.
    fn put_number(&mut self, name: Name, number: usize);

    /// Writes all lines.
    fn write(&self, out: &mut impl BufMut);

    /// Ends a message: nothing of it is left.
    fn end(&mut self);
}

macro_rules! names {
    ($($name:ident $known:ident $text:literal;)*) => {
        /// Headers that the handler knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Name {
            $(#[doc = $text] $name,)*
        }

        impl Name {
            /// The name in lower case.
            #[inline(always)]
            pub fn as_str(self) -> &'static str {
                match self { $(Name::$name => $text,)* }
            }

            /// Ratoon's constant.
            #[inline(always)]
            fn ratoon(self) -> ratoon::HeaderName {
                match self { $(Name::$name => ratoon::header::$known,)* }
            }

            /// A static of `http`, which is faster than its constants.
            #[inline(always)]
            pub fn http(self) -> &'static HeaderName {
                match self {
                    $(Name::$name => {
                        static NAME: HeaderName = HeaderName::from_static($text);
                        &NAME
                    })*
                }
            }
        }
    };
}

names! {
    Host HOST "host";
    Authorization AUTHORIZATION "authorization";
    Connection CONNECTION "connection";
    Cookie COOKIE "cookie";
    ContentType CONTENT_TYPE "content-type";
    ContentLength CONTENT_LENGTH "content-length";
    TransferEncoding TRANSFER_ENCODING "transfer-encoding";
    Traceparent TRACEPARENT "traceparent";
    RequestId X_REQUEST_ID "x-request-id";
    ForwardedFor X_FORWARDED_FOR "x-forwarded-for";
    ForwardedProto X_FORWARDED_PROTO "x-forwarded-proto";
    AcceptEncoding ACCEPT_ENCODING "accept-encoding";
    AcceptLanguage ACCEPT_LANGUAGE "accept-language";
    Date DATE "date";
    Server SERVER "server";
    CacheControl CACHE_CONTROL "cache-control";
    Vary VARY "vary";
}

/// The lines that every response begins with. A server would look at the clock once per second.
pub const ALWAYS: [(Name, &str); 5] = [
    (Name::Date, "Tue, 24 Nov 2026 00:00:00 GMT"),
    (Name::Server, "farm"),
    (Name::ContentType, "application/json"),
    (Name::CacheControl, "no-store"),
    (Name::Vary, "Accept-Encoding, Accept-Language"),
];

/// What GoFarm had, in Rust: a hash map from name to values, grown from empty, and a list of lines to
/// answer with.
#[derive(Debug, Default)]
pub struct Naive {
    received: HashMap<String, Vec<String>>,
    lines: Vec<(&'static str, Cow<'static, str>)>,
}

impl Lookup for Naive {
    #[inline(always)]
    fn text(&self, name: Name) -> &str {
        self.received
            .get(name.as_str())
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }
}

impl Headers for Naive {
    #[inline]
    fn fill(&mut self, _: &[u8], parsed: &[httparse::Header<'_>]) -> bool {
        parsed.iter().all(|header| {
            let value = str::from_utf8(header.value).map(str::to_owned);
            let values = self.received.entry(header.name.to_ascii_lowercase()).or_default();
            value.map(|value| values.push(value)).is_ok()
        })
    }

    #[inline(always)]
    fn has(&self, name: Name) -> bool {
        self.received.contains_key(name.as_str())
    }

    #[inline(always)]
    fn only(&self, name: Name) -> Option<&str> {
        match self.received.get(name.as_str()).map(Vec::as_slice) {
            None => Some(""),
            Some([value]) => Some(value),
            Some(_) => None,
        }
    }

    #[inline(always)]
    fn begin(&mut self) {
        let lines = ALWAYS.map(|(name, value)| (name.as_str(), Cow::Borrowed(value)));
        self.lines.reserve(RESPONSE_LINES);
        self.lines.extend(lines);
    }

    #[inline(always)]
    fn put(&mut self, name: Name, value: &str) {
        self.lines.push((name.as_str(), Cow::Owned(value.to_owned())));
    }

    #[inline(always)]
    fn put_number(&mut self, name: Name, number: usize) {
        self.lines.push((name.as_str(), Cow::Owned(number.to_string())));
    }

    #[inline]
    fn write(&self, out: &mut impl BufMut) {
        for (name, value) in &self.lines {
            write_line(out, name.as_bytes(), value.as_bytes());
        }
    }

    #[inline]
    fn end(&mut self) {
        *self = Naive::default();
    }
}

/// `http::HeaderMap` as a careful program uses it that keeps nothing: made anew for each message, with
/// room for what is known to come.
#[derive(Debug, Default)]
pub struct Http(http::HeaderMap);

/// Lines of a response that every handler here writes.
const RESPONSE_LINES: usize = 8;

impl Lookup for http::HeaderMap {
    #[inline(always)]
    fn text(&self, name: Name) -> &str {
        self.get(name.http()).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Lookup for Http {
    #[inline(always)]
    fn text(&self, name: Name) -> &str {
        self.0.text(name)
    }
}

impl Headers for Http {
    #[inline]
    fn fill(&mut self, _: &[u8], parsed: &[httparse::Header<'_>]) -> bool {
        self.0.reserve(parsed.len());
        parsed.iter().all(|header| {
            let name = HeaderName::from_bytes(header.name.as_bytes());
            let value = HeaderValue::from_bytes(header.value);
            name.ok().zip(value.ok()).map(|(name, value)| self.0.append(name, value)).is_some()
        })
    }

    #[inline(always)]
    fn has(&self, name: Name) -> bool {
        self.0.contains_key(name.http())
    }

    #[inline(always)]
    fn only(&self, name: Name) -> Option<&str> {
        let mut values = self.0.get_all(name.http()).iter();
        let first = values.next().map_or("", |value| value.to_str().unwrap_or_default());
        values.next().is_none().then_some(first)
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.0.reserve(RESPONSE_LINES);
        for (name, value) in ALWAYS {
            self.0.insert(name.http(), HeaderValue::from_static(value));
        }
    }

    #[inline(always)]
    fn put(&mut self, name: Name, value: &str) {
        let value = HeaderValue::from_str(value).expect("the handler writes plain text");
        self.0.insert(name.http(), value);
    }

    #[inline(always)]
    fn put_number(&mut self, name: Name, number: usize) {
        self.0.insert(name.http(), HeaderValue::from(number));
    }

    #[inline]
    fn write(&self, out: &mut impl BufMut) {
        for (name, value) in &self.0 {
            write_line(out, name.as_str().as_bytes(), value.as_bytes());
        }
    }

    #[inline]
    fn end(&mut self) {
        self.0 = http::HeaderMap::new();
    }
}

/// What a response of Ratoon's map is copied from.
static TEMPLATE: LazyLock<ratoon::HeaderMap> = LazyLock::new(|| {
    let mut template = ratoon::HeaderMap::new();
    for (name, value) in ALWAYS {
        template.append(name.ratoon(), value).expect("few, plain lines");
    }
    template
});

impl Lookup for ratoon::HeaderMap {
    #[inline(always)]
    fn text(&self, name: Name) -> &str {
        self.get(name.ratoon()).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Headers for ratoon::HeaderMap {
    #[inline]
    fn fill(&mut self, block: &[u8], parsed: &[httparse::Header<'_>]) -> bool {
        self.extend_from_httparse(block, parsed).is_ok()
    }

    #[inline(always)]
    fn has(&self, name: Name) -> bool {
        self.contains_key(name.ratoon())
    }

    #[inline(always)]
    fn only(&self, name: Name) -> Option<&str> {
        let value = self.get_one(name.ratoon()).ok()?;
        Some(value.and_then(|value| value.to_str().ok()).unwrap_or_default())
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.clone_from(&TEMPLATE);
    }

    #[inline(always)]
    fn put(&mut self, name: Name, value: &str) {
        self.append(name.ratoon(), value).expect("the handler writes few, plain lines");
    }

    #[inline(always)]
    fn put_number(&mut self, name: Name, number: usize) {
        self.append(name.ratoon(), number).expect("the handler writes few, plain lines");
    }

    #[inline]
    fn write(&self, out: &mut impl BufMut) {
        self.write_to(out).expect("the buffer grows");
    }

    #[inline]
    fn end(&mut self) {
        self.clear();
    }
}

#[inline]
fn write_line(out: &mut impl BufMut, name: &[u8], value: &[u8]) {
    out.put_slice(name);
    out.put_slice(b": ");
    out.put_slice(value);
    out.put_slice(b"\r\n");
}
