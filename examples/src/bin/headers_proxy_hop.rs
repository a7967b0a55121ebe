//! One hop of a proxy: parse a request head, drop the hop-by-hop headers, add forwarding headers,
//! serialise.
//!
//! The header map is made once. A request's lines are copied into it with one `memcpy`, and what is
//! left of them goes out with another.

use ratoon_header_map::{Error, HeaderMap, HeaderName, Reset, header};

/// Headers that concern this connection only (RFC 9110, section 7.6.1).
const HOP_BY_HOP: [HeaderName; 6] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What a proxy keeps from request to request.
struct Hop {
    headers: HeaderMap,
    named_by_connection: Vec<String>,
    outgoing: Vec<u8>,
}

impl Hop {
    fn new() -> Self {
        Self {
            headers: HeaderMap::with_capacity(32, 2048),
            named_by_connection: Vec::new(),
            outgoing: Vec::with_capacity(2048),
        }
    }

    /// Rewrites one request head; the result is valid until the next call.
    fn forward(&mut self, head: &[u8], peer: &str) -> Result<&[u8], Box<dyn std::error::Error>> {
        self.headers.reset();
        self.named_by_connection.clear();
        self.outgoing.clear();

        let mut lines = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut lines);
        if request.parse(head)?.is_partial() {
            return Err("the head is not complete".into());
        }
        let target = request.path.ok_or("no target")?;
        let method = request.method.ok_or("no method")?;
        self.headers.extend_from_httparse(head, request.headers)?;
        self.drop_hop_by_hop();
        self.add_forwarding(peer)?;

        self.outgoing.extend_from_slice(method.as_bytes());
        self.outgoing.push(b' ');
        self.outgoing.extend_from_slice(target.as_bytes());
        self.outgoing.extend_from_slice(b" HTTP/1.1\r\n");
        self.headers.write_to(&mut self.outgoing)?;
        self.outgoing.extend_from_slice(b"\r\n");
        Ok(&self.outgoing)
    }

    fn drop_hop_by_hop(&mut self) {
        // `Connection` may name further headers of this hop.
        for value in self.headers.get_all(header::CONNECTION) {
            let options = value.to_str().unwrap_or_default().split(',');
            self.named_by_connection.extend(options.map(|option| option.trim().to_owned()));
        }
        for name in &self.named_by_connection {
            self.headers.remove(name.as_str());
        }
        for name in HOP_BY_HOP {
            self.headers.remove(name);
        }
    }

    fn add_forwarding(&mut self, peer: &str) -> Result<(), Error> {
        self.headers.append(X_FORWARDED_FOR, peer)?;
        self.headers.append(header::VIA, "1.1 ratoon")
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut hop = Hop::new();

    let head = b"GET /account HTTP/1.1\r\n\
        Host: example.com\r\n\
        X-Trace: 17\r\n\
        Connection: keep-alive, X-Debug\r\n\
        X-Debug: on\r\n\
        Cookie: session=secret\r\n\
        \r\n";
    let forwarded = std::str::from_utf8(hop.forward(head, "192.0.2.7")?)?;
    assert_eq!(
        forwarded,
        "GET /account HTTP/1.1\r\n\
         Host: example.com\r\n\
         X-Trace: 17\r\n\
         Cookie: session=secret\r\n\
         x-forwarded-for: 192.0.2.7\r\n\
         via: 1.1 ratoon\r\n\
         \r\n"
    );

    // The next request carries nothing over, and what a lenient parser let pass is written anew.
    let head = b"GET / HTTP/1.1\r\nHost:example.com\nAccept:  */*  \r\n\r\n";
    let forwarded = std::str::from_utf8(hop.forward(head, "192.0.2.8")?)?;
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
    Ok(())
}
