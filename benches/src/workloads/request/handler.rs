//! The request: parse, headers, context, trace, scratch, JSON, response head, frame. One function for
//! all variants; what differs is where each piece's memory comes from.

use std::mem::MaybeUninit;

use bytes::BufMut;
use ratoon_pool::Reset;

use super::content::content;
use super::context::Contexts;
use super::headers::{Headers, Name};
use super::space::{Buffer, Scratch, Space};

/// What a request needs besides its context.
#[derive(Debug, Default, Reset)]
pub struct Parts<H, S> {
    received: H,
    response: H,
    scratch: S,
}

/// A request that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// Bytes that it takes of the input.
    pub len: usize,
    /// Whether another one may follow on the same connection.
    pub keep_alive: bool,
}

/// Why there is no response yet, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unserved {
    /// At least so many bytes are needed in all.
    Partial(usize),
    /// This is no request.
    Bad,
    /// The body is larger than [`MAX_BODY`].
    BodyTooLarge,
    /// The head is larger than [`MAX_HEAD`], or has too many lines.
    HeadTooLarge,
    /// The body comes in a way that this server does not take.
    NotImplemented,
}

/// Bytes of a request's head at most.
pub const MAX_HEAD: usize = 16 * 1024;
/// Bytes of a request's body at most.
pub const MAX_BODY: usize = 16 * 1024 * 1024;
/// Header lines of a request at most.
const MAX_LINES: usize = 64;

/// What a response's head takes at most, about.
const HEAD: usize = 512;

impl<H: Headers, S: Scratch> Parts<H, S> {
    /// Serves the request at the beginning of `input` and appends the response to `out`. The parts are
    /// fresh before, and must be made so again after it, whatever became of the request.
    ///
    /// # Errors
    ///
    /// If the request is not complete, or not understood. Nothing was appended then.
    #[inline]
    pub fn serve(
        &mut self,
        contexts: &mut impl Contexts,
        input: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Served, Unserved> {
        let mut lines = [const { MaybeUninit::uninit() }; MAX_LINES];
        let mut request = httparse::Request::new(&mut []);
        let head = match request.parse_with_uninit_headers(input, &mut lines) {
            Ok(httparse::Status::Complete(head)) if head <= MAX_HEAD => head,
            Ok(httparse::Status::Partial) if input.len() <= MAX_HEAD => {
                return Err(Unserved::Partial(input.len() + 1));
            }
            Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err(Unserved::HeadTooLarge),
            Err(_) => return Err(Unserved::Bad),
        };
        if !self.received.fill(&input[..head], request.headers) {
            return Err(Unserved::Bad);
        }
        let len = head + body_len(&self.received)?;
        let body = input.get(head..len).ok_or(Unserved::Partial(len))?;
        let keep_alive = request.version == Some(1)
            && !self.received.text(Name::Connection).eq_ignore_ascii_case("close");
        let target = request.path.expect("it is there in a complete request");
        self.respond(contexts, target, body, keep_alive, out)?;
        Ok(Served { len, keep_alive })
    }

    #[inline]
    fn respond(
        &mut self,
        contexts: &mut impl Contexts,
        target: &str,
        body: &[u8],
        keep_alive: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), Unserved> {
        let Parts { received, response, scratch } = self;
        let mut space = scratch.open();
        let mut context = contexts.get();
        let content = content(&mut context, received, target, body, &mut space)?;

        response.begin();
        response.put_number(Name::ContentLength, content.len());
        response.put(Name::Traceparent, &context.trace);
        if !keep_alive {
            response.put(Name::Connection, "close");
        }

        let mut frame = space.buffer(HEAD + content.len());
        frame.put_slice(b"HTTP/1.1 200 OK\r\n");
        response.write(&mut frame);
        frame.put_slice(b"\r\n");
        frame.put_slice(&content);
        out.extend_from_slice(&frame.finish());
        Ok(())
    }

    /// Ends a request whose parts are not reset as a whole.
    #[inline]
    pub(super) fn end(&mut self) {
        self.received.end();
        self.response.end();
        self.scratch.close();
    }
}

/// The body's length. Two lengths are refused, even equal ones, and so is any other way to say where a
/// body ends: whom to believe is how requests are smuggled.
#[inline]
fn body_len(headers: &impl Headers) -> Result<usize, Unserved> {
    if headers.has(Name::TransferEncoding) {
        return Err(Unserved::NotImplemented);
    }
    match headers.only(Name::ContentLength) {
        Some("") if !headers.has(Name::ContentLength) => Ok(0),
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            // What does not fit a number is a length all the same.
            digits.parse().ok().filter(|&len| len <= MAX_BODY).ok_or(Unserved::BodyTooLarge)
        }
        _ => Err(Unserved::Bad),
    }
}
