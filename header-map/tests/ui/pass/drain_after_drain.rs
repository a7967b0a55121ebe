use ratoon_header_map::HeaderMap;

fn main() {
    let mut map = HeaderMap::new();
    map.append("a", "1").unwrap();
    let first = map.drain().next().map(|(name, value)| (name.to_string(), value.len()));
    map.append("b", "2").unwrap();
    assert_eq!(first, Some(("a".into(), 1)));
}
