use ratoon_reset::Reset;

#[derive(Reset)]
#[reset]
struct Context {
    #[reset()]
    empty: u64,
    #[reset = "kept"]
    name_value: u64,
    #[reset("kept")]
    literal: u64,
    #[reset(default = 7)]
    flag_with_value: u64,
    #[reset(default zeroize)]
    no_comma: u64,
    #[reset(value)]
    no_value: u64,
    #[reset(max_capacity)]
    no_limit: Vec<u8>,
}

fn main() {}
