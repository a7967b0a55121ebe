use ratoon_reset::Reset;

#[derive(Reset)]
enum Body {
    Empty,
    #[reset(to)]
    Full {
        #[reset(skip = "kept")]
        length: u64,
        #[reset(with = Vec::clear)]
        bytes: Vec<u8>,
        #[reset(max_capacity = 64)]
        rest: Vec<u8>,
        #[reset(zeroize)]
        key: Vec<u8>,
        #[reset(discard_above = 64)]
        large: Vec<u8>,
        #[reset(inner = "presence says nothing")]
        presence: Option<u64>,
        #[reset(reusable = Vec::is_empty)]
        parts: Vec<u8>,
    },
}

fn main() {}
