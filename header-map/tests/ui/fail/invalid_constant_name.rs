use ratoon_header_map::{HeaderMap, HeaderName};

const TRACE: HeaderName = HeaderName::from_static("X Trace");

fn main() {
    let mut map = HeaderMap::new();
    map.append(TRACE, "1").unwrap();
}
