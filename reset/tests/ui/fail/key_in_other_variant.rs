use ratoon_reset::Reset;

#[derive(Reset)]
enum Body {
    #[reset(to)]
    Empty,
    Full(#[reset(skip = "kept")] Vec<u8>, #[reset(default)] u64),
}

fn main() {}
