//! A pooled context that an axum middleware fills before the handler runs and reads afterwards.
//!
//! Use this form if code on both sides of the handler needs the context: it authenticates before, and logs
//! after. If the handler alone needs it, `pool_axum_extractor` is shorter and saves an allocation.
//!
//! A middleware passes values on in the request's extensions, which must be `Clone + Send + Sync`. A guard is not
//! `Clone`, and a guard of a context with an `Arena` is not `Sync`. So the middleware and the handler share a
//! [`ContextSlot`], which is all three. The handler takes the guard out of the slot and holds it across `.await`
//! without a lock; when it ends, the guard is in the slot again, for the middleware.

use std::ops::{Deref, DerefMut};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::{env, future, io, panic, thread};

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ratoon_arena::Arena;
use ratoon_pool::{Pool, Pooled, Reset};
use tokio::net::TcpListener;

#[derive(Default, Reset)]
struct Context {
    user: String,
    notes: Vec<&'static str>,
    scratch: Arena, // `Send`, but not `Sync`
}

static CONTEXTS: Pool<Context> = Pool::new(Context::default);

/// The place of a request's context, which the middleware and the handler share. Costs one small allocation.
#[derive(Clone)]
struct ContextSlot(Arc<Mutex<Option<Pooled<'static, Context>>>>);

impl ContextSlot {
    fn new(context: Pooled<'static, Context>) -> Self {
        Self(Arc::new(Mutex::new(Some(context))))
    }

    /// Locked for a moment only, never across an `.await`.
    fn lock(&self) -> MutexGuard<'_, Option<Pooled<'static, Context>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The extractor: the context of this request, for as long as the handler runs.
struct RequestContext {
    /// Present until drop.
    context: Option<Pooled<'static, Context>>,
    slot: ContextSlot,
}

impl<S: Sync> FromRequestParts<S> for RequestContext {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let refuse = |why| (StatusCode::INTERNAL_SERVER_ERROR, why);
        let slot = parts.extensions.get::<ContextSlot>().cloned();
        let slot = slot.ok_or(refuse("the layer `with_context` is missing"))?;
        let context = slot.lock().take();
        let context = context.ok_or(refuse("the context is extracted twice"))?;
        Ok(Self { context: Some(context), slot })
    }
}

impl Deref for RequestContext {
    type Target = Context;

    fn deref(&self) -> &Context {
        self.context.as_ref().expect("present until drop")
    }
}

impl DerefMut for RequestContext {
    fn deref_mut(&mut self) -> &mut Context {
        self.context.as_mut().expect("present until drop")
    }
}

impl Drop for RequestContext {
    fn drop(&mut self) {
        // After a panic the context stays here and is discarded, also if a layer catches the panic later.
        if !thread::panicking() {
            *self.slot.lock() = self.context.take();
        }
    }
}

const NOTES: HeaderName = HeaderName::from_static("x-notes");

/// The middleware: authenticates before the handler runs, and reports afterwards what it noted.
async fn with_context(mut request: Request, next: Next) -> Response {
    let mut context = CONTEXTS.get();
    let user = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    context.user.push_str(user.unwrap_or("nobody")); // into the capacity that an earlier request left
    let slot = ContextSlot::new(context);
    request.extensions_mut().insert(slot.clone());

    let mut response = next.run(request).await;

    // Absent if a layer below caught a panic, or if the handler gave the extractor away to a task.
    if let Some(context) = &*slot.lock() {
        response.headers_mut().insert(NOTES, HeaderValue::from(context.notes.len()));
    }
    response
} // the last clone of the slot: the context is reset and put back

async fn who(mut context: RequestContext) -> String {
    context.notes.push("asked who");
    tokio::task::yield_now().await; // the context may go on on another thread
    context.notes.push("answered");
    let Context { user, scratch, .. } = &mut *context;
    scratch.scope().alloc_concat(&["You are ", user.as_str(), "."]).to_owned()
}

async fn fail(mut context: RequestContext) {
    context.notes.push("half done");
    panic::resume_unwind(Box::new("a handler that panics")) // without a message, for quiet tests
}

/// Answers for a handler that panics, as `tower_http::catch_panic` does.
async fn catch_panic(request: Request, next: Next) -> Response {
    let mut response = pin!(next.run(request));
    future::poll_fn(|task| {
        let polled = panic::catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(task)));
        polled.unwrap_or_else(|_| Poll::Ready(StatusCode::INTERNAL_SERVER_ERROR.into_response()))
    })
    .await
}

async fn wait(mut context: RequestContext) {
    context.notes.push("waits");
    future::pending().await
}

async fn twice(_: RequestContext, _: RequestContext) {}

async fn stats() -> String {
    let stats = CONTEXTS.stats();
    let panicked = stats.discarded.panicked;
    format!("created={} in_use={} panicked={panicked}", stats.created, stats.in_use())
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).map_or(Ok(0), |port| port.parse()).map_err(io::Error::other)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Router::new()
        .route("/who", get(who))
        .route("/fail", get(fail))
        .route("/caught", get(fail).layer(middleware::from_fn(catch_panic)))
        .route("/wait", get(wait))
        .route("/twice", get(twice))
        .layer(middleware::from_fn(with_context)) // the routes above, not those below
        .route("/bare", get(who))
        .route("/stats", get(stats));
    axum::serve(listener, app).await
}
