use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(skip = "kept", with = Vec::clear)]
    path: Vec<u8>,
    #[reset(value = 7)]
    #[reset(default)]
    user: u64,
    #[reset(zeroize, inner = "presence says nothing")]
    session: Option<Vec<u8>>,
}

fn main() {}
