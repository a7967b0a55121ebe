use ratoon_header_map::HeaderMap;

fn main() {
    let map = HeaderMap::new();
    let _ = map.get(http::header::HOST);
}
