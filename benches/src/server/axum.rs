//! The same service on axum. Its header map is `http`'s own; a pool and an arena are what can be
//! added to it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use ratoon_arena::Arena;
use ratoon_pool::{Pool, Reset};

use super::mailbox::Mailbox;
use crate::workloads::request::{ALWAYS, Context, Heap, MAX_BODY, Name, Unserved, content};

/// Serves what comes into `mailbox`, for ever, allocating anew for each request.
pub(super) async fn serve_naive(mailbox: Mailbox) {
    serve(mailbox, any(naive)).await;
}

/// The same with contexts and scratch from a pool.
pub(super) async fn serve_reused(mailbox: Mailbox) {
    serve(mailbox, any(reused)).await;
}

async fn serve(mailbox: Mailbox, handler: MethodRouter) {
    let app = Router::new().fallback_service(handler).layer(DefaultBodyLimit::max(MAX_BODY));
    // It never returns, but its type says that it could.
    let _ = axum::serve(mailbox, app).await;
}

/// What a monitor does.
pub(super) fn monitor() {
    std::hint::black_box(WORKSPACES.stats());
    WORKSPACES.trim();
}

async fn naive(uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut context = Box::<Context>::default();
    match content(&mut context, &headers, target(&uri), &body, &mut Heap) {
        Ok(content) => respond(&context, content.into()),
        Err(refused) => refuse(refused),
    }
}

/// What a request needs and the next one can use again.
#[derive(Debug, Default, Reset)]
struct Workspace {
    context: Context,
    scratch: Arena,
}

static WORKSPACES: Pool<Workspace> = Pool::new(Workspace::default);

async fn reused(uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut workspace = WORKSPACES.get();
    let Workspace { context, scratch } = &mut *workspace;
    match content(context, &headers, target(&uri), &body, &mut scratch.scope()) {
        // hyper wants to own the bytes until they are sent.
        Ok(content) => respond(context, Bytes::copy_from_slice(content)),
        Err(refused) => refuse(refused),
    }
}

fn target(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |target| target.as_str())
}

/// The lines of the response in the order of the other variants, so that the same bytes go out.
fn respond(context: &Context, content: Bytes) -> Response {
    let len = HeaderValue::from(content.len());
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.reserve(8);
    let mut put = |name: Name, value| headers.insert(name.http(), value);
    for (name, value) in ALWAYS {
        put(name, HeaderValue::from_static(value));
    }
    put(Name::ContentLength, len);
    if let Ok(trace) = HeaderValue::from_str(&context.trace) {
        put(Name::Traceparent, trace);
    }
    response
}

fn refuse(refused: Unserved) -> Response {
    let status = match refused {
        Unserved::Partial(_) | Unserved::Bad => StatusCode::BAD_REQUEST,
        Unserved::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Unserved::HeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        Unserved::NotImplemented => StatusCode::NOT_IMPLEMENTED,
    };
    status.into_response()
}
