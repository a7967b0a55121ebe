//! A proxy hop on plain threads: one thread per connection, no runtime.
//!
//! Usage: `tcp_proxy UPSTREAM [PORT]`. Each request's head goes through a pooled header map:
//! hop-by-hop headers are dropped, forwarding headers are added, the response is copied back.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::{env, process, thread};

use ratoon_header_map::{HeaderMap, HeaderName, header};
use ratoon_pool::{Pool, Reset};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Bytes of a request head at most.
const MAX_HEAD: usize = 16 * 1024;

#[derive(Default, Reset)]
struct Hop {
    headers: HeaderMap,
    input: Vec<u8>,
    output: Vec<u8>,
}

static HOPS: Pool<Hop> = Pool::new(Hop::default);

/// Forwards one request; the connection is closed after the response.
fn relay(mut client: TcpStream, upstream: SocketAddr) -> io::Result<()> {
    let mut hop = HOPS.get();
    let Hop { headers, input, output } = &mut *hop;
    let head = read_head(&mut client, input)?;
    let peer = client.peer_addr()?.ip();
    let rewritten = rewrite(&input[..head], &peer.to_string(), headers, output);
    if let Err(error) = rewritten {
        return write!(client, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n{error}\n");
    }
    output.extend_from_slice(&input[head..]);

    let mut server = TcpStream::connect(upstream)?;
    server.write_all(output)?;
    let mut rest = client.try_clone()?;
    let mut to_server = server.try_clone()?;
    let body = thread::spawn(move || io::copy(&mut rest, &mut to_server));
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Both)?;
    // Ends because the client's socket is shut down; what it says is the client's affair.
    let _ = body.join();
    Ok(())
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

fn rewrite(
    head: &[u8],
    peer: &str,
    headers: &mut HeaderMap,
    output: &mut Vec<u8>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut lines = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut lines);
    request.parse(head)?;
    headers.extend_from_httparse(head, request.headers)?;
    for name in [header::CONNECTION, header::TE, header::TRAILER, header::UPGRADE] {
        headers.remove(name);
    }
    headers.append(X_FORWARDED_FOR, peer)?;
    headers.append(header::CONNECTION, "close")?;
    let start_line = head.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
    output.extend_from_slice(start_line);
    headers.write_to(output)?;
    output.extend_from_slice(b"\r\n");
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
