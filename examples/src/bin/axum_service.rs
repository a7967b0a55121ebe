//! An axum service that uses the pool and the arena beside axum's own header map.
//!
//! Inside axum the request's headers are `http::HeaderMap`, and they stay that: Ratoon's map is for
//! servers that own their parsing. What a handler allocates for itself is another matter.

use std::{env, io};

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
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

async fn greet(
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, StatusCode> {
    let mut context = CONTEXTS.get();
    if let Some(language) = headers.get(header::ACCEPT_LANGUAGE) {
        context.language.push_str(language.to_str().map_err(|_| StatusCode::BAD_REQUEST)?);
    }
    tokio::task::yield_now().await; // the guard is `Send`: the task may go on on another thread

    let Context { language, scratch } = &mut *context;
    let word = if language.starts_with("de") { "Hallo" } else { "Hello" };
    let scope = scratch.scope();
    let body: &str = scope.alloc_concat(&[word, ", ", &name, "!\n"]);
    Ok((
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        Bytes::copy_from_slice(body.as_bytes()),
    ))
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Router::new().route("/greet/{name}", get(greet));
    axum::serve(listener, app).await
}
