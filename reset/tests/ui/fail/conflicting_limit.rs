use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(skip = "kept", max_capacity = 64)]
    kept: Vec<u8>,
    #[reset(discard_above = 64, value = Vec::new())]
    assigned: Vec<u8>,
    #[reset(max_capacity = 64, discard_above = 128, default)]
    default: Vec<u8>,
}

fn main() {}
