//! What may stand as a request target and as a host.

/// Refuses a target that has no form of RFC 9112, section 3.2, which it may have with this method:
/// returns the position of what is wrong.
#[inline]
pub(super) fn check(method: &[u8], target: &[u8]) -> Result<(), usize> {
    // Browsers and clients send characters that RFC 3986 wants escaped (`|`, `{`, `"`, `\`), and no two
    // parties split them differently. `#` begins a fragment, which has no place here: some cut it off.
    let is_allowed = |byte: &u8| byte.is_ascii_graphic() && *byte != b'#';
    if !target.iter().fold(true, |all, byte| all & is_allowed(byte)) {
        return Err(target.iter().position(|byte| !is_allowed(byte)).unwrap_or(0));
    }
    match (method, target) {
        (b"CONNECT", _) => {
            if is_host_and_port(target) {
                Ok(())
            } else {
                Err(0)
            }
        }
        (_, [b'/', ..]) | (b"OPTIONS", b"*") => Ok(()),
        _ => check_absolute(target),
    }
}

/// `scheme://authority`, and whatever follows.
#[cold]
fn check_absolute(target: &[u8]) -> Result<(), usize> {
    let colon = target.iter().position(|byte| *byte == b':').ok_or(0_usize)?;
    let (scheme, rest) = target.split_at(colon);
    let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    if !scheme.first().is_some_and(u8::is_ascii_alphabetic) || !scheme.iter().all(is_scheme) {
        return Err(0);
    }
    let authority = rest.strip_prefix(b"://").ok_or(colon)?;
    let end = authority.iter().position(|byte| b"/?".contains(byte)).unwrap_or(authority.len());
    // Without a user: RFC 9110, section 4.2.4, and it hides the host that is meant.
    let authority = &authority[..end];
    let is_valid = !matches!(authority, [] | [b':', ..]) && is_host(authority);
    if is_valid { Ok(()) } else { Err(colon + 3) }
}

/// What `CONNECT` has: a host, and a port that is not left out.
#[cold]
fn is_host_and_port(target: &[u8]) -> bool {
    let Some(colon) = target.iter().rposition(|byte| *byte == b':') else { return false };
    let (host, port) = (&target[..colon], &target[colon + 1..]);
    !host.is_empty() && is_host(host) && !port.is_empty() && port.iter().all(u8::is_ascii_digit)
}

/// Whether all bytes may stand in a host and port: unreserved characters, percent signs, sub-delimiters
/// of RFC 3986, brackets and colons. None may be empty: a URI without an authority has an empty `Host`.
pub(super) fn is_host(value: &[u8]) -> bool {
    const IS_HOST: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = (byte as u8).is_ascii_alphanumeric()
                || matches!(
                    byte as u8,
                    b'-' | b'.'
                        | b'_'
                        | b'~'
                        | b'%'
                        | b'!'
                        | b'$'
                        | b'&'
                        | b'\''
                        | b'('
                        | b')'
                        | b'*'
                        | b'+'
                        | b','
                        | b';'
                        | b'='
                        | b':'
                        | b'['
                        | b']'
                );
            byte += 1;
        }
        table
    };
    value.iter().fold(true, |all, byte| all & IS_HOST[usize::from(*byte)])
}
