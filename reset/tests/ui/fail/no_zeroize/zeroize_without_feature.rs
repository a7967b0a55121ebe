use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(zeroize)]
    key: Vec<u8>,
}

fn main() {}
