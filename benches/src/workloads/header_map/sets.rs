//! Four sets of headers as seen in the wild; `data/README.md` says where they come from.

use bytes::Bytes;

/// Headers of one message.
#[derive(Debug, Clone)]
pub struct Set {
    /// The header block: from the first name to the empty line.
    pub block: &'static [u8],
    /// The same as `httparse` sees it.
    pub headers: Vec<httparse::Header<'static>>,
    /// The block as a server that shares its read buffer has it.
    pub shared: Bytes,
}

impl Set {
    /// Chromium reloads a page.
    pub fn browser() -> Set {
        Set::of(include_bytes!("../../../data/browser_navigation.http"))
    }

    /// A request of a page that an edge proxy and a sidecar forwarded.
    pub fn proxy() -> Set {
        Set::of(include_bytes!("../../../data/mesh_forwarded.http"))
    }

    /// Metadata of a unary gRPC call.
    pub fn grpc() -> Set {
        Set::of(include_bytes!("../../../data/grpc_metadata.http"))
    }

    /// The response of a delivery network.
    pub fn cdn() -> Set {
        Set::of(include_bytes!("../../../data/cdn_response.http"))
    }

    fn of(message: &'static [u8]) -> Set {
        let start = message.iter().position(|&byte| byte == b'\n').expect("a first line") + 1;
        let block = &message[start..];
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let headers = match httparse::parse_headers(block, &mut headers) {
            Ok(httparse::Status::Complete((_, headers))) => headers.to_vec(),
            other => panic!("a recorded message does not parse: {other:?}"),
        };
        Set { block, headers, shared: Bytes::from_static(block) }
    }

    /// Bytes of all lines.
    pub fn line_bytes(&self) -> usize {
        self.headers.iter().map(|header| header.name.len() + header.value.len() + 4).sum()
    }
}
