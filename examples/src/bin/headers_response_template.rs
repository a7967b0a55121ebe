//! A response template: the headers that every response has are written once and patched per
//! response.
//!
//! A value of equal length is patched in place, so the map stays compact and goes out with one copy.

use ratoon_header_map::{Error, HeaderMap, header};

struct Template {
    headers: HeaderMap,
}

impl Template {
    fn new() -> Result<Self, Error> {
        let mut headers = HeaderMap::with_capacity(16, 512);
        headers.append("Server", "ratoon")?;
        headers.append("Content-Type", "application/json")?;
        headers.append("Cache-Control", "no-store")?;
        headers.append("X-Content-Type-Options", "nosniff")?;
        // Blanks after the colon are not allowed in a length, leading zeros are.
        headers.append("Content-Length", "00000000")?;
        Ok(Self { headers })
    }

    fn write(&mut self, body: &str, out: &mut Vec<u8>) -> Result<(), Error> {
        let mut length = *b"00000000";
        let mut rest = body.len();
        for digit in length.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.headers.insert(header::CONTENT_LENGTH, &length[..])?;

        out.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
        let lines = self.headers.as_wire().expect("patched in place: no gaps");
        out.extend_from_slice(lines);
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(body.as_bytes());
        Ok(())
    }
}

fn main() -> Result<(), Error> {
    let mut template = Template::new()?;
    let mut out = Vec::new();
    for body in ["{}", r#"{"user":7}"#, r#"{"items":[1,2,3]}"#] {
        out.clear();
        template.write(body, &mut out)?;

        // What a client sees.
        let mut lines = [httparse::EMPTY_HEADER; 16];
        let mut response = httparse::Response::new(&mut lines);
        let parsed = response.parse(&out).expect("a valid head");
        assert_eq!(&out[parsed.unwrap()..], body.as_bytes());
        let length = response.headers.iter().find(|header| header.name == "Content-Length");
        let length = std::str::from_utf8(length.expect("sent").value).expect("digits");
        assert_eq!(length.parse::<usize>(), Ok(body.len()));
    }
    println!("{}", String::from_utf8_lossy(&out));
    Ok(())
}
