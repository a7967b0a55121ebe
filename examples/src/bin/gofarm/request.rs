//! From bytes to a request.

use ratoon_header_map::{
    BodyLength, Error, HeaderMap, ParseError, ParseErrorKind, Parsed, Progress, RequestHead,
    Version, header,
};

use crate::response::Status;

/// Bytes of a request body at most.
const MAX_BODY: usize = 64 * 1024;

/// A request whose headers have gone into a map.
pub(crate) struct Request<'b> {
    pub(crate) method: &'b str,
    pub(crate) path: &'b str,
    pub(crate) body: &'b [u8],
    /// Bytes of head and body together.
    pub(crate) len: usize,
    pub(crate) keep_alive: bool,
}

/// Reads one request from the front of `input`; `None` if it is not complete yet. The limits of the map
/// bound its head.
///
/// An error is the status to answer with before the connection is closed.
pub(crate) fn parse<'b>(
    input: &'b [u8],
    headers: &mut HeaderMap,
    progress: &mut Progress,
) -> Result<Option<Request<'b>>, Status> {
    let (head, len) = match headers.parse_request(input, progress) {
        Ok(Parsed::Complete { head, len }) => (head, len),
        Ok(Parsed::Partial) => return Ok(None),
        Err(error) => return Err(status_of(&error)),
    };
    let length = body_length(&head, headers)?;
    let Some(body) = input.get(len..len + length) else { return Ok(None) };
    let keep_alive = head.version == Version::Http11 && !closes(headers);
    let RequestHead { method, target: path, .. } = head;
    Ok(Some(Request { method, path, body, len: len + length, keep_alive }))
}

fn status_of(error: &ParseError) -> Status {
    match error.kind() {
        ParseErrorKind::StartLineTooLong { .. }
        | ParseErrorKind::Map(Error::TooManyHeaders { .. } | Error::TooManyBytes { .. }) => {
            Status::HeadersTooLarge
        }
        _ => Status::BadRequest,
    }
}

/// Whether `close` is among the options of the connection, in any case.
fn closes(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONNECTION).any(|options| {
        let mut options = options.as_bytes().split(|&byte| byte == b',');
        options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
    })
}

/// Two lengths are refused, even equal ones: this service has no client that sends them.
fn body_length(head: &RequestHead<'_>, headers: &HeaderMap) -> Result<usize, Status> {
    headers.get_one(header::CONTENT_LENGTH).map_err(|_| Status::BadRequest)?;
    match head.body_length(headers) {
        Ok(BodyLength::None) => Ok(0),
        Ok(BodyLength::Length(length)) => {
            let length = usize::try_from(length).ok().filter(|length| *length <= MAX_BODY);
            length.ok_or(Status::ContentTooLarge)
        }
        Ok(_) => Err(Status::NotImplemented),
        Err(_) => Err(Status::BadRequest),
    }
}
