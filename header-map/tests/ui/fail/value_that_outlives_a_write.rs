use ratoon_header_map::HeaderMap;

fn main() {
    let mut map = HeaderMap::new();
    map.append("a", "1").unwrap();
    let value = map.get("a");
    map.append("b", "2").unwrap();
    drop(value);
}
