//! A small but real HTTP/1.1 service in which the three crates meet.
//!
//! ```console
//! $ cargo run --release --package ratoon-examples --bin gofarm -- 8080
//! $ curl -H 'Authorization: Bearer ada' http://127.0.0.1:8080/
//! $ curl --data 'hello' http://127.0.0.1:8080/echo
//! $ curl http://127.0.0.1:8080/metrics
//! ```
//!
//! One object per request comes from a pool ([`context`]): it holds what the handler knows of the
//! user, a header map, and an arena for scratch. It is reset when it goes back. In steady state a
//! request makes no call to the allocator and writes nothing that two threads share ([`metrics`]).

mod connection;
mod context;
mod handler;
mod metrics;
mod request;
mod response;

use std::time::Duration;
use std::{env, io};

use tokio::net::TcpListener;
use tokio::time::sleep;

#[tokio::main(flavor = "multi_thread")]
async fn main() -> io::Result<()> {
    let port = match env::args().nth(1).map(|port| port.parse::<u16>()) {
        None => 0,
        Some(Ok(port)) => port,
        Some(Err(error)) => {
            eprintln!("usage: gofarm [PORT], a number up to 65535 ({error})");
            std::process::exit(2);
        }
    };
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Most likely too many open files: those that are served will end.
                eprintln!("cannot accept: {error}");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        tokio::spawn(async move {
            // A client that went away is its own affair.
            let _ = connection::serve(stream).await;
        });
    }
}
