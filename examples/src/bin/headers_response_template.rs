//! A response template: the headers that every response has are written once and patched per
//! response, without an allocation.
//!
//! A value of equal length (the date) is written over the old one, and the value of the last line may
//! have any length: neither leaves a gap, so the head goes out with one copy.

use ratoon_header_map::{Error, HeaderMap, header};

struct Responses {
    /// What every response begins with.
    template: HeaderMap,
    /// What differs from response to response is added here.
    headers: HeaderMap,
}

impl Responses {
    fn new() -> Result<Self, Error> {
        let mut template = HeaderMap::new();
        template.append("Server", "ratoon")?;
        template.append("Date", "Thu, 01 Jan 1970 00:00:00 GMT")?;
        template.append("Content-Type", "application/json")?;
        template.append("Cache-Control", "no-store")?;
        template.append("X-Content-Type-Options", "nosniff")?;
        template.append("Content-Length", 0)?;
        Ok(Self { template, headers: HeaderMap::with_capacity(16, 512) })
    }

    /// Once a second.
    fn set_date(&mut self, date: &str) -> Result<(), Error> {
        self.template.insert(header::DATE, date)?;
        Ok(())
    }

    fn write(&mut self, body: &str, cookie: Option<&str>, out: &mut Vec<u8>) -> Result<(), Error> {
        self.headers.clone_from(&self.template);
        self.headers.insert(header::CONTENT_LENGTH, body.len())?;
        if let Some(cookie) = cookie {
            self.headers.append("Set-Cookie", cookie)?;
        }
        out.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
        out.extend_from_slice(self.headers.as_wire().expect("no gap was left"));
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(body.as_bytes());
        Ok(())
    }
}

/// What a client reads: the length and the cookie.
fn read(response: &[u8], body: &str) -> (usize, Option<String>) {
    let mut lines = [httparse::EMPTY_HEADER; 16];
    let mut parsed = httparse::Response::new(&mut lines);
    let head = parsed.parse(response).expect("a valid head").unwrap();
    assert_eq!(&response[head..], body.as_bytes());
    let value = |name: &str| {
        let line = parsed.headers.iter().find(|header| header.name == name)?;
        Some(std::str::from_utf8(line.value).expect("text").to_owned())
    };
    assert_eq!(value("Date").as_deref(), Some("Sat, 28 Nov 2026 02:48:09 GMT"));
    let length = value("Content-Length").expect("sent");
    (length.parse().expect("digits"), value("Set-Cookie"))
}

fn main() -> Result<(), Error> {
    let mut responses = Responses::new()?;
    responses.set_date("Sat, 28 Nov 2026 02:48:09 GMT")?;
    let mut out = Vec::new();
    for (body, cookie) in [
        ("{}", None),
        (r#"{"user":7}"#, Some("session=secret")),
        (r#"{"items":[1,2,3]}"#, None),
        ("", None),
    ] {
        out.clear();
        responses.write(body, cookie, &mut out)?;
        assert_eq!(read(&out, body), (body.len(), cookie.map(str::to_owned)));
    }
    println!("{}", String::from_utf8_lossy(&out));
    Ok(())
}
