//! One hop of a proxy: parse a request head, drop the hop-by-hop headers, add forwarding headers,
//! serialise. What two parties could read in two ways is refused.
//!
//! The header map is made once. A request's lines are copied into it with one `memcpy`, and what is
//! left of them goes out in a few pieces. No request allocates.

use std::error::Error;

use ratoon_header_map::{HeaderMap, HeaderName, Reset, header};

/// Headers that concern one connection only (RFC 9110, section 7.6.1). `Transfer-Encoding` is another:
/// this hop forwards no such body.
const HOP_BY_HOP: [HeaderName; 8] = [
    header::CONNECTION,
    header::PROXY_CONNECTION,
    header::KEEP_ALIVE,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::UPGRADE,
];

/// Headers that tell the next party where the request ends and for whom it is: nobody may have them
/// dropped by naming them in `Connection`.
const END_TO_END: [HeaderName; 3] =
    [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING];

/// What a proxy keeps from request to request.
struct Hop {
    headers: HeaderMap,
    /// The options of `Connection`, copied: they name what is dropped from the map they lie in.
    options: String,
    outgoing: Vec<u8>,
}

/// A request head as it goes to the next party.
struct Forwarded<'a> {
    head: &'a [u8],
    /// Bytes of the body that follows.
    body: u64,
}

impl Hop {
    fn new() -> Self {
        Self {
            headers: HeaderMap::with_capacity(32, 2048),
            options: String::with_capacity(256),
            outgoing: Vec::with_capacity(2048),
        }
    }

    /// Rewrites one request head; the result is valid until the next call.
    fn forward(&mut self, head: &[u8], peer: &str) -> Result<Forwarded<'_>, Box<dyn Error>> {
        self.headers.reset();
        self.outgoing.clear();

        let mut lines = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut lines);
        if request.parse(head)?.is_partial() {
            return Err("the head is not complete".into());
        }
        let (method, target) = request.method.zip(request.path).ok_or("no request line")?;
        if !target.starts_with('/') {
            return Err("only a path is forwarded: another target names a second host".into());
        }
        self.headers.extend_from_httparse(head, request.headers)?;

        let body = self.body()?;
        self.headers.get_one(header::HOST)?.ok_or("no Host")?;
        self.drop_hop_by_hop()?;
        self.headers.append(header::X_FORWARDED_FOR, peer)?;
        self.headers.append(header::VIA, "1.1 ratoon")?;

        for part in [method, " ", target, " HTTP/1.1\r\n"] {
            self.outgoing.extend_from_slice(part.as_bytes());
        }
        self.headers.write_to(&mut self.outgoing)?;
        self.outgoing.extend_from_slice(b"\r\n");
        Ok(Forwarded { head: &self.outgoing, body })
    }

    /// How long the body is, if there is one way to read that.
    fn body(&self) -> Result<u64, Box<dyn Error>> {
        if self.headers.contains_key(header::TRANSFER_ENCODING) {
            return Err("only bodies with a Content-Length are forwarded".into());
        }
        match self.headers.get_one(header::CONTENT_LENGTH)? {
            Some(length) => Ok(length.parse().ok_or("Content-Length is no number")?),
            None => Ok(0),
        }
    }

    fn drop_hop_by_hop(&mut self) -> Result<(), Box<dyn Error>> {
        self.options.clear();
        for value in self.headers.get_all(header::CONNECTION) {
            self.options.push_str(value.to_str()?);
            self.options.push(',');
        }
        for option in self.options.split(',').map(str::trim) {
            if END_TO_END.iter().any(|name| *name == option) {
                return Err("Connection names a header that is not its own".into());
            }
            self.headers.remove(option);
        }
        for name in HOP_BY_HOP {
            self.headers.remove(name);
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut hop = Hop::new();

    let head = b"POST /account HTTP/1.1\r\n\
        Host: example.com\r\n\
        Content-Length: 12\r\n\
        X-Trace: 17\r\n\
        Connection: keep-alive, X-Debug\r\n\
        Keep-Alive: timeout=5\r\n\
        X-Debug: on\r\n\
        TE: trailers\r\n\
        connection: x-other\r\n\
        X-Other: 1\r\n\
        Cookie: session=secret\r\n\
        \r\n";
    let forwarded = hop.forward(head, "192.0.2.7")?;
    assert_eq!(
        std::str::from_utf8(forwarded.head)?,
        "POST /account HTTP/1.1\r\n\
         Host: example.com\r\n\
         Content-Length: 12\r\n\
         X-Trace: 17\r\n\
         Cookie: session=secret\r\n\
         x-forwarded-for: 192.0.2.7\r\n\
         via: 1.1 ratoon\r\n\
         \r\n"
    );
    assert_eq!(forwarded.body, 12);

    // The next request carries nothing over, and what a lenient parser let pass is written anew.
    let head = b"GET / HTTP/1.1\r\nHost:example.com\nAccept:  */*  \r\n\r\n";
    let forwarded = std::str::from_utf8(hop.forward(head, "192.0.2.8")?.head)?;
    assert_eq!(
        forwarded,
        "GET / HTTP/1.1\r\n\
         Host: example.com\r\n\
         Accept: */*\r\n\
         x-forwarded-for: 192.0.2.8\r\n\
         via: 1.1 ratoon\r\n\
         \r\n"
    );
    println!("{forwarded}");

    for (target, lines, reason) in [
        ("/", "Content-Length: 5\r\nContent-Length: 6\r\n", "header `content-length` has 2 values"),
        ("/", "Content-Length: +5\r\n", "Content-Length is no number"),
        ("/", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "only bodies with"),
        ("/", "Connection: close, Content-Length\r\nContent-Length: 5\r\n", "Connection names"),
        ("/", "Host: other.example\r\n", "header `host` has 2 values"),
        ("http://other.example/", "", "only a path is forwarded"),
    ] {
        let head = format!("POST {target} HTTP/1.1\r\nHost: example.com\r\n{lines}\r\n");
        let refused = hop.forward(head.as_bytes(), "192.0.2.9").err();
        let refused = refused.expect("two parties could read it in two ways").to_string();
        assert!(refused.starts_with(reason), "{refused}");
        println!("{refused}");
    }
    Ok(())
}
