//! A proxy hop on plain threads: one thread per connection, no runtime.
//!
//! Usage: `tcp_proxy UPSTREAM [PORT]`. One request per connection: its head goes through a pooled header
//! map, where hop-by-hop headers are dropped and forwarding headers are added; exactly its body follows;
//! the response is copied back.
//!
//! What goes upstream is written from what was understood, never copied unread. What this hop and the
//! one behind it could read differently (a bare LF, a second length, bytes behind the body) is refused or
//! does not arrive there.

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;
use std::{env, process, thread};

use ratoon_header_map::{
    BodyLength, HeaderMap, HeaderName, Parsed, Progress, RequestHead, Separator, header,
};
use ratoon_pool::{Pool, Reset};

/// Headers that say where the request ends and for whom it is. The map keeps them where `Connection` names
/// them; this hop refuses such a request, because no honest client sends it.
const END_TO_END: [HeaderName; 2] = [header::HOST, header::CONTENT_LENGTH];

/// How long a peer may keep silent.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Default, Reset)]
struct Hop {
    headers: HeaderMap,
    input: Vec<u8>,
    output: Vec<u8>,
}

static HOPS: Pool<Hop> = Pool::new(Hop::default);

/// Forwards one request; the connection is closed after the response.
fn relay(mut client: TcpStream, upstream: SocketAddr) -> io::Result<()> {
    client.set_read_timeout(Some(PATIENCE))?;
    let mut hop = HOPS.get();
    let peer = client.peer_addr()?.ip().to_string();
    let (head, body) = match read_request(&mut hop, &mut client, &peer) {
        Ok(lengths) => lengths,
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

/// Reads a request head and writes the one that goes upstream; returns the lengths of the head that was
/// read and of the body. The limits of the map bound what is read.
fn read_request(
    hop: &mut Hop,
    client: &mut TcpStream,
    peer: &str,
) -> Result<(usize, u64), Box<dyn Error>> {
    let Hop { headers, input, output } = hop;
    let mut progress = Progress::new();
    let mut chunk = [0; 2048];
    loop {
        if let Parsed::Complete { head, len } = headers.parse_request(input, &mut progress)? {
            let body = body_length(&head, headers)?;
            if END_TO_END
                .iter()
                .any(|name| headers.contains_token(header::CONNECTION, name.as_str()))
            {
                return Err("Connection names a header that is not its own".into());
            }
            headers.remove_hop_by_hop();
            write_head(&head, headers, peer, output)?;
            return Ok((len, body));
        }
        let n = client.read(&mut chunk)?;
        if n == 0 {
            return Err("the connection was closed before the head was complete".into());
        }
        input.extend_from_slice(&chunk[..n]);
    }
}

/// How long the body is.
fn body_length(head: &RequestHead<'_>, headers: &mut HeaderMap) -> Result<u64, Box<dyn Error>> {
    if !head.target.starts_with('/') {
        return Err("only a path is forwarded: another target names a second host".into());
    }
    match head.body_length(headers)? {
        BodyLength::None => Ok(0),
        BodyLength::Length(length) => {
            // Equal values were one for this hop; so they shall be for the next, which gets only one.
            headers.insert(header::CONTENT_LENGTH, length)?;
            Ok(length)
        }
        _ => Err("only bodies with a Content-Length are forwarded".into()),
    }
}

/// Writes the head that goes upstream.
fn write_head(
    head: &RequestHead<'_>,
    headers: &mut HeaderMap,
    peer: &str,
    output: &mut Vec<u8>,
) -> Result<(), Box<dyn Error>> {
    // A hop of HTTP/1.0 may have had no `Host`: the next one could not tell for whom the request is.
    headers.get_one(header::HOST)?.ok_or("no Host")?;
    extend_list(headers, header::X_FORWARDED_FOR, peer)?;
    extend_list(headers, header::VIA, "1.1 ratoon")?;
    headers.append(header::CONNECTION, "close")?;
    write!(output, "{} {} HTTP/1.1\r\n", head.method, head.target)?;
    headers.write_to(output)?;
    output.extend_from_slice(b"\r\n");
    Ok(())
}

/// Adds an element to the list that all lines of a name make up: on one line, so that a party which only
/// looks at the first line does not miss it.
fn extend_list(
    headers: &mut HeaderMap,
    name: HeaderName,
    element: &str,
) -> Result<(), Box<dyn Error>> {
    headers.join_lines(name, Separator::Comma)?;
    headers.append_to_list(name, element)?;
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
