//! From a body to bytes.

/// The statuses that this service answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Ok,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    ContentTooLarge,
    HeadersTooLarge,
    NotImplemented,
}

impl Status {
    fn line(self) -> &'static str {
        match self {
            Self::Ok => "HTTP/1.1 200 OK\r\n",
            Self::BadRequest => "HTTP/1.1 400 Bad Request\r\n",
            Self::NotFound => "HTTP/1.1 404 Not Found\r\n",
            Self::MethodNotAllowed => "HTTP/1.1 405 Method Not Allowed\r\n",
            Self::ContentTooLarge => "HTTP/1.1 413 Content Too Large\r\n",
            Self::HeadersTooLarge => "HTTP/1.1 431 Request Header Fields Too Large\r\n",
            Self::NotImplemented => "HTTP/1.1 501 Not Implemented\r\n",
        }
    }
}

/// What a handler answers; it lies in the request's scratch.
pub(crate) struct Response<'a> {
    pub(crate) status: Status,
    pub(crate) content_type: &'static str,
    pub(crate) body: &'a str,
}

impl Response<'_> {
    pub(crate) fn empty(status: Status) -> Self {
        Self { status, content_type: "text/plain", body: "" }
    }

    /// Appends the response to what goes out next.
    pub(crate) fn write(&self, keep_alive: bool, out: &mut Vec<u8>) {
        let mut digits = [0; 20];
        for part in [
            self.status.line(),
            "Content-Type: ",
            self.content_type,
            "\r\nContent-Length: ",
            decimal(self.body.len(), &mut digits),
            if keep_alive { "\r\n\r\n" } else { "\r\nConnection: close\r\n\r\n" },
            self.body,
        ] {
            out.extend_from_slice(part.as_bytes());
        }
    }
}

/// `number` in decimal digits.
fn decimal(mut number: usize, digits: &mut [u8; 20]) -> &str {
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    std::str::from_utf8(&digits[start..]).expect("digits")
}
