//! What the service does.

use ratoon_arena::Scope;
use ratoon_header_map::{HeaderMap, HeaderName, header};

use crate::context::Context;
use crate::metrics;
use crate::request::Request;
use crate::response::{Response, Status};

const TRACE: HeaderName = HeaderName::from_static("x-trace-id");

/// Answers one request. The response lies in the context's scratch.
pub(crate) fn handle<'c>(context: &'c mut Context, request: &Request<'_>) -> Response<'c> {
    let Context { user, admin, trace, headers, scratch } = context;
    identify(headers, user, admin);
    *trace = headers.get(TRACE).and_then(|value| value.parse()).unwrap_or(0);
    let scope = scratch.scope();
    match (request.method, request.path) {
        ("GET", "/") => json(
            scope.alloc_fmt(format_args!(r#"{{"user":"{user}","admin":{admin},"trace":{trace}}}"#)),
        ),
        ("POST", "/echo") => echo(&scope, request.body),
        ("GET", "/metrics") => Response {
            status: Status::Ok,
            content_type: "text/plain; version=0.0.4",
            body: metrics::page(&scope),
        },
        (_, "/" | "/echo" | "/metrics") => Response::empty(Status::MethodNotAllowed),
        _ => Response::empty(Status::NotFound),
    }
}

/// Who is asking. Names are letters only, so that they can stand in JSON as they are.
fn identify(headers: &HeaderMap, user: &mut String, admin: &mut bool) {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return };
    let Some(name) = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")) else {
        return;
    };
    if name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        user.push_str(name);
        *admin = name == "root";
    }
}

fn echo<'c>(scope: &Scope<'c>, body: &[u8]) -> Response<'c> {
    match std::str::from_utf8(body) {
        Ok(text) => Response {
            status: Status::Ok,
            content_type: "text/plain; charset=utf-8",
            body: scope.alloc_str(text),
        },
        Err(_) => Response::empty(Status::BadRequest),
    }
}

fn json(body: &str) -> Response<'_> {
    Response { status: Status::Ok, content_type: "application/json", body }
}
