//! What concerns one connection only, and goes no further than the next hop.

use core::ops::Range;

use super::HeaderMap;
use super::list::trim;
use crate::error::Error;
use crate::header;
use crate::name::{AsHeaderName, HeaderName, ResolvedKey};
use crate::storage::{Storage, Sweep};

/// Removed whether or not `Connection` names them.
const HOP_BY_HOP: [HeaderName; 9] = [
    header::CONNECTION,
    header::KEEP_ALIVE,
    header::PROXY_AUTHENTICATE,
    HeaderName::from_static("proxy-authentication-info"),
    header::PROXY_AUTHORIZATION,
    header::PROXY_CONNECTION,
    header::TE,
    header::TRAILER,
    header::UPGRADE,
];

/// Kept even where `Connection` names them, beside `X-Forwarded-*`.
const PROTECTED: [HeaderName; 13] = [
    header::AUTHORIZATION,
    header::CACHE_CONTROL,
    header::CF_CONNECTING_IP,
    HeaderName::from_static("client-cert"),
    HeaderName::from_static("client-cert-chain"),
    header::CONTENT_LENGTH,
    header::COOKIE,
    header::FORWARDED,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::TRUE_CLIENT_IP,
    header::VIA,
    header::X_REAL_IP,
];

impl HeaderMap {
    /// Removes what concerns this connection only, as whoever forwards a message must (RFC 9110, section
    /// 7.6.1), and returns how many lines that were.
    ///
    /// * Always: `Connection`, `Keep-Alive`, `Proxy-Authenticate`, `Proxy-Authentication-Info`,
    ///   `Proxy-Authorization`, `Proxy-Connection`, `TE`, `Trailer` and `Upgrade`.
    /// * What a `Connection` line names, except `Authorization`, `Cache-Control`, `CF-Connecting-IP`,
    ///   `Client-Cert`, `Client-Cert-Chain`, `Content-Length`, `Cookie`, `Forwarded`, `Host`,
    ///   `Transfer-Encoding`, `True-Client-IP`, `Via`, `X-Forwarded-*` and `X-Real-IP`: a client that names
    ///   these wants the next hop to miss what this one checked or added (CVE-2022-31813).
    ///
    /// A client can name any other header. Call this before you add lines of your own, so that none of
    /// them is removed. `Transfer-Encoding` stays in any case: remove it when you forward the body decoded.
    ///
    /// Each element of `Connection` costs one lookup, and one pass removes the lines.
    ///
    /// ```
    /// use ratoon_header_map::HeaderMap;
    ///
    /// let mut map = HeaderMap::new();
    /// map.append("Host", "example.com")?;
    /// map.append("Connection", "close, X-Hop, Host")?;
    /// map.append("X-Hop", "1")?;
    /// map.append("TE", "trailers")?;
    /// assert_eq!(map.remove_hop_by_hop(), 3);
    /// map.compact();
    /// assert_eq!(map.as_wire().unwrap(), b"Host: example.com\r\n");
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn remove_hop_by_hop(&mut self) -> usize {
        self.note_use();
        HOP_BY_HOP.iter().for_each(|name| self.storage.condemn(|_| name.key()));
        let mut from = 0;
        while let Some(line) = self.storage.find(header::CONNECTION.key(), from..self.len()) {
            self.condemn_nominated(line);
            from = line + 1;
        }
        let mut sweep = Sweep::new(&mut self.storage, 0);
        let mut count = 0;
        while sweep.skip_to_condemned() {
            sweep.remove();
            count += 1;
        }
        count
    }

    /// Condemns what a `Connection` line names. Whoever nominates lists tokens: a quote is no token, and hides
    /// no comma.
    fn condemn_nominated(&mut self, line: usize) {
        let mut start = 0;
        while let Some(rest) = self.storage.value(line).as_bytes().get(start..) {
            let end = start + rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
            if !is_protected(nominated(&self.storage, line, start..end)) {
                self.storage.condemn(|storage| nominated(storage, line, start..end));
            }
            start = end + 1;
        }
    }

    /// Removes the only line with a name, and returns whether there was one.
    ///
    /// # Errors
    ///
    /// [`Error::SeveralValues`] if there are several; all stay then.
    ///
    /// ```
    /// use ratoon_header_map::{HeaderMap, header};
    ///
    /// let mut map = HeaderMap::new();
    /// map.try_extend([("Host", "a"), ("Host", "b"), ("Date", "today")])?;
    /// assert_eq!(map.remove_one(header::DATE), Ok(true));
    /// assert_eq!(map.remove_one(header::DATE), Ok(false));
    /// assert!(map.remove_one(header::HOST).is_err());
    /// assert_eq!(map.len(), 2);
    /// # Ok::<(), ratoon_header_map::Error>(())
    /// ```
    pub fn remove_one(&mut self, name: impl AsHeaderName) -> Result<bool, Error> {
        let is_there = self.get_one(&name)?.is_some();
        if is_there {
            self.remove(name);
        }
        Ok(is_there)
    }
}

/// A name in a part of a value.
fn nominated(storage: &Storage, line: usize, part: Range<usize>) -> ResolvedKey<'_> {
    ResolvedKey::of(trim(&storage.value(line).as_bytes()[part]))
}

fn is_protected(name: ResolvedKey<'_>) -> bool {
    const FORWARDED: &[u8] = b"x-forwarded-";
    let prefix = name.bytes.get(..FORWARDED.len());
    PROTECTED.iter().any(|other| other.key().matches(name.tag, name.bytes))
        || prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(FORWARDED))
}
