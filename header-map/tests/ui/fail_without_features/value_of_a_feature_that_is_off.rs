use ratoon_header_map::HeaderMap;

fn main() {
    let mut map = HeaderMap::new();
    map.append("a", http::HeaderValue::from_static("b")).unwrap();
}
