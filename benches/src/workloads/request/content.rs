//! What the service answers: who asks, what for, and what was ordered, as JSON.

use super::context::Context;
use super::handler::Unserved;
use super::headers::{Lookup, Name};
use super::json::{self, Item, Reply};
use super::space::Space;

/// Fills the context and returns the body of the response.
///
/// # Errors
///
/// If the request's body is no order.
#[inline]
pub fn content<'a, Sp: Space<'a>>(
    context: &mut Context,
    headers: &impl Lookup,
    target: &str,
    body: &[u8],
    space: &mut Sp,
) -> Result<Sp::Bytes, Unserved> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    identify(context, headers, path);
    context.bytes_in = body.len() as u64;

    let resource = space.list(path.split('/').skip(1).map(|segment| space.str(segment)));
    let parameters = space.list(
        query
            .split('&')
            .filter_map(|parameter| parameter.split_once('='))
            .map(|(name, value)| (space.str(name), space.str(value))),
    );
    let cookies = space.list(
        headers
            .text(Name::Cookie)
            .split(';')
            .filter_map(|cookie| cookie.trim_start().split_once('='))
            .map(|(name, value)| (space.str(name), space.str(value))),
    );
    let order = match body {
        [] => None,
        body => Some(json::order(body, space).map_err(|_| Unserved::Bad)?),
    };
    let none: &[Item<_>] = &[];
    let items = order.as_ref().map_or(none, |order| &*order.items);
    let reply = Reply {
        trace: &context.trace,
        user: &context.user,
        tenant: &context.tenant,
        locale: &context.locale,
        resource: &resource,
        parameters: &parameters,
        items,
        note: order.as_ref().map_or("", |order| &order.note),
        express: order.as_ref().is_some_and(|order| order.express),
        visits: cookies.len() as u64,
        pieces: items.iter().fold(0, |sum: u64, item| sum.wrapping_add(item.quantity)),
        deadline_ms: context.deadline_ms,
    };
    Ok(space.json(&reply))
}

/// Who asks: from token, host, trace and the proxies' headers.
fn identify(context: &mut Context, headers: &impl Lookup, path: &str) {
    context.path.push_str(path);
    let token = headers.text(Name::Authorization);
    let user = hash(token.as_bytes());
    write_to(&mut context.user, format_args!("user-{user:012x}"));
    context.admin = token.ends_with("admin");
    let host = headers.text(Name::Host);
    context.tenant.push_str(host.split(['.', ':']).next().unwrap_or_default());
    match headers.text(Name::Traceparent) {
        "" => {
            let trace = hash(headers.text(Name::RequestId).as_bytes()) ^ hash(path.as_bytes());
            write_to(&mut context.trace, format_args!("00-{trace:032x}-{user:016x}-00"));
        }
        trace => context.trace.push_str(trace),
    }
    let client = headers.text(Name::ForwardedFor).split(',').next().unwrap_or_default();
    context.client.push_str(if client.is_empty() { "127.0.0.1" } else { client });
    context.secure = headers.text(Name::ForwardedProto) == "https";
    let locale = headers.text(Name::AcceptLanguage);
    context.locale.push_str(locale.split([',', ';']).next().unwrap_or_default());
    let compressed = !headers.text(Name::AcceptEncoding).is_empty();
    context.deadline_ms = if compressed { 15_000 } else { 5_000 };
}

fn write_to(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    std::fmt::Write::write_fmt(text, arguments).expect("a string takes everything");
}

/// FNV-1a over words: a stand-in for what a service computes from its input.
fn hash(bytes: &[u8]) -> u64 {
    let mut words = bytes.chunks_exact(8);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for word in &mut words {
        let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
        hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3);
    }
    for &byte in words.remainder() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
