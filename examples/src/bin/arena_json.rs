//! JSON assembled in scratch and written to a socket.
//!
//! Escaped strings, numbers and the list of parts lie in a pooled arena; the response is written with
//! one vectored write. In steady state a request makes no call to the allocator.

use std::fmt::Write as _;
use std::io::{self, IoSlice, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use ratoon_arena::{Arena, Scope};
use ratoon_pool::Pool;

static SCRATCH: Pool<Arena> = Pool::new(Arena::new);

struct Order<'a> {
    id: u64,
    customer: &'a str,
    items: &'a [&'a str],
}

/// A string as JSON. One without anything to escape is not copied twice.
fn quoted<'a>(scope: &Scope<'a>, text: &str) -> &'a str {
    if !text.chars().any(|c| c == '"' || c == '\\' || c.is_control()) {
        return scope.alloc_concat(&["\"", text, "\""]);
    }
    struct Escaped<'t>(&'t str);
    impl std::fmt::Display for Escaped<'_> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            for c in self.0.chars() {
                match c {
                    '"' => f.write_str("\\\"")?,
                    '\\' => f.write_str("\\\\")?,
                    c if c.is_control() => write!(f, "\\u{:04x}", u32::from(c))?,
                    c => f.write_char(c)?,
                }
            }
            Ok(())
        }
    }
    scope.alloc_fmt(format_args!("\"{}\"", Escaped(text)))
}

fn body<'a>(scope: &Scope<'a>, order: &Order<'_>) -> &'a str {
    let items = scope.alloc_slice_fill_with(order.items.len(), |i| quoted(scope, order.items[i]));
    let mut list = "";
    for item in items.iter() {
        let comma = if list.is_empty() { "" } else { "," };
        list = scope.alloc_concat(&[list, comma, item]);
    }
    let customer = quoted(scope, order.customer);
    scope.alloc_fmt(format_args!(r#"{{"id":{},"customer":{customer},"items":[{list}]}}"#, order.id))
}

fn respond(stream: &mut TcpStream, order: &Order<'_>) -> io::Result<()> {
    let mut scratch = SCRATCH.get();
    let scope = scratch.scope();
    let body = body(&scope, order);
    let head: &str = scope.alloc_fmt(format_args!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    ));
    let mut parts = [IoSlice::new(head.as_bytes()), IoSlice::new(body.as_bytes())];
    let mut parts = &mut parts[..];
    while !parts.is_empty() {
        let written = stream.write_vectored(parts)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut parts, written);
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = thread::spawn(move || -> io::Result<()> {
        for id in 0..100 {
            let (mut stream, _) = listener.accept()?;
            let order =
                Order { id, customer: "Ada \"Countess\"", items: &["tea", "a\\b", "line\nend"] };
            respond(&mut stream, &order)?;
        }
        Ok(())
    });
    for id in 0..100 {
        let mut answer = String::new();
        TcpStream::connect(address)?.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").expect("a whole answer");
        let expected = r#","customer":"Ada \"Countess\"","items":["tea","a\\b","line\u000aend"]}"#;
        assert_eq!(body, format!("{{\"id\":{id}{expected}"));
    }
    server.join().expect("the server ends well")?;

    let arena = SCRATCH.get();
    println!("{:?}", arena.stats());
    Ok(())
}
