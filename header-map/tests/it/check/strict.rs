//! A parser that tolerates nothing.
//!
//! Shared by the tests and the fuzz targets; independent of the map and of `httparse`.

/// Lines of a block: names and values.
pub(crate) type Lines = Vec<(String, Vec<u8>)>;

/// A strict reading of a header section: `token ": " value CRLF` and nothing else, in the words of
/// RFC 9112 without what it allows a recipient to tolerate.
pub(crate) fn strict(wire: &[u8]) -> Option<Lines> {
    let mut lines = Vec::new();
    let mut rest = wire;
    while !rest.is_empty() {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let (line, tail) = (&rest[..end], &rest[end + 2..]);
        let colon = line.windows(2).position(|two| two == b": ")?;
        let (name, value) = (&line[..colon], &line[colon + 2..]);
        let is_token =
            |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
        let is_field = |byte: &u8| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f);
        if name.is_empty() || !name.iter().all(is_token) || !value.iter().all(is_field) {
            return None;
        }
        lines.push((String::from_utf8(name.to_vec()).unwrap(), value.to_vec()));
        rest = tail;
    }
    Some(lines)
}
