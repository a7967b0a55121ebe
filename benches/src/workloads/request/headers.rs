//! Where a request's headers live: in GoFarm's hash map of strings or an `http::HeaderMap`, both made
//! anew and grown from empty, or in a reused map of Ratoon.

use std::collections::HashMap;

use bytes::BufMut;
use http::header::{HeaderName, HeaderValue};
use ratoon_header_map as ratoon;

/// A request's or response's headers.
pub trait Headers: Default + Send + 'static {
    /// Begins a new message.
    fn begin(&mut self);

    /// Takes over what httparse found in `block`; false if a header is refused.
    fn fill(&mut self, block: &[u8], parsed: &[httparse::Header<'_>]) -> bool;

    /// The first value of `name`.
    fn get(&self, name: Name) -> Option<&[u8]>;

    /// Adds a line to a response.
    fn put(&mut self, name: Name, value: &str);

    /// Writes all lines.
    fn write(&self, out: &mut impl BufMut);
}

macro_rules! names {
    ($($name:ident $known:ident $text:literal;)*) => {
        /// Headers that the handler knows.
        #[derive(Debug, Clone, Copy)]
        pub enum Name {
            $(#[doc = $text] $name,)*
        }

        impl Name {
            /// The name in lower case.
            #[inline(always)]
            fn as_str(self) -> &'static str {
                match self { $(Name::$name => $text,)* }
            }

            /// Ratoon's constant.
            #[inline(always)]
            fn ratoon(self) -> ratoon::HeaderName {
                match self { $(Name::$name => ratoon::header::$known,)* }
            }

            /// A static of `http`, which is faster than its constants.
            #[inline(always)]
            fn http(self) -> &'static HeaderName {
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
    Cookie COOKIE "cookie";
    ContentType CONTENT_TYPE "content-type";
    ContentLength CONTENT_LENGTH "content-length";
    Traceparent TRACEPARENT "traceparent";
    RequestId X_REQUEST_ID "x-request-id";
    ForwardedFor X_FORWARDED_FOR "x-forwarded-for";
    ForwardedProto X_FORWARDED_PROTO "x-forwarded-proto";
    UserAgent USER_AGENT "user-agent";
    AcceptEncoding ACCEPT_ENCODING "accept-encoding";
    AcceptLanguage ACCEPT_LANGUAGE "accept-language";
    Date DATE "date";
    Server SERVER "server";
    CacheControl CACHE_CONTROL "cache-control";
    Vary VARY "vary";
}

/// What GoFarm had, in Rust: a hash map from name to values, and a list of lines to answer with.
#[derive(Debug, Default)]
pub struct Naive {
    received: HashMap<String, Vec<String>>,
    lines: Vec<(String, String)>,
}

impl Headers for Naive {
    #[inline]
    fn begin(&mut self) {
        *self = Naive::default();
    }

    #[inline]
    fn fill(&mut self, _: &[u8], parsed: &[httparse::Header<'_>]) -> bool {
        parsed.iter().all(|header| {
            let value = str::from_utf8(header.value).map(str::to_owned);
            let values = self.received.entry(header.name.to_ascii_lowercase()).or_default();
            value.map(|value| values.push(value)).is_ok()
        })
    }

    #[inline(always)]
    fn get(&self, name: Name) -> Option<&[u8]> {
        Some(self.received.get(name.as_str())?.first()?.as_bytes())
    }

    #[inline(always)]
    fn put(&mut self, name: Name, value: &str) {
        self.lines.push((name.as_str().to_owned(), value.to_owned()));
    }

    #[inline]
    fn write(&self, out: &mut impl BufMut) {
        for (name, value) in &self.lines {
            write_line(out, name.as_bytes(), value.as_bytes());
        }
    }
}

/// `http::HeaderMap`, made anew for each message.
#[derive(Debug, Default)]
pub struct Http(http::HeaderMap);

impl Headers for Http {
    #[inline]
    fn begin(&mut self) {
        self.0 = http::HeaderMap::new();
    }

    #[inline]
    fn fill(&mut self, _: &[u8], parsed: &[httparse::Header<'_>]) -> bool {
        parsed.iter().all(|header| {
            let name = HeaderName::from_bytes(header.name.as_bytes());
            let value = HeaderValue::from_bytes(header.value);
            name.ok().zip(value.ok()).map(|(name, value)| self.0.append(name, value)).is_some()
        })
    }

    #[inline(always)]
    fn get(&self, name: Name) -> Option<&[u8]> {
        self.0.get(name.http()).map(HeaderValue::as_bytes)
    }

    #[inline(always)]
    fn put(&mut self, name: Name, value: &str) {
        let value = HeaderValue::from_str(value).expect("the handler writes plain text");
        self.0.insert(name.http(), value);
    }

    #[inline]
    fn write(&self, out: &mut impl BufMut) {
        for (name, value) in &self.0 {
            write_line(out, name.as_str().as_bytes(), value.as_bytes());
        }
    }
}

impl Headers for ratoon::HeaderMap {
    #[inline]
    fn begin(&mut self) {
        self.clear();
    }

    #[inline]
    fn fill(&mut self, block: &[u8], parsed: &[httparse::Header<'_>]) -> bool {
        self.extend_from_httparse(block, parsed).is_ok()
    }

    #[inline(always)]
    fn get(&self, name: Name) -> Option<&[u8]> {
        Some(self.get(name.ratoon())?.as_bytes())
    }

    #[inline(always)]
    fn put(&mut self, name: Name, value: &str) {
        self.append(name.as_str(), value).expect("the handler writes few, plain lines");
    }

    #[inline]
    fn write(&self, out: &mut impl BufMut) {
        self.write_to(out).expect("the buffer grows");
    }
}

#[inline]
fn write_line(out: &mut impl BufMut, name: &[u8], value: &[u8]) {
    out.put_slice(name);
    out.put_slice(b": ");
    out.put_slice(value);
    out.put_slice(b"\r\n");
}
