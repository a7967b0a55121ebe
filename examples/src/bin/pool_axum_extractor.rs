//! A pooled context as an axum extractor.
//!
//! Handlers ask for `RequestContext` as they would for any extractor. The context goes back to the
//! pool when the handler's future ends: also when the client hangs up, and when the handler panics
//! (then it is discarded, not reused).

use std::convert::Infallible;
use std::io;
use std::ops::{Deref, DerefMut};

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::routing::get;
use ratoon_pool::{Pool, Pooled, Reset};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Default, Reset)]
struct Context {
    user: String,
    notes: Vec<&'static str>,
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

/// The extractor.
struct RequestContext(Pooled<'static, Context>);

impl<S: Sync> FromRequestParts<S> for RequestContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut context = CONTEXTS.get();
        if let Some(user) = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()) {
            context.user.push_str(user); // into the capacity that an earlier request left
        }
        Ok(Self(context))
    }
}

impl Deref for RequestContext {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.0
    }
}

impl DerefMut for RequestContext {
    fn deref_mut(&mut self) -> &mut Context {
        &mut self.0
    }
}

async fn who(mut context: RequestContext) -> String {
    context.notes.push("asked who");
    tokio::task::yield_now().await;
    let user = if context.user.is_empty() { "nobody" } else { &context.user };
    format!("{user} ({} note)", context.notes.len())
}

/// Sends one request and returns the body of the answer.
async fn ask(address: std::net::SocketAddr, header: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /who HTTP/1.1\r\nHost: here\r\n{header}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a whole answer");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    Ok(body.to_owned())
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let app = Router::new().route("/who", get(who));
    tokio::spawn(async move { axum::serve(listener, app).await });

    for _ in 0..100 {
        assert_eq!(ask(address, "Authorization: ada\r\n").await?, "ada (1 note)");
        // The next request, on whatever thread, is nobody's.
        assert_eq!(ask(address, "").await?, "nobody (1 note)");
    }
    println!("200 requests: {:?}", CONTEXTS.stats());
    Ok(())
}
