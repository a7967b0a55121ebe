//! A list of 200 items as JSON: built in a pooled arena, written into a pooled buffer.
//!
//! The items and their strings take no allocation each, the list needs no `Drop`, and the response is
//! serialised into a buffer that returns to its pool when hyper has sent the last byte.

use std::{env, io};

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ratoon_arena::{Arena, Scope};
use ratoon_pool::Pool;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

static SCRATCH: Pool<Arena> = Pool::new(Arena::new);
static BODIES: Pool<Vec<u8>> = Pool::new(Vec::new);

/// `axum::Json`, but serialised into a pooled buffer. The value may borrow from an arena.
struct PooledJson<T>(T);

impl<T: Serialize> IntoResponse for PooledJson<T> {
    fn into_response(self) -> Response {
        let mut body = BODIES.get();
        if let Err(error) = serde_json::to_writer(&mut *body, &self.0) {
            return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response();
        }
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], body.freeze()).into_response()
    }
}

#[derive(Serialize)]
struct Item<'a> {
    id: u32,
    sku: &'a str,
    name: &'a str,
    price_cents: u32,
    tags: &'a [&'a str],
}

/// Stands for the rows of a database: what a query returns is copied into the arena.
fn item<'a>(scope: &Scope<'a>, id: u32, currency: &str) -> Item<'a> {
    let shelf = scope.alloc_fmt(format_args!("shelf-{}", id % 7));
    let tags = [shelf as &str, scope.alloc_str(currency)];
    Item {
        id,
        sku: scope.alloc_fmt(format_args!("SKU-{id:05}")),
        name: scope.alloc_fmt(format_args!("Article number {id}")),
        price_cents: id * 37 % 10_000,
        tags: scope.alloc_slice_copy(&tags),
    }
}

#[derive(Deserialize)]
struct Options {
    #[serde(default = "euro")]
    currency: String,
}

fn euro() -> String {
    "EUR".to_owned()
}

async fn items(Query(options): Query<Options>) -> Response {
    let mut scratch = SCRATCH.get();
    let scope = scratch.scope();
    let items = scope.alloc_slice_fill_with(200, |i| item(&scope, i as u32, &options.currency));
    PooledJson(items).into_response() // before the arena is put back
}

async fn stats() -> String {
    format!("arenas={} bodies={}", SCRATCH.stats().created, BODIES.stats().created)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Router::new().route("/items", get(items)).route("/stats", get(stats));
    axum::serve(listener, app).await
}
