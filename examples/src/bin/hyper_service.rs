//! The handler of `axum_service` on hyper's own builder, with `half_close(true)`.
//!
//! While a handler runs, hyper normally keeps reading, so that it notices a client that goes away, and needs a
//! read buffer for that. `half_close(true)` stops this: one allocation and one system call less per request, and a
//! client that shuts down only its sending half still gets its answer.
//!
//! **The price:** a client that goes away no longer cancels the handler. hyper notices at its next read or write,
//! after the handler has finished. So give each handler a deadline of its own, as `respond` does.
//!
//! `axum::serve` does not have this setting, but an axum `Router` can be served this way as well:
//! `hyper_util::service::TowerToHyperService::new(router)` takes the place of `service_fn`.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, io};

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use ratoon_arena::Arena;
use ratoon_pool::{Pool, Reset};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

#[derive(Default, Reset)]
struct Context {
    language: String,
    scratch: Arena,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

/// How often `/slow` ran to its end.
static FINISHED: AtomicU32 = AtomicU32::new(0);

async fn respond(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let answer = timeout(Duration::from_secs(5), handle(request)).await;
    Ok(answer.unwrap_or_else(|_| status(StatusCode::SERVICE_UNAVAILABLE)))
}

async fn handle(request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (parts, _) = request.into_parts();
    match parts.uri.path() {
        "/slow" => {
            sleep(Duration::from_millis(300)).await;
            FINISHED.fetch_add(1, Ordering::Relaxed);
            text(parts.headers, "slow")
        }
        "/finished" => text(parts.headers, &FINISHED.load(Ordering::Relaxed).to_string()),
        path => match path.strip_prefix("/greet/") {
            Some(name) => greet(name, parts.headers),
            None => status(StatusCode::NOT_FOUND),
        },
    }
}

fn greet(name: &str, headers: HeaderMap) -> Response<Full<Bytes>> {
    let mut context = CONTEXTS.get();
    let Context { language, scratch } = &mut *context;
    if let Some(value) = headers.get(header::ACCEPT_LANGUAGE) {
        let Ok(value) = value.to_str() else { return status(StatusCode::BAD_REQUEST) };
        language.push_str(value);
    }
    let word = if language.starts_with("de") { "Hallo" } else { "Hello" };
    text(headers, scratch.scope().alloc_concat(&[word, ", ", name, "!\n"]))
}

/// A response in the request's header map, which hyper then keeps for the connection's next request.
fn text(mut headers: HeaderMap, body: &str) -> Response<Full<Bytes>> {
    headers.clear(); // nothing of the request in the response
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    let mut response = Response::new(Full::new(Bytes::copy_from_slice(body.as_bytes())));
    *response.headers_mut() = headers;
    response
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let mut server = http1::Builder::new();
    server.half_close(true);
    server.timer(TokioTimer::new()); // with it, a head that does not arrive within 30 s ends the connection
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Most likely too many open files; wait until some are closed.
                eprintln!("cannot accept: {error}");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let connection = server.serve_connection(TokioIo::new(stream), service_fn(respond));
        // An error is the client's: it went away or does not speak HTTP.
        tokio::spawn(async move { drop(connection.await) });
    }
}
