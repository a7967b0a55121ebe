//! From bytes to a request.

use ratoon_header_map::{Error, HeaderMap, header};

use crate::response::Status;

/// Bytes of a request head at most.
const MAX_HEAD: usize = 16 * 1024;
/// Bytes of a request body at most.
const MAX_BODY: usize = 64 * 1024;
/// Header lines at most.
const MAX_HEADERS: usize = 64;

/// A request whose headers have gone into a map.
pub(crate) struct Request<'b> {
    pub(crate) method: &'b str,
    pub(crate) path: &'b str,
    pub(crate) body: &'b [u8],
    /// Bytes of head and body together.
    pub(crate) len: usize,
    pub(crate) keep_alive: bool,
}

/// Reads one request from the front of `input`; `None` if it is not complete yet.
///
/// An error is the status to answer with before the connection is closed.
pub(crate) fn parse<'b>(
    input: &'b [u8],
    headers: &mut HeaderMap,
) -> Result<Option<Request<'b>>, Status> {
    let mut lines = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut lines);
    let head = match parsed.parse(input) {
        Ok(httparse::Status::Complete(head)) if head <= MAX_HEAD => head,
        Ok(httparse::Status::Partial) if input.len() < MAX_HEAD => return Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err(Status::HeadersTooLarge),
        Err(_) => return Err(Status::BadRequest),
    };
    let (Some(method), Some(path)) = (parsed.method, parsed.path) else {
        return Err(Status::BadRequest);
    };
    let keep_alive = parsed.version == Some(1);

    headers.clear();
    headers.extend_from_httparse(input, parsed.headers).map_err(|error| match error {
        Error::TooManyHeaders { .. } | Error::TooManyBytes { .. } => Status::HeadersTooLarge,
        _ => Status::BadRequest,
    })?;
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(Status::NotImplemented);
    }
    let length = body_length(headers)?;
    let Some(body) = input.get(head..head + length) else { return Ok(None) };
    let keep_alive = keep_alive && !closes(headers);
    Ok(Some(Request { method, path, body, len: head + length, keep_alive }))
}

/// Whether `close` is among the options of the connection, in any case.
fn closes(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONNECTION).any(|options| {
        let mut options = options.as_bytes().split(|&byte| byte == b',');
        options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
    })
}

/// Two lengths are refused, even equal ones: whom to believe is how requests are smuggled.
fn body_length(headers: &HeaderMap) -> Result<usize, Status> {
    match headers.get_one(header::CONTENT_LENGTH) {
        Ok(None) => Ok(0),
        Ok(Some(value)) => match value.parse::<usize>() {
            Some(length) if length <= MAX_BODY => Ok(length),
            Some(_) => Err(Status::ContentTooLarge),
            None => Err(Status::BadRequest),
        },
        Err(_) => Err(Status::BadRequest),
    }
}
