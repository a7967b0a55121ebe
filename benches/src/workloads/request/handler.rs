//! The request: parse, headers, context, trace, scratch, JSON, response head, frame. One function for
//! all variants; what differs is where each piece's memory comes from.

use bytes::BufMut;

use super::context::{Context, Contexts};
use super::headers::{Headers, Name};
use super::json::{self, Item, Reply};
use super::space::{Buffer, Scratch, Space};

/// What a worker keeps between requests.
#[derive(Debug, Default)]
pub struct Handler<H, S, C> {
    headers: H,
    response: H,
    scratch: S,
    contexts: C,
}

/// Why there is no response yet, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unserved {
    /// More bytes are needed.
    Partial,
    /// This is no request that the handler understands.
    Bad,
}

/// The date that responses carry; a server would look at the clock once per second.
const DATE: &str = "Tue, 24 Nov 2026 00:00:00 GMT";

/// Most headers of a request.
const HEADERS: usize = 64;

impl<H: Headers, S: Scratch, C: Contexts> Handler<H, S, C> {
    /// Serves the request at the beginning of `input`, appends the response to `out` and returns the
    /// number of bytes that the request takes.
    ///
    /// # Errors
    ///
    /// If the request is not complete, or not understood.
    pub fn serve(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<usize, Unserved> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let head = match request.parse(input) {
            Ok(httparse::Status::Complete(head)) => head,
            Ok(httparse::Status::Partial) => return Err(Unserved::Partial),
            Err(_) => return Err(Unserved::Bad),
        };
        self.headers.begin();
        if !self.headers.fill(&input[..head], request.headers) {
            return Err(Unserved::Bad);
        }
        let length = match self.headers.get(Name::ContentLength) {
            Some(value) => number(value).ok_or(Unserved::Bad)?,
            None => 0,
        };
        let end = head.checked_add(length).ok_or(Unserved::Bad)?;
        let body = input.get(head..end).ok_or(Unserved::Partial)?;
        let target = request.path.expect("it is there in a complete request");
        let served = self.respond(target, body, out);
        self.scratch.close();
        served.map(|()| end)
    }

    fn respond(&mut self, target: &str, body: &[u8], out: &mut Vec<u8>) -> Result<(), Unserved> {
        let Handler { headers, response, scratch, contexts } = self;
        let mut space = scratch.open();
        let mut context = contexts.get();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        identify(&mut context, headers, path);
        context.bytes_in = body.len() as u64;

        let resource = space.list(path.split('/').skip(1).map(|segment| space.str(segment)));
        let parameters = space.list(
            query
                .split('&')
                .filter_map(|parameter| parameter.split_once('='))
                .map(|(name, value)| (space.str(name), space.str(value))),
        );
        let cookies = text(headers.get(Name::Cookie));
        let cookies = space.list(
            cookies
                .split("; ")
                .filter_map(|cookie| cookie.split_once('='))
                .map(|(name, value)| (space.str(name), space.str(value))),
        );
        let order = match body {
            [] => None,
            body => Some(json::order(body, &space).map_err(|_| Unserved::Bad)?),
        };
        let none: &[Item<_>] = &[];
        let items = order.as_ref().map_or(none, |order| &*order.items);
        let pieces = items.iter().map(|item| item.quantity).sum();
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
            pieces,
            deadline_ms: context.deadline_ms,
        };
        let mut buffer = space.buffer(512);
        serde_json::to_writer(&mut buffer, &reply).expect("a buffer takes everything");
        let content = buffer.finish();

        response.begin();
        response.put(Name::Date, DATE);
        response.put(Name::Server, "farm");
        response.put(Name::ContentType, "application/json");
        response.put(Name::ContentLength, &space.fmt(format_args!("{}", content.len())));
        response.put(Name::CacheControl, "no-store");
        response.put(Name::Vary, "Accept-Encoding, Accept-Language");
        response.put(Name::Traceparent, &context.trace);

        let mut frame = space.buffer(512 + content.len());
        frame.put_slice(b"HTTP/1.1 200 OK\r\n");
        response.write(&mut frame);
        frame.put_slice(b"\r\n");
        frame.put_slice(&content);
        out.extend_from_slice(&frame.finish());
        Ok(())
    }
}

/// Who asks: from token, host, trace and the proxies' headers.
fn identify(context: &mut Context, headers: &impl Headers, path: &str) {
    context.path.push_str(path);
    let token = text(headers.get(Name::Authorization));
    let user = hash(token.as_bytes());
    write_to(&mut context.user, format_args!("user-{user:012x}"));
    context.admin = token.ends_with("admin");
    let host = text(headers.get(Name::Host));
    context.tenant.push_str(host.split(['.', ':']).next().unwrap_or_default());
    match headers.get(Name::Traceparent) {
        Some(trace) => context.trace.push_str(text(Some(trace))),
        None => {
            let trace = hash(text(headers.get(Name::RequestId)).as_bytes()) ^ hash(path.as_bytes());
            write_to(&mut context.trace, format_args!("00-{trace:032x}-{user:016x}-00"));
        }
    }
    let client = text(headers.get(Name::ForwardedFor)).split(',').next().unwrap_or_default();
    context.client.push_str(if client.is_empty() { "127.0.0.1" } else { client });
    context.secure = headers.get(Name::ForwardedProto) == Some(b"https");
    let locale = text(headers.get(Name::AcceptLanguage));
    context.locale.push_str(locale.split([',', ';']).next().unwrap_or_default());
    let compressed = headers.get(Name::AcceptEncoding).is_some();
    context.deadline_ms = if compressed { 15_000 } else { 5_000 };
}

fn write_to(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    std::fmt::Write::write_fmt(text, arguments).expect("a string takes everything");
}

fn text(value: Option<&[u8]>) -> &str {
    value.and_then(|value| str::from_utf8(value).ok()).unwrap_or_default()
}

fn number(value: &[u8]) -> Option<usize> {
    text(Some(value)).parse().ok()
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
