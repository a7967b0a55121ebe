use ratoon_header_map::HeaderName;

const EMPTY: HeaderName = HeaderName::from_static("");

fn main() {
    let _ = EMPTY;
}
