use ratoon_reset::Reset;

fn clear(path: &mut String) {
    path.clear();
}

fn length(path: &String) -> usize {
    path.len()
}

#[derive(Reset)]
struct Context {
    #[reset(with = clear, bytes = 0)]
    with: Vec<u8>,
    #[reset(value = "seven")]
    value: u64,
    #[reset(with = Vec::clear, bytes = length)]
    bytes: Vec<u8>,
    #[reset(max_capacity = "64")]
    max: Vec<u8>,
    #[reset(discard_above = -1)]
    discard: Vec<u8>,
    #[reset(reusable = Vec::len)]
    reusable: Vec<u8>,
}

fn main() {}
