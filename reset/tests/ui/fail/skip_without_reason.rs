use ratoon_reset::Reset;

#[derive(Reset)]
struct Context {
    #[reset(skip)]
    no_reason: u64,
    #[reset(skip = )]
    no_value: u64,
    #[reset(skip = "")]
    empty: u64,
    #[reset(skip = "  ")]
    blank: u64,
    #[reset(skip = 7)]
    number: u64,
    #[reset(skip("kept"))]
    parentheses: u64,
}

fn main() {}
