//! An axum handler that allocates as little as axum lets it.
//!
//! In this order, each step measured by the suite's section `frameworks`:
//!
//! 1. It takes the `Request`. The extractors `HeaderMap` and `Uri` clone what the request owns already.
//! 2. It hands the request's header map back, cleared, as the response's. hyper keeps the map of each response it
//!    writes and parses the connection's next request into it, so one map per connection serves all its messages.
//! 3. What the handler allocates for itself comes from a pooled context with an arena.
//!
//! Ratoon's own header map does not help here: it is for servers that do their own parsing.

use std::{env, io};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use ratoon_arena::Arena;
use ratoon_pool::{Pool, Reset};
use tokio::net::TcpListener;

#[derive(Default, Reset)]
struct Context {
    language: String,
    scratch: Arena,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

async fn greet(Path(name): Path<String>, request: Request) -> Result<Response, StatusCode> {
    let mut headers = request.into_parts().0.headers;
    let mut context = CONTEXTS.get();
    if let Some(language) = headers.get(header::ACCEPT_LANGUAGE) {
        context.language.push_str(language.to_str().map_err(|_| StatusCode::BAD_REQUEST)?);
    }
    tokio::task::yield_now().await; // the guard is `Send`: the task may continue on another thread

    let Context { language, scratch } = &mut *context;
    let word = if language.starts_with("de") { "Hallo" } else { "Hello" };
    let scope = scratch.scope();
    let body: &str = scope.alloc_concat(&[word, ", ", &name, "!\n"]);

    headers.clear(); // nothing of the request in the response
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    // The body must own its bytes until they are sent. `axum_json` writes a large one into a pooled buffer.
    let mut response = Response::new(Body::from(Bytes::copy_from_slice(body.as_bytes())));
    *response.headers_mut() = headers;
    Ok(response)
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Router::new().route("/greet/{name}", get(greet));
    axum::serve(listener, app).await
}
