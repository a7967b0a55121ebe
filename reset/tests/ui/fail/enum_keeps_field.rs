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
    },
}

fn main() {}
