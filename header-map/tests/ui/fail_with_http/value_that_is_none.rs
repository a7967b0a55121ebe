use ratoon_header_map::HeaderMap;

fn main() {
    let mut map = HeaderMap::new();
    map.append("a", &1.5).unwrap();
}
