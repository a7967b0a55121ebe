use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(with = |path, _| path.clear(), max_capacity = 7)]
    closure: Vec<u8>,
    #[reset(with = "Vec::clear")]
    string: Vec<u8>,
    #[reset(with = Vec::clear())]
    call: Vec<u8>,
    #[reset(bytes = 7)]
    number: Vec<u8>,
    #[reset(reusable = true)]
    flag: Vec<u8>,
}

fn main() {}
