//! One hop of a proxy: parse a request head, drop the hop-by-hop headers, add forwarding headers,
//! serialise. What two parties could read in two ways is refused.
//!
//! The header map is made once. A request is parsed straight into it, its lines are copied with one
//! `memcpy`, and what is left of them goes out in a few pieces. No request allocates.

use std::error::Error;

use ratoon_header_map::{
    BodyLength, HeaderMap, HeaderName, Parsed, Progress, RequestHead, Reset, Separator, header,
};

/// Headers that tell the next party where the request ends and for whom it is. The map keeps them where
/// `Connection` names them; this hop refuses such a request, because no honest client sends it.
const END_TO_END: [HeaderName; 3] =
    [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING];

/// What a proxy keeps from request to request.
struct Hop {
    headers: HeaderMap,
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
        Self { headers: HeaderMap::with_capacity(32, 2048), outgoing: Vec::with_capacity(2048) }
    }

    /// Rewrites one request head; the result is valid until the next call.
    fn forward(&mut self, head: &[u8], peer: &str) -> Result<Forwarded<'_>, Box<dyn Error>> {
        self.headers.reset();
        self.outgoing.clear();

        let parsed = self.headers.parse_request(head, &mut Progress::new())?;
        let Parsed::Complete { head, .. } = parsed else {
            return Err("the head is not complete".into());
        };
        let RequestHead { method, target, .. } = head;
        if !target.starts_with('/') {
            return Err("only a path is forwarded: another target names a second host".into());
        }

        let body = self.body(&head)?;
        self.headers.get_one(header::HOST)?.ok_or("no Host")?;
        if END_TO_END
            .iter()
            .any(|name| self.headers.contains_token(header::CONNECTION, name.as_str()))
        {
            return Err("Connection names a header that is not its own".into());
        }
        self.headers.remove_hop_by_hop();
        self.extend_list(header::X_FORWARDED_FOR, peer)?;
        self.extend_list(header::VIA, "1.1 ratoon")?;

        for part in [method, " ", target, " HTTP/1.1\r\n"] {
            self.outgoing.extend_from_slice(part.as_bytes());
        }
        self.headers.write_to(&mut self.outgoing)?;
        self.outgoing.extend_from_slice(b"\r\n");
        Ok(Forwarded { head: &self.outgoing, body })
    }

    /// How long the body is, if there is one way to read that.
    fn body(&mut self, head: &RequestHead<'_>) -> Result<u64, Box<dyn Error>> {
        match head.body_length(&self.headers)? {
            BodyLength::None => Ok(0),
            BodyLength::Length(length) => {
                // Equal values were one for this hop; so they shall be for the next, which gets only one.
                self.headers.insert(header::CONTENT_LENGTH, length)?;
                Ok(length)
            }
            _ => Err("only bodies with a Content-Length are forwarded".into()),
        }
    }

    /// Adds an element to the list that all lines of a name make up: on one line, so that a party which
    /// only looks at the first line does not miss it.
    fn extend_list(&mut self, name: HeaderName, element: &str) -> Result<(), Box<dyn Error>> {
        self.headers.join_lines(name, Separator::Comma)?;
        self.headers.append_to_list(name, element)?;
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut hop = Hop::new();

    let head = b"POST /account HTTP/1.1\r\n\
        Host: example.com\r\n\
        Content-Length: 12\r\n\
        X-Forwarded-For: 203.0.113.5\r\n\
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
         X-Forwarded-For: 203.0.113.5, 192.0.2.7\r\n\
         X-Trace: 17\r\n\
         Cookie: session=secret\r\n\
         via: 1.1 ratoon\r\n\
         \r\n"
    );
    assert_eq!(forwarded.body, 12);

    // The next request carries nothing over, and white space around values is written anew.
    let head = b"GET / HTTP/1.1\r\nHost:example.com\r\nAccept:  */*  \r\n\r\n";
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

    // Equal lengths leave as one.
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\nContent-Length: 5\r\n\r\n";
    let forwarded = hop.forward(head, "192.0.2.8")?;
    let start = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nx-forwarded-for";
    assert!(forwarded.head.starts_with(start));
    assert_eq!(forwarded.body, 5);

    for (target, lines, reason) in [
        ("/", "Content-Length: 5\r\nContent-Length: 6\r\n", "different values of"),
        ("/", "Content-Length: +5\r\n", "invalid `Content-Length`"),
        ("/", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "both `Content-Length` and"),
        ("/", "Transfer-Encoding: chunked\r\n", "only bodies with"),
        ("/", "A: b\nC: d\r\n", "LF without CR"),
        ("/", "Connection: close, Content-Length\r\nContent-Length: 5\r\n", "Connection names"),
        ("/", "Host: other.example\r\n", "a request must not have more than one `Host`"),
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
