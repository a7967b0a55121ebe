//! A proxy hop on plain threads: one thread per connection, no runtime.
//!
//! Usage: `tcp_proxy UPSTREAM [PORT]`. One request per connection: its head goes through a pooled header
//! map, where hop-by-hop headers are dropped and forwarding headers are added; exactly its body follows;
//! the response is copied back.
//!
//! What goes upstream is written from what was understood, never copied unread. So what this hop and the
//! one behind it could read differently (a bare LF, a second length, bytes behind the body) does not
//! arrive there.

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;
use std::{env, process, thread};

use ratoon_header_map::{HeaderMap, HeaderName, header};
use ratoon_pool::{Pool, Reset};

/// Headers that concern one connection only (RFC 9110, section 7.6.1). `Transfer-Encoding` is refused.
const HOP_BY_HOP: [HeaderName; 5] = [
    header::CONNECTION,
    header::TE,
    header::TRAILER,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
];

/// Headers that say where the request ends and for whom it is: no peer may have them dropped by naming
/// them in `Connection`.
const END_TO_END: [HeaderName; 2] = [header::HOST, header::CONTENT_LENGTH];

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Bytes of a request head at most.
const MAX_HEAD: usize = 16 * 1024;

/// How long a peer may keep silent.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Default, Reset)]
struct Hop {
    headers: HeaderMap,
    named_by_connection: Vec<String>,
    input: Vec<u8>,
    output: Vec<u8>,
}

static HOPS: Pool<Hop> = Pool::new(Hop::default);

/// Forwards one request; the connection is closed after the response.
fn relay(mut client: TcpStream, upstream: SocketAddr) -> io::Result<()> {
    client.set_read_timeout(Some(PATIENCE))?;
    let mut hop = HOPS.get();
    let head = read_head(&mut client, &mut hop.input)?;
    let peer = client.peer_addr()?.ip().to_string();
    let body = match rewrite(&mut hop, head, &peer) {
        Ok(length) => length,
        Err(error) => {
            let head = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
            return writeln!(client, "{head}{error}");
        }
    };
    let mut server = TcpStream::connect(upstream)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.write_all(&hop.output)?;
    // What came together with the head, then the rest; not a byte more than the request has.
    let mut body = (&hop.input[head..]).chain(&client).take(body);
    io::copy(&mut body, &mut server)?;
    io::copy(&mut server, &mut &client)?;
    client.shutdown(Shutdown::Write)
}

/// Reads until the empty line; returns the length of the head.
fn read_head(client: &mut TcpStream, input: &mut Vec<u8>) -> io::Result<usize> {
    let mut chunk = [0; 2048];
    loop {
        if let Some(end) = input.windows(4).position(|window| window == b"\r\n\r\n") {
            return Ok(end + 4);
        }
        let n = client.read(&mut chunk)?;
        if n == 0 || input.len() + n > MAX_HEAD {
            return Err(io::Error::other("no whole head within the limit"));
        }
        input.extend_from_slice(&chunk[..n]);
    }
}

/// Writes the head that goes upstream; returns the length of the body.
fn rewrite(hop: &mut Hop, head: usize, peer: &str) -> Result<u64, Box<dyn Error>> {
    let Hop { headers, named_by_connection, input, output } = hop;
    let head = &input[..head];
    let mut lines = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut lines);
    if !request.parse(head)?.is_complete() {
        return Err("the head is not complete".into());
    }
    let (method, target) = request.method.zip(request.path).ok_or("no request line")?;
    if !target.starts_with('/') {
        return Err("only a path is forwarded: another target names a second host".into());
    }
    headers.extend_from_httparse(head, request.headers)?;
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return Err("only bodies with a Content-Length are forwarded".into());
    }
    let body = match headers.get_one(header::CONTENT_LENGTH)? {
        Some(length) => length.parse().ok_or("Content-Length is no number")?,
        None => 0,
    };
    headers.get_one(header::HOST)?.ok_or("no Host")?;
    drop_hop_by_hop(headers, named_by_connection)?;
    headers.append(X_FORWARDED_FOR, peer)?;
    headers.append(header::CONNECTION, "close")?;

    write!(output, "{method} {target} HTTP/1.1\r\n")?;
    headers.write_to(output)?;
    output.extend_from_slice(b"\r\n");
    Ok(body)
}

fn drop_hop_by_hop(
    headers: &mut HeaderMap,
    named_by_connection: &mut Vec<String>,
) -> Result<(), Box<dyn Error>> {
    for value in headers.get_all(header::CONNECTION) {
        named_by_connection
            .extend(value.to_str()?.split(',').map(|option| option.trim().to_owned()));
    }
    for name in named_by_connection {
        if END_TO_END.iter().any(|end_to_end| *end_to_end == **name) {
            return Err("Connection names a header that is not its own".into());
        }
        headers.remove(name.as_str());
    }
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let Some(Ok(upstream)) = arguments.next().map(|address| address.parse::<SocketAddr>()) else {
        eprintln!("usage: tcp_proxy ADDRESS:PORT [PORT]");
        process::exit(2);
    };
    let port = arguments.next().map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    println!("listening on http://{}", listener.local_addr()?);
    for client in listener.incoming() {
        let client = client?;
        thread::spawn(move || {
            if let Err(error) = relay(client, upstream) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}
